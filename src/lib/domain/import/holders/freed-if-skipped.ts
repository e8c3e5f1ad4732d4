import type { Id } from '../../kernel/ids.ts';
import type { Choice, Doubt, NamedPerson, PersonName, PlannedPerson } from '../plan.ts';

/** Somebody whose number goes to another row, though the row that may be theirs is left out. */
export interface FreedIfSkipped {
	readonly holder: PersonName;
	readonly freed: string;
	readonly taker: PersonName;
}

/**
 * Returns who gets a freed number where the row of a doubt is skipped; undefined: nobody does.
 *
 * @param choiceOf what is decided of a doubt by now
 */
export function freedIfSkipped(
	people: readonly PlannedPerson[],
	row: PlannedPerson,
	doubt: Doubt,
	choiceOf: (doubt: Doubt) => Choice | null
): FreedIfSkipped | undefined {
	const meant = meantBy(doubt);
	if (meant.length === 0) return undefined;
	const others = people.filter(
		({ key, doubts }) => key !== row.key && doubts.every((each) => isTaken(choiceOf(each)))
	);
	for (const { name: taker, doubts } of others) {
		for (const each of doubts) {
			if (!isHolders(each) || choiceOf(each) !== 'differentPerson') continue;
			const { holder, freedNumber: freed } = each;
			if (freed === '' || !meant.includes(holder.id)) continue;
			// Another row gives them a number of their own.
			if (others.some(({ id, line }) => id === holder.id && line !== undefined)) continue;
			return { holder: holder.name, freed, taker };
		}
	}
	return undefined;
}

function isTaken(choice: Choice | null): boolean {
	return choice !== null && choice !== 'skip';
}

/** The people that the row may be about. */
function meantBy(doubt: Doubt): readonly Id[] {
	if (doubt.code === 'otherNumber') return [doubt.otherId];
	if (!isHolders(doubt)) return [];
	const named: readonly (NamedPerson | null)[] = [doubt.holder, doubt.found];
	return named.flatMap((person) => person?.id ?? []);
}

function isHolders(
	doubt: Doubt
): doubt is Extract<Doubt, { readonly code: 'anotherPupil' | 'anotherPerson' }> {
	return doubt.code === 'anotherPupil' || doubt.code === 'anotherPerson';
}

import { identityDifferences, type Identity } from '../../identity/same-person.ts';
import type { DoubtList } from '../doubt-list.ts';
import type { Choice, OtherHolder } from '../plan.ts';
import type { PlanContext } from '../plan-context.ts';
import { shownDifferences } from './named-person.ts';

interface HolderQuestion extends Omit<OtherHolder, 'differs' | 'found'> {
	readonly code: 'anotherPupil' | 'anotherPerson';
	/** The holder, as the school knows them. */
	readonly known: Identity;
	/** The row. */
	readonly said: Identity;
	readonly found?: OtherHolder['found'];
	/** Whether a choice can be: it cannot where it makes another row's person out of two. */
	readonly allows: (choice: Choice) => boolean;
}

/** Asks whether a row is about whoever has its number or its key. */
export function askHolder(
	{ spelling }: PlanContext,
	doubts: DoubtList,
	{ code, known, said, found = null, allows, ...holder }: HolderQuestion
): Choice | null {
	const fields = identityDifferences(known, said, spelling);
	const differs = shownDifferences(fields, known, said);
	return doubts.ask(
		{ code, ...holder, differs, found },
		['samePerson', 'differentPerson', 'skip'],
		allows
	);
}

import { isAnotherPerson } from '../people/identity/same-person.ts';
import type { Id } from '../kernel/ids.ts';
import type { Pupil } from '../people/kinds.ts';
import type { DoubtList } from './doubt-list.ts';
import { freedNumber } from './holders/freed-number.ts';
import { askHolder } from './holders/ask-holder.ts';
import type { Comparison } from './holders/comparison.ts';
import { identityOf, mayBeSame, type KnownPupils } from './holders/known-pupils.ts';
import { namedPupil } from './holders/named-person.ts';
import type { AgainstHolder, NumberHolders } from './holders/number-holders.ts';
import type { PupilRows } from './holders/pupil-rows.ts';
import { nameKey, nameOf } from './person-names.ts';
import type { FoundBy } from './plan.ts';
import type { PlanContext } from './plan-context.ts';
import type { RosterPupil } from './roster.ts';

/** Finds the pupil that a row is about, and asks where that is not certain. */
export class PupilMatcher {
	readonly #context: PlanContext;
	readonly #rows: PupilRows;
	readonly #known: KnownPupils;
	readonly #holders: NumberHolders;
	/** Pupils that a row is about, or may be about: they have not left. */
	readonly seen = new Set<Id>();
	readonly #claimed = new Set<Id>();
	readonly #takenNumbers = new Set<string>();
	/** The pupils that a row may be about, as long as that is not decided. */
	readonly #mayBe = new Map<RosterPupil, Set<Id>>();

	constructor(context: PlanContext, { pupilRows, known, numbers }: Comparison) {
		this.#context = context;
		this.#rows = pupilRows;
		this.#known = known;
		this.#holders = numbers;
	}

	/** The school's pupil; undefined: somebody new, or not known while a doubt is open. */
	match(row: RosterPupil, doubts: DoubtList): Pupil | undefined {
		this.#askNumberTwice(row, doubts);
		const holder = this.#holders.holder(row);
		if (!holder) return this.#findElsewhere(row, doubts);
		const against = this.#holders.against(row);
		if (!against) return this.#claim(holder, doubts);
		return this.#askHolder(row, holder, against, doubts);
	}

	/**
	 * Tells whether another row, or a pupil other than the row may be about, has the national number.
	 */
	nationalNumberElsewhere(value: string, row: RosterPupil, pupil: Pupil | undefined) {
		const rows = this.#rows.byNational.at(value).filter((other) => other !== row);
		const other = this.#known.byNationalNumber(value);
		const isOthers =
			other !== undefined && other !== pupil?.id && !this.#mayBe.get(row)?.has(other);
		return { rows, elsewhere: rows.length > 0 || isOthers };
	}

	#askNumberTwice(row: RosterPupil, doubts: DoubtList): void {
		const number = row.pupilNumber;
		const rows = this.#rows.byNumber.at(number);
		if (rows.length < 2) return;
		// One of the rows has somebody else's number, and that somebody has not left.
		for (const [pupil] of this.#known.like(row)) this.seen.add(pupil.id);
		const lines = rows.filter((other) => other !== row).map(({ line }) => line);
		const first = () => !this.#takenNumbers.has(number);
		const details = { code: 'numberUsedTwice', number, lines } as const;
		const chosen = doubts.ask(
			details,
			['takeFile', 'skip'],
			(choice) => choice === 'skip' || first()
		);
		if (chosen === 'takeFile') this.#takenNumbers.add(number);
	}

	/** The number is known, and the row does not seem to be about the pupil who has it. */
	#askHolder(
		row: RosterPupil,
		holder: Pupil,
		{ found: other, elsewhere, alone, scheme }: AgainstHolder,
		doubts: DoubtList
	): Pupil | undefined {
		const certain = other !== null && this.#isCertain(row, other);
		const found = certain ? other[0] : undefined;
		const chosen = askHolder(this.#context, doubts, {
			code: 'anotherPupil',
			holder: namedPupil(this.#context, holder),
			known: identityOf(this.#context.state, holder),
			said: row,
			found: other && { ...namedPupil(this.#context, other[0]), by: other[1], certain },
			alone,
			scheme,
			lines: elsewhere.map(({ line }) => line),
			freedNumber: this.#freed(holder),
			// Another row is about them already: what was decided of this one would make them two.
			allows: (choice) => !this.#isClaimed(choice === 'samePerson' ? holder : found)
		});
		if (chosen === 'samePerson') return this.#claim(holder, doubts);
		if (chosen === 'differentPerson') {
			if (found) return this.#claim(found, doubts);
			return this.#findElsewhere(row, doubts, holder);
		}
		this.#leaveOpen(row, other ? [holder, other[0]] : [holder]);
		return undefined;
	}

	/** Of whom a name alone, or a number beside another name, speaks, it is asked next. */
	#isCertain(row: RosterPupil, [pupil, by]: readonly [Pupil, FoundBy]): boolean {
		if (by === 'name' || this.#holders.isHeld(pupil)) return false;
		const { state, spelling } = this.#context;
		return !isAnotherPerson(identityOf(state, pupil), row, spelling);
	}

	/** Somebody whom the school knows under another number, or by no number in the file. */
	#findElsewhere(row: RosterPupil, doubts: DoubtList, except?: Pupil): Pupil | undefined {
		for (const [pupil, by] of this.#known.like(row)) {
			// A pupil who is in the file under their own number, or was said to be in it under another, is
			// not somebody else in it too.
			if (pupil === except || this.#holders.isHeld(pupil) || this.#isClaimed(pupil)) continue;
			return this.#askOtherNumber(row, pupil, by, doubts);
		}
		if (row.pupilNumber === '') doubts.ask({ code: 'missingNumber' }, ['skip']);
		this.#askTwiceInFile(row, doubts);
		return undefined;
	}

	#askOtherNumber(
		row: RosterPupil,
		pupil: Pupil,
		by: FoundBy,
		doubts: DoubtList
	): Pupil | undefined {
		const details = {
			code: 'otherNumber',
			by,
			otherId: pupil.id,
			otherName: nameOf(pupil),
			otherNumber: pupil.pupilNumber,
			otherGroupName: this.#context.groups.nameOf(pupil.groupId)
		} as const;
		const chosen = doubts.ask(
			details,
			row.pupilNumber === '' ? ['samePerson', 'skip'] : ['samePerson', 'differentPerson', 'skip']
		);
		if (chosen === 'samePerson') return this.#claim(pupil, doubts);
		if (chosen !== 'differentPerson') this.#leaveOpen(row, [pupil]);
		return undefined;
	}

	#askTwiceInFile(row: RosterPupil, doubts: DoubtList): void {
		const others = this.#rows.byName
			.at(nameKey(row))
			.filter(
				(other) =>
					other.pupilNumber !== row.pupilNumber && mayBeSame(row.birthDate, other.birthDate)
			);
		if (others.length === 0) return;
		const lines = others.map(({ line }) => line);
		doubts.ask({ code: 'twiceInFile', lines }, ['differentPerson', 'skip']);
	}

	#freed({ pupilNumber }: Pupil): string {
		const { state } = this.#context;
		return freedNumber(
			pupilNumber,
			(number) => this.#rows.byNumber.has(number) || state.find('pupilByNumber', number).length > 0
		);
	}

	#leaveOpen(row: RosterPupil, pupils: readonly Pupil[]): void {
		const ids = this.#mayBe.get(row) ?? new Set<Id>();
		for (const { id } of pupils) {
			ids.add(id);
			this.seen.add(id);
		}
		this.#mayBe.set(row, ids);
	}

	#isClaimed(pupil: Pupil | undefined): boolean {
		return pupil !== undefined && this.#claimed.has(pupil.id);
	}

	/** A row that is left out keeps its pupil from no other. */
	#claim(pupil: Pupil, doubts: DoubtList): Pupil {
		if (!doubts.skipped && !doubts.open) this.#claimed.add(pupil.id);
		this.seen.add(pupil.id);
		return pupil;
	}
}

import { readNationalNumber } from '../numbers/national-number.ts';
import type { Id, Pupil } from '../records.ts';
import type { DoubtList } from './doubt-list.ts';
import { nameKey, nameOf } from './person-names.ts';
import type { Doubt } from './plan.ts';
import { rowsBy, type PlanContext } from './plan-context.ts';
import type { RosterPupil } from './roster.ts';

type SameBy = Extract<Doubt, { code: 'otherNumber' }>['by'];

/** Finds the pupil that a row is about, and asks where that is not certain. */
export class PupilMatcher {
	readonly #context: PlanContext;
	readonly #byNumber: ReadonlyMap<string, readonly RosterPupil[]>;
	readonly #byName: ReadonlyMap<string, readonly RosterPupil[]>;
	readonly #rowsByNational: ReadonlyMap<string, readonly RosterPupil[]>;
	readonly #known: KnownPupils;
	/** Pupils that a row is about, or may be about: they have not left. */
	readonly seen = new Set<Id>();
	readonly #claimed = new Set<Id>();
	readonly #takenNumbers = new Set<string>();

	constructor(context: PlanContext) {
		const { pupils } = context.roster;
		this.#context = context;
		this.#byNumber = rowsBy(pupils, (row) => row.pupilNumber);
		this.#byName = rowsBy(pupils, nameKey);
		this.#rowsByNational = rowsBy(
			pupils,
			(row) => readNationalNumber(row.nationalNumber ?? '', context.country)?.value ?? ''
		);
		this.#known = new KnownPupils(context);
	}

	/** The school's pupil; undefined: somebody new, or not known while a doubt is open. */
	match(row: RosterPupil, doubts: DoubtList): Pupil | undefined {
		this.#askNumberTwice(row, doubts);
		const { state, sourceOf } = this.#context;
		const [byNumber] = row.pupilNumber === '' ? [] : state.find('pupilByNumber', row.pupilNumber);
		if (byNumber) return this.#claim(byNumber);
		const [base] = row.sourceKey
			? state.find('importBaseBySource', `pupil:${sourceOf(row.sourceKey)}`)
			: [];
		const bySource = base && state.get('pupil', base.id);
		const candidate: [Pupil | undefined, SameBy][] = [
			[bySource, 'source'],
			...this.#known.like(row)
		];
		for (const [pupil, by] of candidate) {
			// Who is in the file under their own number, or was said to be in it under another, is not
			// somebody else in it too.
			if (!pupil || this.#byNumber.has(pupil.pupilNumber) || this.#claimed.has(pupil.id)) continue;
			return this.#askOtherNumber(row, pupil, by, doubts);
		}
		if (row.pupilNumber === '') doubts.ask({ code: 'missingNumber' }, ['skip']);
		this.#askTwiceInFile(row, doubts);
		return undefined;
	}

	/** Whether another row, or a pupil other than this one, has the national number. */
	nationalNumberElsewhere(value: string, row: RosterPupil, pupil: Pupil | undefined) {
		const rows = (this.#rowsByNational.get(value) ?? []).filter((other) => other !== row);
		const other = this.#known.byNationalNumber(value);
		return { rows, elsewhere: rows.length > 0 || (other !== undefined && other !== pupil?.id) };
	}

	#askNumberTwice(row: RosterPupil, doubts: DoubtList): void {
		const number = row.pupilNumber;
		const rows = this.#byNumber.get(number) ?? [];
		if (rows.length < 2) return;
		// One of the rows has somebody else's number, and that somebody has not left.
		for (const [pupil] of this.#known.like(row)) if (pupil) this.seen.add(pupil.id);
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

	#askOtherNumber(
		row: RosterPupil,
		pupil: Pupil,
		by: SameBy,
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
		if (chosen === 'samePerson') return this.#claim(pupil);
		if (chosen !== 'differentPerson') this.seen.add(pupil.id);
		return undefined;
	}

	#askTwiceInFile(row: RosterPupil, doubts: DoubtList): void {
		const others = (this.#byName.get(nameKey(row)) ?? []).filter(
			(other) => other.pupilNumber !== row.pupilNumber && mayBeSame(row.birthDate, other.birthDate)
		);
		if (others.length === 0) return;
		const lines = others.map(({ line }) => line);
		doubts.ask({ code: 'twiceInFile', lines }, ['differentPerson', 'skip']);
	}

	#claim(pupil: Pupil): Pupil {
		this.#claimed.add(pupil.id);
		this.seen.add(pupil.id);
		return pupil;
	}
}

/** A birth date that is not known says nothing against it. */
function mayBeSame(one: string | null | undefined, other: string | null | undefined): boolean {
	return !one || !other || one === other;
}

/** The school's pupils by what tells people apart, beside their number. */
class KnownPupils {
	readonly #context: PlanContext;
	readonly #byName = new Map<string, Id[]>();
	readonly #byNational = new Map<string, Id>();

	constructor(context: PlanContext) {
		this.#context = context;
		for (const pupil of context.state.all('pupil')) {
			const key = nameKey(pupil);
			const held = this.#byName.get(key);
			if (held) held.push(pupil.id);
			else this.#byName.set(key, [pupil.id]);
		}
		for (const { id, value } of context.state.all('nationalNumber'))
			this.#byNational.set(value, id);
	}

	byNationalNumber(value: string): Id | undefined {
		return this.#byNational.get(value);
	}

	/** Who looks like the person in the row, best first. */
	like(row: RosterPupil): [Pupil | undefined, SameBy][] {
		const { state, country } = this.#context;
		const national = readNationalNumber(row.nationalNumber ?? '', country)?.value;
		const byNational = national === undefined ? undefined : this.#byNational.get(national);
		const found: [Pupil | undefined, SameBy][] = [];
		if (byNational) found.push([state.get('pupil', byNational), 'nationalNumber']);
		const key = nameKey(row);
		for (const id of key === '' ? [] : (this.#byName.get(key) ?? [])) {
			const known = state.get('pupilIdentity', id)?.birthDate;
			if (!mayBeSame(known, row.birthDate)) continue;
			const by = known && row.birthDate ? 'nameAndBirthDate' : 'name';
			found.push([state.get('pupil', id), by]);
		}
		return found.sort(([, one], [, other]) => Number(one === 'name') - Number(other === 'name'));
	}
}

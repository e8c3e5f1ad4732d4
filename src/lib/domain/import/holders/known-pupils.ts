import type { Identity } from '../../people/identity/same-person.ts';
import { readNationalNumber } from '../../kernel/numbers/national-number.ts';
import type { Id } from '../../kernel/ids.ts';
import type { NationalNumber, Pupil } from '../../people/kinds.ts';
import type { StateReader } from '../../registry/state.ts';
import { nameKey } from '../person-names.ts';
import type { FoundBy } from '../plan.ts';
import type { Compared } from '../compared.ts';
import type { RosterPupil } from '../roster.ts';

/** The school's pupils by what tells people apart, beside their number. */
export class KnownPupils {
	readonly #compared: Compared;
	readonly #byName = new Map<string, Id[]>();
	readonly #byNational = new Map<string, Id>();

	constructor(compared: Compared) {
		this.#compared = compared;
	}

	add(pupil: Pupil): void {
		const key = nameKey(pupil);
		const held = this.#byName.get(key);
		if (held) held.push(pupil.id);
		else this.#byName.set(key, [pupil.id]);
	}

	addNumber({ id, value }: NationalNumber): void {
		this.#byNational.set(value, id);
	}

	byNationalNumber(value: string): Id | undefined {
		return this.#byNational.get(value);
	}

	/** The pupils who look like the person in the row, best first. */
	like(row: RosterPupil): (readonly [Pupil, FoundBy])[] {
		const { state } = this.#compared;
		const found: (readonly [Pupil, FoundBy])[] = [];
		const bySource = this.bySource(row);
		if (bySource) found.push([bySource, 'source']);
		const national = nationalNumberOf(row, this.#compared);
		const byNational = national === undefined ? undefined : this.#byNational.get(national);
		const numbered = byNational && state.get('pupil', byNational);
		if (numbered) found.push([numbered, 'nationalNumber']);
		const key = nameKey(row);
		const named: (readonly [Pupil, FoundBy])[] = [];
		for (const id of key === '' ? [] : (this.#byName.get(key) ?? [])) {
			const pupil = state.get('pupil', id);
			const known = state.get('pupilIdentity', id)?.birthDate;
			if (!pupil || !mayBeSame(known, row.birthDate)) continue;
			named.push([pupil, known && row.birthDate ? 'nameAndBirthDate' : 'name']);
		}
		named.sort(([, one], [, other]) => Number(one === 'name') - Number(other === 'name'));
		return [...found, ...named];
	}

	/**
	 * The pupil that the package calls by the key of the row; undefined also where two are called so.
	 */
	bySource(row: RosterPupil): Pupil | undefined {
		if (!row.sourceKey) return undefined;
		const { state, sourceOf } = this.#compared;
		const bases = state.find('importBaseBySource', `pupil:${sourceOf(row.sourceKey)}`);
		const [pupil, ...others] = bases.flatMap(({ id }) => state.get('pupil', id) ?? []);
		return others.length > 0 ? undefined : pupil;
	}
}

/** As the school knows a pupil now. */
export function identityOf(state: StateReader, pupil: Pupil): Identity {
	const { birthDate = null, sex = null } = state.get('pupilIdentity', pupil.id) ?? {};
	const { givenName, namePrefix, familyName } = pupil;
	return { givenName, namePrefix, familyName, birthDate, sex };
}

/** A birth date that is not known says nothing against it. */
export function mayBeSame(
	one: string | null | undefined,
	other: string | null | undefined
): boolean {
	return !one || !other || one === other;
}

/** The valid national number of a row. */
export function nationalNumberOf(row: RosterPupil, { country }: Compared): string | undefined {
	return readNationalNumber(row.nationalNumber ?? '', country)?.value;
}

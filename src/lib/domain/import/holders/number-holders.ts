import { identityDifferences, type Identity } from '../../people/identity/same-person.ts';
import { readNationalNumber, type NumberScheme } from '../../kernel/numbers/national-number.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Pupil } from '../../people/kinds.ts';
import type { Compared } from '../compared.ts';
import { nameKey } from '../person-names.ts';
import type { FoundBy } from '../plan.ts';
import type { RosterPupil } from '../roster.ts';
import { isAbout, saidBefore } from './is-about.ts';
import { identityOf, mayBeSame, type KnownPupils } from './known-pupils.ts';
import type { PupilRows } from './pupil-rows.ts';

/** The evidence against a row being about the pupil who has its number. */
export interface AgainstHolder {
	/** Somebody else in the school that the row is about, and by what they were found. */
	readonly found: readonly [Pupil, FoundBy] | null;
	/** Other rows of the file, under other numbers, that are about the pupil who has this one. */
	readonly elsewhere: readonly RosterPupil[];
	/** No other pupil of the school and no other row can be meant. */
	readonly alone: boolean;
	/** Of the row's national number, where it is not the holder's. */
	readonly scheme: NumberScheme | null;
}

/**
 * Tells whether the rows of a file are about the pupils who have their numbers. A number is
 * somebody else's after a wrong sort of a spreadsheet, with twins, and where a package gave it out
 * again; its holder keeps account, cards and guardians until a person says that the row is about
 * them.
 */
export class NumberHolders {
	readonly #compared: Compared;
	readonly #known: KnownPupils;
	readonly #rows: PupilRows;
	readonly #against = new Map<RosterPupil, AgainstHolder>();
	readonly #held = new Set<Id>();

	constructor(compared: Compared, known: KnownPupils, rows: PupilRows) {
		this.#compared = compared;
		this.#known = known;
		this.#rows = rows;
	}

	/** Once all pupils of the school and all rows are known. */
	look(row: RosterPupil): void {
		const holder = this.holder(row);
		if (!holder) return;
		const against = this.#findAgainst(row, holder);
		if (against) this.#against.set(row, against);
		else this.#held.add(holder.id);
	}

	/** The school's pupil with the number of a row. */
	holder({ pupilNumber }: RosterPupil): Pupil | undefined {
		if (pupilNumber === '') return undefined;
		return this.#compared.state.find('pupilByNumber', pupilNumber)[0];
	}

	/**
	 * Returns what speaks against a row being about the holder of its number; undefined: nothing does, or
	 * nobody has that number.
	 */
	against(row: RosterPupil): AgainstHolder | undefined {
		return this.#against.get(row);
	}

	/** Tells whether a pupil is in the file under their own number. */
	isHeld({ id }: Pupil): boolean {
		return this.#held.has(id);
	}

	#findAgainst(row: RosterPupil, holder: Pupil): AgainstHolder | undefined {
		const { state, spelling } = this.#compared;
		const known = identityOf(state, holder);
		const differs = (one: Identity) => identityDifferences(one, row, spelling).length > 0;
		// A key that is the number itself says nothing beside it.
		const keyed = row.sourceKey === row.pupilNumber ? undefined : this.#known.bySource(row);
		const isOthersKey = keyed !== undefined && keyed.id !== holder.id;
		const scheme = this.#otherNational(row, holder);
		const isOthers = isOthersKey || scheme !== null;
		const base = state.get('importBase', holder.id);
		if (!isOthers && !(differs(known) && differs(saidBefore(base, known)))) return undefined;
		const others = this.#known.like(row).filter(([{ id }]) => id !== holder.id);
		const found = others.find(([, by]) => by !== 'source' || isOthersKey) ?? null;
		const elsewhere = this.#elsewhere(row, holder, known);
		const isOther = scheme !== null || !isAbout(known, base, row, spelling);
		if (!isOther && !found && elsewhere.length === 0) return undefined;
		const alone = others.length === 0 && elsewhere.length === 0 && this.#isOnlyRow(row);
		return { found, elsewhere, alone, scheme };
	}

	/** No other row of the file has the number, or looks like the same person under another one. */
	#isOnlyRow(row: RosterPupil): boolean {
		const named = this.#rows.byName.at(nameKey(row));
		const alike = named.filter((other) => mayBeSame(row.birthDate, other.birthDate));
		return [...this.#rows.byNumber.at(row.pupilNumber), ...alike].every((other) => other === row);
	}

	/**
	 * The scheme of the row's national number where it is not the holder's: a namesake, or a twin. One of
	 * another scheme may be the same person's, who got a definitive one.
	 */
	#otherNational(row: RosterPupil, { id }: Pupil): NumberScheme | null {
		const { state, country } = this.#compared;
		const held = state.get('nationalNumber', id);
		const said = readNationalNumber(row.nationalNumber ?? '', country);
		const isOther = held && said && held.scheme === said.scheme && held.value !== said.value;
		return isOther ? said.scheme : null;
	}

	#elsewhere(row: RosterPupil, holder: Pupil, known: Identity): readonly RosterPupil[] {
		const named = this.#rows.byName.at(nameKey(holder));
		const national = this.#compared.state.get('nationalNumber', holder.id)?.value ?? '';
		const numbered = this.#rows.byNational.at(national);
		const rows = new Set([
			...named.filter((other) => mayBeSame(known.birthDate, other.birthDate)),
			...numbered
		]);
		return [...rows].filter(
			(other) => other.pupilNumber !== row.pupilNumber && !this.#isOwnRow(other)
		);
	}

	/** It says of the holder of its number what the school knows: a namesake is nobody else. */
	#isOwnRow(row: RosterPupil): boolean {
		const holder = this.holder(row);
		if (!holder) return false;
		const { state, spelling } = this.#compared;
		return identityDifferences(identityOf(state, holder), row, spelling).length === 0;
	}
}

import {
	identityDifferences,
	isAnotherPerson,
	type Identity,
	type IdentityField
} from '../../identity/same-person.ts';
import type { Id, Pupil } from '../../records.ts';
import { identityOf, mayBeSame, nationalNumberOf, type KnownPupils } from './known-pupils.ts';
import { nameKey } from '../person-names.ts';
import type { FoundBy } from '../plan.ts';
import { rowsBy, type PlanContext } from '../plan-context.ts';
import type { RosterPupil } from '../roster.ts';
import { saidBefore } from './said-before.ts';

/** What speaks against a row being about the pupil who has its number. */
export interface AgainstHolder {
	readonly differs: readonly IdentityField[];
	/** Whom else the school knows that the row is about, and by what. */
	readonly found: readonly [Pupil, FoundBy] | null;
	/** Other rows of the file, under other numbers, that are about the pupil who has this one. */
	readonly elsewhere: readonly RosterPupil[];
}

/**
 * Whether the rows of a file are about the pupils who have their numbers. A number is somebody else's
 * after a wrong sort of a spreadsheet, with twins, and where a package gave it out again; whoever has
 * it keeps account, cards and guardians until a person says that the row is about them.
 */
export class NumberHolders {
	readonly #context: PlanContext;
	readonly #known: KnownPupils;
	readonly #against = new Map<RosterPupil, AgainstHolder>();
	readonly #byName: ReadonlyMap<string, readonly RosterPupil[]>;
	readonly #byNational: ReadonlyMap<string, readonly RosterPupil[]>;
	readonly #held = new Set<Id>();

	constructor(context: PlanContext, known: KnownPupils) {
		const { pupils } = context.roster;
		this.#context = context;
		this.#known = known;
		this.#byName = rowsBy(pupils, nameKey);
		this.#byNational = rowsBy(pupils, (row) => nationalNumberOf(row, context) ?? '');
		for (const row of pupils) {
			const holder = this.holder(row);
			if (!holder) continue;
			const against = this.#look(row, holder);
			if (against) this.#against.set(row, against);
			else this.#held.add(holder.id);
		}
	}

	/** The school's pupil with the number of a row. */
	holder({ pupilNumber }: RosterPupil): Pupil | undefined {
		if (pupilNumber === '') return undefined;
		return this.#context.state.find('pupilByNumber', pupilNumber)[0];
	}

	/** undefined: the row is about the holder of its number, or nobody has that. */
	against(row: RosterPupil): AgainstHolder | undefined {
		return this.#against.get(row);
	}

	/** Whether a pupil is in the file under their own number. */
	isHeld({ id }: Pupil): boolean {
		return this.#held.has(id);
	}

	#look(row: RosterPupil, holder: Pupil): AgainstHolder | undefined {
		const { state } = this.#context;
		const known = identityOf(state, holder);
		const differs = identityDifferences(known, row);
		// A key that is the number itself says nothing beside it.
		const keyed = row.sourceKey === row.pupilNumber ? undefined : this.#known.bySource(row);
		const isOthersKey = keyed !== undefined && keyed.id !== holder.id;
		if (differs.length === 0 && !isOthersKey) return undefined;
		const before = saidBefore(state.get('importBase', holder.id), known);
		if (!isOthersKey && identityDifferences(before, row).length === 0) return undefined;
		const others = this.#known.like(row).filter(([{ id }]) => id !== holder.id);
		const found = others.find(([, by]) => by !== 'source' || isOthersKey) ?? null;
		const elsewhere = this.#elsewhere(row, holder, known);
		const isOther = isAnotherPerson(known, row) && isAnotherPerson(before, row);
		return isOther || found || elsewhere.length > 0 ? { differs, found, elsewhere } : undefined;
	}

	#elsewhere(row: RosterPupil, holder: Pupil, known: Identity): readonly RosterPupil[] {
		const named = this.#byName.get(nameKey(holder)) ?? [];
		const national = this.#context.state.get('nationalNumber', holder.id)?.value ?? '';
		const numbered = this.#byNational.get(national) ?? [];
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
		return identityDifferences(identityOf(this.#context.state, holder), row).length === 0;
	}
}

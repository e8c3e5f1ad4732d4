import { ageOn } from '../kernel/dates.ts';
import type { Context } from '../kernel/mutation.ts';
import type { Mutator } from '../registry/mutator.ts';
import type { Id, Instant, IsoDate } from '../kernel/ids.ts';
import type { GuardianAccess } from './kinds.ts';
import type { Refusal } from '../registry/refusal.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import type { Draft } from '../registry/state.ts';
import type { StateReader } from '../registry/state.ts';

const ageOfMajority = 18;

/** Whether a pupil is of age today, as far as the school knows their birth date. */
export function isOfAge(state: StateReader, pupilId: Id, today: IsoDate): boolean {
	const birthDate =
		state.get('pupilIdentity', pupilId)?.birthDate ??
		state.get('pupilOfficial', pupilId)?.birthDate ??
		null;
	return birthDate !== null && ageOn(birthDate, today) >= ageOfMajority;
}

/** Whether guardians may see a pupil: until the eighteenth birthday, or as the pupil wants (product.md 7). */
export function guardiansMaySee(state: StateReader, pupilId: Id, today: IsoDate): boolean {
	return !isOfAge(state, pupilId, today) || isAllowed(state, pupilId);
}

function isAllowed(state: StateReader, pupilId: Id): boolean {
	return state.get('guardianAccess', pupilId)?.allowed ?? false;
}

/** *Mijn ouders mogen mijn gegevens zien*, by a pupil who is of age. */
export interface ChooseGuardianAccess {
	readonly pupilId: Id;
	readonly allowed: boolean;
}

/** The same by the administration, with what it knows of the pupil's consent. */
export interface RecordGuardianAccess extends ChooseGuardianAccess {
	readonly consent: string;
	/** `decidedAt` of the decision that the person saw; null: there was none. */
	readonly seen: Instant | null;
}

const choose: Mutator<ChooseGuardianAccess> = {
	may: (actor, { pupilId }, state) =>
		actor.role === 'pupil' && state.get('leerId', actor.id)?.pupilId === pupilId,
	run: (draft, { pupilId, allowed }, context) =>
		decide(draft, { id: pupilId, allowed, consent: null }, context)
};

const record: Mutator<RecordGuardianAccess> = {
	may: administrationWith('accounts'),
	run(draft, { pupilId: id, allowed, seen, ...args }, context) {
		const consent = args.consent.trim();
		if (consent === '' || consent.length > 1000) return { code: 'invalidValue', field: 'consent' };
		const theirs = draft.get('guardianAccess', id)?.decidedAt ?? null;
		// Or an older consent would pass over what the pupil said since.
		if (theirs !== seen) {
			const what = { kind: 'guardianAccess', id, field: 'allowed' } as const;
			return { code: 'changedMeanwhile', ...what, mine: allowed, theirs: isAllowed(draft, id) };
		}
		return decide(draft, { id, allowed, consent }, context);
	}
};

function decide(
	draft: Draft,
	decision: Pick<GuardianAccess, 'id' | 'allowed' | 'consent'>,
	{ today, madeAt }: Context
): Refusal | null {
	const { id } = decision;
	if (!draft.get('pupil', id)) return { code: 'notFound', kind: 'pupil', id };
	if (!isOfAge(draft, id, today)) return { code: 'notOfAge' };
	draft.put({ kind: 'guardianAccess', ...decision, decidedAt: madeAt });
	return null;
}

export const guardianAccessMutators = {
	'guardianAccess.choose@1': choose,
	'guardianAccess.record@1': record
};

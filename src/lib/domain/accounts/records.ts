import type { Base, Id, Instant } from '../records.ts';

/** Nobody signs in to an account while this stands; id of the account or LeerID. */
export interface SignInBlock extends Base<'signInBlock'> {
	readonly since: Instant;
	readonly cause: 'wrongPasswords' | 'administration';
}

/** Somebody said *Dit ben ik niet* of a mail about a forgotten password (product.md 8). */
export interface SignInReport extends Base<'signInReport'> {
	/** Of the account or LeerID. */
	readonly accountId: Id;
	readonly madeAt: Instant;
}

/** Whether guardians may see a pupil who has come of age (product.md 7); id of the pupil. */
export interface GuardianAccess extends Base<'guardianAccess'> {
	readonly allowed: boolean;
	/** How the administration knows of the pupil's consent; null: the pupil chose it here. */
	readonly consent: string | null;
	readonly decidedAt: Instant;
}

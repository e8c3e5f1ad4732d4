import type { Id } from '../kernel/ids.ts';
import type { LeerIdType, PasswordKind } from '../credentials/kinds.ts';
import { adjust, create, renew } from './issue-mutators.ts';
import { choosePassword, linkEmail, signedIn } from './pupil-mutators.ts';

/** The new password and the card that it is printed on. The password itself travels beside this. */
export interface IssuedSecret {
	readonly secretId: Id;
	readonly cardId: Id;
	readonly printRunId: Id;
}

/** What a school can issue; `own` is the pupil's. */
export type IssuedKind = Exclude<PasswordKind, 'own'>;

export interface CreateLeerId extends IssuedSecret {
	readonly leerIdId: Id;
	readonly pupilId: Id;
	readonly type: LeerIdType;
	readonly userName: string;
	readonly passwordKind: IssuedKind;
}

/** Bulk: a new password of the kind the account has (product.md 37). */
export interface RenewLeerId extends IssuedSecret {
	readonly leerIdId: Id;
	/** The secret that the person saw being replaced; null: the card was revoked. */
	readonly fromSecretId: Id | null;
}

/** One by one (product.md 35, 38): always a new password, and unlinks the e-mail address. */
export interface AdjustLeerId extends IssuedSecret {
	readonly leerIdId: Id;
	readonly fromSecretId: Id | null;
	readonly userName: readonly [from: string, to: string];
	readonly passwordKind: IssuedKind;
}

/** By the pupil with an advanced LeerID: a password of their own. */
export interface ChoosePassword {
	readonly leerIdId: Id;
	readonly fromSecretId: Id;
	readonly secretId: Id;
}

/** By the pupil with an advanced LeerID. */
export interface LinkEmail {
	readonly leerIdId: Id;
	readonly email: readonly [from: string | null, to: string];
}

/** By the pupil: *Laatste aanmelding*. */
export interface SignedIn {
	readonly leerIdId: Id;
}

export const leerIdMutators = {
	'leerId.create@1': create,
	'leerId.renew@1': renew,
	'leerId.adjust@1': adjust,
	'leerId.choosePassword@1': choosePassword,
	'leerId.linkEmail@1': linkEmail,
	'leerId.signedIn@1': signedIn
};

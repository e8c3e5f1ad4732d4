import { isEmail } from './email-mask.ts';
import type { Door } from '../kernel/mutation.ts';
import type { Refusal } from '../registry/refusal.ts';

/** Why a password of somebody's own is not taken. A device can't know, and takes it for now. */
export function refusePassword(door: Door | null): Refusal | null {
	return door && !door.passwordSet ? { code: 'passwordNotAccepted' } : null;
}

/** Why an e-mail address is not taken: no address, or nobody answered the mail to it (product.md 4). */
export function refuseEmail(door: Door | null, email: string): Refusal | null {
	if (!isEmail(email)) return { code: 'invalidValue', field: 'email' };
	return door && door.emailConfirmed !== email ? { code: 'emailNotConfirmed' } : null;
}

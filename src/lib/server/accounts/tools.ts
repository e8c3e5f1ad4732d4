import type { ApiError } from '#lib/protocol/api-error.ts';
import type { DueWorker } from '../due/worker.ts';
import type { Keys } from '../base/keys.ts';
import type { RateLimiter } from '../limits/rate-limiter.ts';
import type { Store } from '../store/database.ts';
import type { Schools } from '../sync/schools.ts';
import type { HashQueue } from './hash-queue.ts';
import type { Passwords } from './passwords.ts';
import type { SchoolList } from './school-list.ts';

/** The tools that signing in and all around it works with. */
export interface AccountTools {
	readonly store: Store;
	readonly schools: Schools;
	readonly keys: Keys;
	readonly passwords: Passwords;
	readonly due: Pick<DueWorker, 'poke'>;
	readonly now: () => Date;
	/** Where people reach this server, for links in mails: `https://school.example`. */
	readonly publicUrl: string;
	readonly limits: AccountLimits;
}

/** The tools that moving a school in, or making one here, needs besides. */
export interface JoiningTools extends AccountTools {
	readonly schoolList: SchoolList;
	readonly hashQueue: Pick<HashQueue, 'poke'>;
}

/** First lines against floods; by address or by what is asked for. */
export interface AccountLimits {
	/** Requests for a new password from one address: a whole class may have forgotten theirs. */
	readonly resetsByAddress: RateLimiter;
	/** Mails for one user name: nobody's mailbox is filled by somebody else. */
	readonly resetsByName: RateLimiter;
	/** Tries of a mailed link from one address. */
	readonly linksByAddress: RateLimiter;
	/** Sign-ins and changes of the password of one account, by who knows it: each stays in the audit log. */
	readonly admissionsByAccount: RateLimiter;
	/** Mails that one account sends to addresses it wants to have. */
	readonly addressesByAccount: RateLimiter;
}

/** Something that was asked, or why not. */
export type Answer<Value> =
	{ readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ApiError };

export function done<Value>(value: Value): Answer<Value> {
	return { ok: true, value };
}

export function no(code: ApiError['code'], retryAfter?: number): Answer<never> {
	return { ok: false, error: retryAfter === undefined ? { code } : { code, retryAfter } };
}

import * as v from 'valibot';
import { parse } from './parse.ts';
import { count } from './shapes.ts';

/** Every "no" of the server, with its HTTP status. The body is `{ code }` and what belongs to it. */
export const apiStatus = {
	/** The body is not what this address takes: a fault of the app. */
	badRequest: 400,
	/** Nobody is signed in (any more). */
	signedOut: 401,
	/**
	 * Signed in, but the cookie came without the session's key, which lies in the vault of the device:
	 * the password has to be proven again. Nothing of the device ends by it.
	 */
	locked: 401,
	/** Signed out from afar, with the wish that what this device keeps be removed. */
	wiped: 401,
	/** User name or password is wrong; which of the two is never said. */
	wrongPassword: 401,
	/** After too many wrong passwords; the administration lifts it. */
	blocked: 403,
	/** The password was right, but the administration blocked the account. */
	blockedBySchool: 403,
	/** The password was right, but the account may not sign in: archived, no longer enrolled. */
	accountInactive: 403,
	/** A new password has to be chosen first. */
	mustChange: 403,
	notAllowed: 403,
	/** The request came from a page of another site. */
	otherOrigin: 403,
	notFound: 404,
	/** The school or what was sent is in a state that does not allow it. */
	conflict: 409,
	/** A link from a mail that was used, killed, replaced, or is too old. */
	linkExpired: 410,
	tooLarge: 413,
	notJson: 415,
	/** The password does not keep the rules for this account. */
	weakPassword: 422,
	/** Too many tries; come back after `retryAfter` seconds. */
	wait: 429,
	/** A fault of the server; the same request may well work later. */
	broken: 500,
	/** More work than it can do; come back after `retryAfter` seconds. */
	busy: 503
} as const;

export type ApiCode = keyof typeof apiStatus;

export interface ApiError {
	readonly code: ApiCode;
	/** Seconds, from the header `Retry-After`'s twin in the body. */
	readonly retryAfter?: number | undefined;
}

const apiError: v.GenericSchema<unknown, ApiError> = v.object({
	code: v.picklist(Object.keys(apiStatus) as ApiCode[]),
	retryAfter: v.optional(count)
});

/** The server's "no"; null where it is something else (a proxy's page, a newer version). */
export function parseApiError(value: unknown): ApiError | null {
	return parse(apiError, value);
}

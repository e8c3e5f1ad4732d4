import { refuse, ok, type Result } from '#lib/domain/kernel/result.ts';
import { parseApiError, type ApiError } from '#lib/protocol/api-error.ts';
import { sessionKeyHeaders } from '#lib/protocol/session-key.ts';

/**
 * Why the server did not do what it was asked. `offline`: no answer came; it may be done or not.
 */
export type AskFailure = ApiError | { readonly code: 'offline' };

export interface Question<Answer> {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** `/api/session`; nothing that anybody typed. */
	readonly path: string;
	readonly body?: object;
	/** null: this is not the answer's shape. */
	readonly parse: (value: unknown) => Answer | null;
}

/** In whose name something is asked; the `sessionKey` of an open vault is one. */
export interface Asker {
	/** The key of their session; null: it has none. */
	readonly value: string | null;
	/** Breaks the question off: once the vault is locked, nothing is asked in its name. */
	readonly closed: AbortSignal;
}

/**
 * Returns an asker for an account that has just been let in, and has no open vault yet to keep its
 * session's key.
 */
export function askerOf({ key }: { readonly key: string | null }): Asker {
	return { value: key, closed: new AbortController().signal };
}

/** Milliseconds; a sign-in may wait for others on a busy server. */
const patience = 30_000;

/**
 * Asks the server that this app came from something small.
 *
 * @param by null: nobody who is signed in
 */
export async function ask<Answer>(
	{ method, path, body, parse }: Question<Answer>,
	by: Asker | null,
	send: typeof fetch = fetch
): Promise<Result<Answer, AskFailure>> {
	try {
		const late = AbortSignal.timeout(patience);
		const response = await send(path, {
			method,
			headers: {
				...(body && { 'content-type': 'application/json' }),
				...sessionKeyHeaders(by?.value ?? null)
			},
			...(body && { body: JSON.stringify(body) }),
			signal: by ? AbortSignal.any([late, by.closed]) : late
		});
		const value: unknown = await response.json().catch(() => null);
		if (!response.ok) return refuse(parseApiError(value) ?? { code: 'broken' });
		const answer = parse(value);
		return answer === null ? refuse({ code: 'broken' }) : ok(answer);
	} catch {
		return refuse({ code: 'offline' });
	}
}

/** For an answer that says nothing but that it is done. */
export function parseDone(): true {
	return true;
}

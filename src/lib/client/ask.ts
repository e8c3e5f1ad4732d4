import { refuse, ok, type Result } from '#lib/domain/result.ts';
import { parseApiError, type ApiError } from '#lib/protocol/api-error.ts';

/** Why the endpoint did not do what it was asked. `offline`: no answer came; it may be done or not. */
export type AskFailure = ApiError | { readonly code: 'offline' };

export interface Question<Answer> {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** `/api/session`; nothing that anybody typed. */
	readonly path: string;
	readonly body?: object;
	/** null: this is not the answer's shape. */
	readonly parse: (value: unknown) => Answer | null;
}

/** Milliseconds; a sign-in may wait for others on a busy endpoint. */
const patience = 30_000;

/** Asks the endpoint that this app came from something small. */
export async function ask<Answer>(
	{ method, path, body, parse }: Question<Answer>,
	send: typeof fetch = fetch
): Promise<Result<Answer, AskFailure>> {
	try {
		const response = await send(path, {
			method,
			...(body && {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body)
			}),
			signal: AbortSignal.timeout(patience)
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

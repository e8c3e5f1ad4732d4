import { apiStatus, type ApiError } from '#lib/protocol/api-error.ts';
import type { Answer } from '../accounts/tools.ts';

type Headers = Readonly<Record<string, string>>;

/** An answer with JSON in it. Facts about somebody are never kept by anything in between. */
export function json(
	value: unknown,
	{ status = 200, headers = {} }: { readonly status?: number; readonly headers?: Headers } = {}
): Response {
	const body = Buffer.from(JSON.stringify(value));
	// With its length known it goes out in one piece, and nothing is packed that is not worth it.
	const described = {
		'content-type': 'application/json',
		'content-length': String(body.length),
		'cache-control': 'no-store'
	};
	return new Response(body, { status, headers: { ...headers, ...described } });
}

/** A "no", as protocol/api-error.ts has it. */
export function refusal(error: ApiError): Response {
	const { code, retryAfter } = error;
	return Response.json(error, {
		status: apiStatus[code],
		headers: {
			...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
			// The rest of the body is not worth waiting for.
			...(code === 'tooLarge' && { connection: 'close' }),
			'cache-control': 'no-store'
		}
	});
}

/** The answer that says what was done, or why not. */
export function answer<Value>(
	from: Answer<Value>,
	shape: (value: Value) => Response = (value) => json(value ?? {})
): Response {
	return from.ok ? shape(from.value) : refusal(from.error);
}

import { parseApiError, type ApiCode } from '#lib/protocol/api-error.ts';
import { sessionKeyHeaders } from '#lib/protocol/session-key.ts';
import { parseSyncAnswer, type SyncAnswer } from '#lib/protocol/sync-answer.ts';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';
import type { Transport, TransportFailure } from './transport.ts';

/** Milliseconds for one request with its answer, which may be megabytes over a slow line. */
const patience = 90_000;
/** Seconds, where the server asks to wait and does not say how long. */
const aWhile = 30;

/** The server that this app came from. */
export class HttpTransport implements Transport {
	readonly #key: () => string | null;
	readonly #fetch: typeof fetch;

	/** @param key of the session, as it is at the moment; null: it has none */
	constructor(key: () => string | null, send: typeof fetch = (...request) => fetch(...request)) {
		this.#key = key;
		this.#fetch = send;
	}

	async post(request: SyncRequest, signal: AbortSignal): Promise<SyncAnswer | TransportFailure> {
		try {
			const response = await this.#fetch('/api/sync', {
				method: 'POST',
				headers: { 'content-type': 'application/json', ...sessionKeyHeaders(this.#key()) },
				body: JSON.stringify(request),
				signal: AbortSignal.any([signal, AbortSignal.timeout(patience)])
			});
			const body: unknown = await response.json().catch(() => null);
			if (!response.ok) return failureOf(response, body);
			return parseSyncAnswer(body) ?? { kind: 'broken' };
		} catch {
			// The one thing that fetch tells of a connection that is not there, slow or cut off.
			return { kind: 'offline' };
		}
	}
}

const kinds: Partial<Record<ApiCode, Exclude<TransportFailure['kind'], 'busy'>>> = {
	badRequest: 'rejected',
	notJson: 'rejected',
	tooLarge: 'rejected',
	signedOut: 'signedOut',
	// Either way somebody has to type the password.
	locked: 'signedOut',
	wiped: 'wiped',
	blocked: 'notAllowed',
	blockedBySchool: 'notAllowed',
	accountInactive: 'notAllowed',
	mustChange: 'notAllowed',
	notAllowed: 'notAllowed'
};

function failureOf({ status, headers }: Response, body: unknown): TransportFailure {
	const error = parseApiError(body);
	if (status === 429 || status === 503) {
		const seconds = error?.retryAfter ?? Number.parseInt(headers.get('retry-after') ?? '', 10);
		return { kind: 'busy', retryAfter: Number.isFinite(seconds) ? Math.max(1, seconds) : aWhile };
	}
	// A proxy in between has limits of its own.
	if (status === 413) return { kind: 'rejected' };
	return { kind: (error && kinds[error.code]) ?? 'broken' };
}

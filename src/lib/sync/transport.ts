import type { SyncAnswer } from '#lib/protocol/sync-answer.ts';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';

/** Why there is no answer. Whatever was sent may have arrived; it is sent again as it was. */
export type TransportFailure =
	/** Nobody there. */
	| { readonly kind: 'offline' }
	/** Come back after so many seconds. */
	| { readonly kind: 'busy'; readonly retryAfter: number }
	/** Nobody is signed in, or by a session whose key is not here; what waits stays. */
	| { readonly kind: 'signedOut' }
	/** This device was reported lost: what it keeps is to go. */
	| { readonly kind: 'wiped' }
	/** The person who is signed in may not, or not before choosing a new password. */
	| { readonly kind: 'notAllowed' }
	/** The request itself is not taken, now or later. */
	| { readonly kind: 'rejected' }
	/** A fault on the other side, or something in between that answers for it. */
	| { readonly kind: 'broken' };

/** The way to the server. */
export interface Transport {
	post(request: SyncRequest, signal: AbortSignal): Promise<SyncAnswer | TransportFailure>;
}

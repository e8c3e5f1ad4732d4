import * as v from 'valibot';
import type { AnyRecord, RecordKey } from '#lib/domain/registry/records.ts';
import type { Id, Instant, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import type { Scope } from '#lib/domain/registry/scopes.ts';
import { parse } from './parse.ts';
import { count, id, instant, isoDate, recordKey, scope } from './shapes.ts';
import type { Cookie } from './sync-request.ts';

export interface MutationResult {
	readonly uid: Id;
	readonly number: number;
	readonly refusal: Refusal | null;
}

/**
 * The changes to what the device may hold now. While `more`, the next request goes on where this
 * answer ends; the device collects the answers in order, each one's removals before its puts, and
 * settles results and shows anything of it once they are complete.
 */
export interface Synced {
	readonly kind: 'synced';
	/** For the next request. null: nothing was pulled, and the request had none. */
	readonly cookie: Cookie | null;
	readonly results: readonly MutationResult[];
	/** Everything that the device held, or collected before this answer, goes first. */
	readonly afresh: boolean;
	readonly removes: readonly RecordKey[];
	readonly puts: readonly AnyRecord[];
	/** Held until now, and no longer. */
	readonly lostScopes: readonly Scope[];
	/** All that the device holds after this; a record in none of them goes. */
	readonly scopes: readonly Scope[];
	/** There is more to pull. */
	readonly more: boolean;
	/** The school's date by the server's clock. */
	readonly today: IsoDate;
}

export type SyncAnswer =
	| Synced
	/**
	 * These numbers belong to somebody else, or a backup was restored: take a new clientId, number
	 * from 1, keep the uids. `lastMadeAt`: of the last mutation that arrived from this client.
	 */
	| { readonly kind: 'renumber'; readonly lastMadeAt: Instant | null }
	/** The mutations sent are taken; this app is too old for what would come back. */
	| { readonly kind: 'update' };

/**
 * Records come from our own server, thousands at a time: that they can be found by kind and id is
 * all that is asked of them here. Their rules were held when they were made.
 */
const records = v.custom<readonly AnyRecord[]>(
	(value) => Array.isArray(value) && value.every(isRecordLike)
);

function isRecordLike(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const { kind, id: key } = value as { readonly kind?: unknown; readonly id?: unknown };
	return typeof kind === 'string' && typeof key === 'string';
}

const refusal = v.custom<Refusal>(
	(value) =>
		typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
);

const answer: v.GenericSchema<unknown, SyncAnswer> = v.variant('kind', [
	v.object({
		kind: v.literal('synced'),
		// The server's own, sent back as it came.
		cookie: v.custom<Cookie | null>((value) => typeof value === 'object'),
		results: v.array(v.object({ uid: id, number: count, refusal: v.nullable(refusal) })),
		afresh: v.boolean(),
		removes: v.array(recordKey),
		puts: records,
		lostScopes: v.array(scope),
		scopes: v.array(scope),
		more: v.boolean(),
		today: isoDate
	}),
	v.object({ kind: v.literal('renumber'), lastMadeAt: v.nullable(instant) }),
	v.object({ kind: v.literal('update') })
]);

/**
 * Returns the server's answer; null where it is no such answer (a proxy's page, a newer version).
 */
export function parseSyncAnswer(value: unknown): SyncAnswer | null {
	return parse(answer, value);
}

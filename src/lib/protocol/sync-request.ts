import * as v from 'valibot';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import type { Scope } from '#lib/domain/registry/scopes.ts';
import { maxMutationsPerRequest } from './limits.ts';
import { secrets } from './secrets.ts';
import { count, id, instant, json, kind, recordId, scope } from './shapes.ts';

/** Where a device is in what its school has. It only keeps this and sends it back. */
export interface Cookie {
	/** Changes when a backup of the school is restored. */
	readonly epoch: Id;
	/** All that these scopes held at this version is on the device. */
	readonly version: number;
	readonly scopes: readonly Scope[];
	/** Half way through an answer of several parts. */
	readonly reading: Reading | null;
}

export interface Reading {
	/** The school's version when the reading started: how far it goes. */
	readonly since: number;
	/** Scopes that the device did not hold, and is reading all of. */
	readonly gained: readonly Scope[];
	/** The last row that was read. */
	readonly position: readonly [scope: Scope, version: number, kind: Kind, id: Id];
}

export interface SentMutation {
	/** From 1, without a gap, for each client. */
	readonly number: number;
	/** Its arguments are not parsed yet (mutation-args). */
	readonly mutation: Mutation;
	readonly secrets?: Secrets | undefined;
}

/** `POST /api/sync`: push and pull in one. */
export interface SyncRequest {
	/** `schemaVersion` of the app that sends. */
	readonly schema: number;
	readonly account: Id;
	/** One vault's numbering: a clone of it, or one restored from a backup, takes another. */
	readonly clientId: Id;
	/** Results up to this number are settled on the device. */
	readonly confirmed: number;
	readonly cookie: Cookie | null;
	/** In order of their numbers. */
	readonly mutations: readonly SentMutation[];
	/** Whether more of the outbox is to follow; until all of it is there, nothing is pulled and no scope is lost. */
	readonly unsent: boolean;
}

const cookie: v.GenericSchema<unknown, Cookie> = v.object({
	epoch: id,
	version: count,
	scopes: v.pipe(v.array(scope), v.maxLength(20_000)),
	reading: v.nullable(
		v.object({
			since: count,
			gained: v.pipe(v.array(scope), v.maxLength(20_000)),
			position: v.strictTuple([scope, count, kind, recordId])
		})
	)
});

/** Its arguments stay as they came: `parseArgs` reads them. */
export const mutation: v.GenericSchema<unknown, Mutation> = v.object({
	name: v.pipe(v.string(), v.maxLength(100)),
	args: json,
	uid: id,
	batch: v.nullable(id),
	actorId: id,
	madeAt: instant
});

const request: v.GenericSchema<unknown, SyncRequest> = v.object({
	schema: count,
	account: id,
	clientId: id,
	confirmed: count,
	// A cookie that says nothing is as none: the device then reads all of it afresh.
	cookie: v.fallback(v.nullable(cookie), null),
	mutations: v.pipe(
		v.array(v.object({ number: count, mutation, secrets: v.optional(secrets) })),
		v.maxLength(maxMutationsPerRequest)
	),
	unsent: v.boolean()
});

/**
 * Returns the request of a device; null where it is no such request. Anything that it has beside
 * this is left out. Arguments are left as they are: `parseArgs` refuses those of one mutation, and
 * not the whole request.
 */
export function parseSyncRequest(value: unknown): SyncRequest | null {
	const parsed = v.safeParse(request, value, { abortEarly: true });
	return parsed.success ? parsed.output : null;
}

import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SentMutation } from '#lib/protocol/sync-request.ts';
import { charge } from './charge.ts';
import type { SchoolWriting } from './school-writing.ts';

/** Bytes of each mutation with what comes beside it, as UTF-8 JSON. */
export type Weights = ReadonlyMap<SentMutation, number>;

/** Weighs what was sent: before the transaction, in which others wait for it. */
export function weigh(mutations: readonly SentMutation[]): Weights {
	return new Map(mutations.map((sent) => [sent, Buffer.byteLength(JSON.stringify(sent))]));
}

/** The part of a request that costs something. */
export interface Asked {
	/**
	 * Without what was run before, which is free: a device that was asked to wait sends that again
	 * before what waits.
	 */
	readonly asked: readonly SentMutation[];
	readonly weights: Weights;
	/** The client was never seen, and will be one row more. */
	readonly isNew: boolean;
}

/**
 * Counts what is to be run against the account's quota, whatever becomes of it, and a client that is
 * new.
 *
 * @returns seconds to wait; 0: go on
 */
export function spend(
	writing: SchoolWriting,
	account: Id,
	{ asked, weights, isNew }: Asked
): Promise<number> {
	const mutations = asked.length + (isNew ? 1 : 0);
	const bytes = asked.reduce((sum, sent) => sum + (weights.get(sent) ?? 0), 0);
	return charge(writing, account, { mutations, bytes });
}

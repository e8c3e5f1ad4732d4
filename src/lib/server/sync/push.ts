import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import type { MutationResult, SyncAnswer } from '#lib/protocol/sync-answer.ts';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';
import {
	confirmOutcomes,
	readClient,
	writeClient,
	type Client,
	type KnownOutcome
} from '../store/clients.ts';
import type { SchoolTx } from '../store/database.ts';
import { readMaker } from '../store/records.ts';
import { numberingOf, type Step } from './numbering.ts';
import { failed } from './refusals.ts';
import { clampMadeAt } from './school-day.ts';
import type { SchoolWriting } from './school-writing.ts';
import { spend, type Weights } from './spend.ts';

type Renumber = Extract<SyncAnswer, { kind: 'renumber' }>;

export type Pushed =
	| { readonly kind: 'taken'; readonly results: readonly MutationResult[] }
	| Renumber
	/** The account has used up its hour: nothing was run. */
	| { readonly kind: 'wait'; readonly seconds: number };

/** Runs what a device sends, in its order, and remembers what became of it (design.md 3, *Identity*). */
export async function push(
	writing: SchoolWriting,
	request: SyncRequest,
	weights: Weights
): Promise<Pushed> {
	const { account, clientId, mutations } = request;
	const { tx } = writing;
	const client = await readClient(tx, clientId);
	const renumber = renumberingOf(client, tx, request);
	if (renumber) return renumber;
	const lastMadeAt = client?.lastMadeAt ?? null;
	await writing.lookUp(mutations.map(({ mutation }) => mutation.uid));
	const numbering = numberingOf(mutations, {
		nextNumber: client?.nextNumber ?? 1,
		account,
		isKnown: (uid) => writing.outcomeOf(uid) !== null
	});
	if (!numbering) return { kind: 'renumber', lastMadeAt };
	const asked = numbering.steps.filter(({ kind }) => kind !== 'known').map(({ sent }) => sent);
	const seconds = await spend(writing, account, { asked, weights, isNew: client === null });
	if (seconds > 0) return { kind: 'wait', seconds };
	const pushing = new Pushing(writing, { account, client: clientId, lastMadeAt });
	const results = await pushing.run(numbering.steps);
	await settle(tx, request);
	await writeClient(tx, {
		id: clientId,
		account,
		nextNumber: numbering.nextNumber,
		lastMadeAt: pushing.lastMadeAt,
		seenAt: writing.now.toISOString()
	});
	return { kind: 'taken', results };
}

/**
 * The message for a client that this school does not know as it knows itself; null: all is well.
 */
export async function renumbering(tx: SchoolTx, request: SyncRequest): Promise<Renumber | null> {
	return renumberingOf(await readClient(tx, request.clientId), tx, request);
}

/** Somebody else's client, or one that was here before a backup was restored. */
function renumberingOf(
	client: Client | null,
	{ counter }: SchoolTx,
	{ account, cookie }: SyncRequest
): Renumber | null {
	if (!client) return null;
	if (client.account !== account) return { kind: 'renumber', lastMadeAt: null };
	if (cookie === null || cookie.epoch === counter.epoch) return null;
	return { kind: 'renumber', lastMadeAt: client.lastMadeAt };
}

/** Forgets why mutations were refused that the device has told its user. */
export function settle(tx: SchoolTx, { clientId, confirmed }: SyncRequest): Promise<void> {
	return confirmOutcomes(tx, clientId, confirmed);
}

/** Tells whether `settle` would forget anything. */
export async function hasUnsettled(
	{ db }: SchoolTx,
	{ clientId, confirmed }: SyncRequest
): Promise<boolean> {
	const row = await db
		.selectFrom('outcome')
		.select('uid')
		.where('client', '=', clientId)
		.where('number', '<=', confirmed)
		.where('refusal', 'is not', null)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

class Pushing {
	lastMadeAt: Instant | null;
	readonly #writing: SchoolWriting;
	readonly #account: Id;
	readonly #client: Id;
	readonly #makers = new Map<Id, Id | null>();

	constructor(
		writing: SchoolWriting,
		from: { readonly account: Id; readonly client: Id; readonly lastMadeAt: Instant | null }
	) {
		this.#writing = writing;
		this.#account = from.account;
		this.#client = from.client;
		this.lastMadeAt = from.lastMadeAt;
	}

	async run(steps: readonly Step[]): Promise<MutationResult[]> {
		await this.#writing.prepare(steps.filter(({ kind }) => kind === 'run').map(({ sent }) => sent));
		const results: MutationResult[] = [];
		for (const step of steps) {
			const { number, mutation } = step.sent;
			results.push({ uid: mutation.uid, number, refusal: await this.#refusalOf(step) });
		}
		return results;
	}

	async #refusalOf({ kind, sent }: Step): Promise<Refusal | null> {
		const { mutation, number, secrets } = sent;
		if (kind === 'foreign') return notTheirs;
		const before = this.#writing.outcomeOf(mutation.uid);
		if (before) return this.#knownResult(before);
		const { now } = this.#writing;
		const madeAt = clampMadeAt(mutation.madeAt, this.lastMadeAt, now);
		this.lastMadeAt = madeAt;
		const account = this.#account;
		const actor = this.#writing.actor(account);
		const sentBy = { client: this.#client, account, number };
		return this.#writing.make({ mutation, madeAt, actor, secrets, sentBy });
	}

	/** Its outcome when it ran is told to the account that made it, and to nobody else. */
	async #knownResult({ uid, account, refused, refusal }: KnownOutcome): Promise<Refusal | null> {
		const maker = account ?? (await this.#makerOf(uid));
		if (maker !== this.#account) return notTheirs;
		// Why, the device has confirmed to know: a clone of it is told that it was, no more.
		return refused ? (refusal ?? failed) : null;
	}

	/**
	 * Of what ran without a client: the server's own, and what moved in. One row of it, and once for
	 * each uid: it may be as long as an import, and sending it again is free.
	 */
	async #makerOf(uid: Id): Promise<Id | null> {
		const known = this.#makers.get(uid);
		if (known !== undefined) return known;
		const maker = await readMaker(this.#writing.tx, uid);
		this.#makers.set(uid, maker);
		return maker;
	}
}

const notTheirs: Refusal = { code: 'notAllowed' };

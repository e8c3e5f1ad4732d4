import type { Id, Instant } from '#lib/domain/records.ts';
import type { Refusal } from '#lib/domain/refusal.ts';
import type { MutationResult, SyncAnswer } from '#lib/protocol/sync-answer.ts';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';
import {
	addOutcomes,
	confirmOutcomes,
	readClient,
	readOutcomes,
	writeClient,
	type Client,
	type Outcome
} from '../store/clients.ts';
import { quotas, verdictOn } from '../limits/quotas.ts';
import type { SchoolTx } from '../store/database.ts';
import { readUsed, writeUsed } from '../store/quota.ts';
import { numberingOf, type Step } from './numbering.ts';
import { failed } from './refusals.ts';
import { clampMadeAt } from './school-day.ts';
import type { SchoolWriting } from './school-writing.ts';

type Renumber = Extract<SyncAnswer, { kind: 'renumber' }>;

export type Pushed =
	| { readonly kind: 'taken'; readonly results: readonly MutationResult[] }
	| Renumber
	/** The account has used up its hour: nothing was run. */
	| { readonly kind: 'wait'; readonly seconds: number };

/** Runs what a device sends, in its order, and remembers what became of it (design.md 3, *Identity*). */
export async function push(writing: SchoolWriting, request: SyncRequest): Promise<Pushed> {
	const { account, clientId, mutations } = request;
	const { tx } = writing;
	const client = await readClient(tx, clientId);
	const renumber = renumberingOf(client, tx, request);
	if (renumber) return renumber;
	const lastMadeAt = client?.lastMadeAt ?? null;
	const known = await readOutcomes(
		tx,
		mutations.map(({ mutation }) => mutation.uid)
	);
	const numbering = numberingOf(mutations, {
		nextNumber: client?.nextNumber ?? 1,
		account,
		isKnown: (uid) => known.has(uid)
	});
	if (!numbering) return { kind: 'renumber', lastMadeAt };
	const seconds = await spend(writing, account, { steps: numbering.steps, client });
	if (seconds > 0) return { kind: 'wait', seconds };
	const pushing = new Pushing(writing, { account, clientId, lastMadeAt, known });
	const results = await pushing.run(numbering.steps);
	await addOutcomes(tx, pushing.outcomes, writing.now.toISOString());
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
 * Counts what is to be run against the account's quota, refusals too, and a client that is new. What
 * was run before is free: a device that was asked to wait sends it again before what waits.
 *
 * @returns seconds to wait; 0: go on
 */
async function spend(
	writing: SchoolWriting,
	account: Id,
	{ steps, client }: { readonly steps: readonly Step[]; readonly client: Client | null }
): Promise<number> {
	const work = steps.filter(({ kind }) => kind !== 'known').map(({ sent }) => sent);
	const mutations = work.length + (client ? 0 : 1);
	const quota = quotas[writing.actor(account)?.role ?? 'pupil'];
	if (mutations === 0 || quota === null) return 0;
	const { tx, now } = writing;
	const asked = { mutations, bytes: Buffer.byteLength(JSON.stringify(work)) };
	const verdict = verdictOn(await readUsed(tx, account), asked, quota, now);
	if (verdict.kind === 'wait') return verdict.seconds;
	await writeUsed(tx, account, verdict.used);
	return 0;
}

/** What a client is told that this school does not know as it knows itself; null: all is well. */
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

/** Whether `settle` would forget anything. */
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
	readonly outcomes: Outcome[] = [];
	lastMadeAt: Instant | null;
	readonly #writing: SchoolWriting;
	readonly #account: Id;
	readonly #client: Id;
	/** Grows as mutations are run: a uid may come twice. */
	readonly #known: Map<Id, Outcome>;

	constructor(
		writing: SchoolWriting,
		from: {
			readonly account: Id;
			readonly clientId: Id;
			readonly lastMadeAt: Instant | null;
			readonly known: ReadonlyMap<Id, Outcome>;
		}
	) {
		this.#writing = writing;
		this.#account = from.account;
		this.#client = from.clientId;
		this.lastMadeAt = from.lastMadeAt;
		this.#known = new Map(from.known);
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
		if (kind === 'foreign') return { code: 'notAllowed' };
		const before = this.#known.get(mutation.uid);
		// Why, the device has confirmed to know: a clone of it is told that it was, no more.
		if (before) return before.refused ? (before.refusal ?? failed) : null;
		const { now } = this.#writing;
		const madeAt = clampMadeAt(mutation.madeAt, this.lastMadeAt, now);
		this.lastMadeAt = madeAt;
		const actor = this.#writing.actor(this.#account);
		const refusal = await this.#writing.make({ mutation, madeAt, actor, secrets });
		const { uid } = mutation;
		const outcome = { uid, client: this.#client, number, refused: refusal !== null, refusal };
		this.#known.set(uid, outcome);
		this.outcomes.push(outcome);
		return refusal;
	}
}

import { newId, newTimedId } from '#lib/crypto/random.ts';
import { utf8Length } from '#lib/crypto/bytes.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { Id, Json } from '#lib/domain/kernel/ids.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { Change } from '#lib/domain/registry/state.ts';
import type { Entry } from '../pages/entry.ts';
import type { VaultFailure } from '../disk/failure.ts';
import type { IndexedRefusal } from '../replica/ledger.ts';
import { takeOut } from './outbox-rows.ts';
import { planPull, type Patch } from './pull.ts';
import { addRefused, packRefused, readRefused, type Refused } from './refused.ts';
import type { CommitFailure, Replica, Signature } from '../replica/replica.ts';
import { readSent } from './sent.ts';

/** The part of an outbox that is sent at once. */
export interface Outgoing {
	readonly clientId: Id;
	readonly confirmed: number;
	readonly cookie: Json;
	/** In order; the first has the number after `after`. */
	readonly mutations: readonly Sent[];
	/** Whether more waits behind these. */
	readonly unsent: boolean;
}

export interface Sent {
	readonly number: number;
	readonly mutation: Mutation;
	readonly secrets?: Secrets | undefined;
}

export interface OutgoingLimits {
	/** Numbers up to this one are left out, since they were answered already; 0: none were. */
	readonly after: number;
	readonly count: number;
	/** Of mutations and secrets as UTF-8 JSON. */
	readonly bytes: number;
}

/** A vault's dealings with its server: what goes there, and what comes back (design.md 2, 3). */
export class Outbox {
	readonly #replica: Replica;

	constructor(replica: Replica) {
		this.#replica = replica;
	}

	/** The next mutations to send. At least one, if any waits, however large it is. */
	async outgoing(limits: OutgoingLimits): Promise<Result<Outgoing, VaultFailure>> {
		return this.#replica.look(async (store, loaded) => {
			const { ledger, read } = loaded;
			const { membership, clientId, cookie } = read.head;
			const confirmed = membership?.confirmed ?? 0;
			const answered = Math.max(0, limits.after - confirmed);
			const waiting = ledger.entries.slice(answered, answered + limits.count);
			const uids = waiting.map(({ mutation }) => mutation.uid);
			const { entries, current } = await takeOut(store, loaded, new Set(uids));
			// Another tab may have settled some of them: these numbers are then no longer theirs.
			if (!current || entries.length < waiting.length) return null;
			const mutations: Sent[] = [];
			let bytes = 0;
			for (const [index, { mutation, secrets }] of entries.entries()) {
				const sent = { number: confirmed + answered + index + 1, mutation, secrets };
				bytes += utf8Length(JSON.stringify(sent)) + 1;
				if (bytes > limits.bytes && index > 0) break;
				mutations.push(sent);
			}
			const unsent = answered + mutations.length < ledger.entries.length;
			return { clientId, confirmed, cookie, mutations, unsent };
		});
	}

	/**
	 * Takes in what a server answered (design.md 2, *Pull in one transaction*). `staleCookie`: the
	 * answer is to an older question; ask again.
	 */
	async pull(patch: Patch): Promise<Result<void, VaultFailure | { readonly code: 'staleCookie' }>> {
		const pulled = await this.#replica.revise((store, loaded, now) =>
			planPull(store, loaded, { patch, now })
		);
		if (!pulled.ok) return pulled;
		return pulled.value ? ok(undefined) : refuse({ code: 'staleCookie' });
	}

	/**
	 * Numbers the outbox anew, as another client. The server may have gone back to a backup: what was
	 * sent lately goes again, before the rest. Uids stay, so that nothing runs twice.
	 */
	async renumber(from: Id): Promise<Result<void, VaultFailure>> {
		const history = await this.#replica.loadHistory();
		if (!history.ok) return history;
		return this.#revise(async (store, loaded) => {
			const { ledger, read, lastSeq } = loaded;
			const { membership, clientId } = read.head;
			if (!membership || clientId !== from) return null;
			const waiting = new Set(ledger.entries.map(({ mutation }) => mutation.uid));
			const entries = [
				...(await readSent(store)),
				...(await takeOut(store, loaded, waiting)).entries
			];
			const numbered = { clientId: newId(), membership: { ...membership, confirmed: 0 } };
			return {
				rewrite: {
					head: { ...read.head, ...numbered, sentPages: [], lineage: newId() },
					pages: new Map(),
					dropPages: read.head.sentPages.map(({ id }) => id),
					dropRowsThrough: lastSeq,
					added: { after: lastSeq, entries }
				},
				follow: (memory, numbers) => [
					...memory.rebase(nothing, waiting),
					...memory.replay(inRows(entries, numbers))
				]
			};
		});
	}

	/** All that waits, with its passwords, to be sent from another device. */
	async entries(): Promise<Result<readonly Entry[], VaultFailure>> {
		return this.#replica.look(async (store, loaded) => {
			const waiting = new Set(loaded.ledger.entries.map(({ mutation }) => mutation.uid));
			const { entries, current } = await takeOut(store, loaded, waiting);
			return current && entries.length === waiting.size ? entries : null;
		});
	}

	/** Takes over what another device of the account could not send. The server judges it alone. */
	async add(entries: readonly Entry[]): Promise<Result<void, VaultFailure>> {
		const history = await this.#replica.loadHistory();
		if (!history.ok) return history;
		return this.#revise((_, { ledger, read, lastSeq }) => {
			const here = new Set(ledger.entries.map(({ mutation }) => mutation.uid));
			const added = entries.filter(({ mutation }) => !here.has(mutation.uid));
			if (added.length === 0) return null;
			return {
				rewrite: {
					head: { ...read.head, lineage: newId() },
					pages: new Map(),
					added: { after: lastSeq, entries: added }
				},
				follow: (memory, numbers) => memory.replay(inRows(added, numbers))
			};
		});
	}

	/** Returns the mutations that the server refused, oldest first, with what was typed. */
	async refused(): Promise<Result<readonly Refused[], VaultFailure>> {
		return this.#replica.look((store) => readRefused(store));
	}

	/**
	 * Takes a mutation out of the outbox as refused: one that the server cannot even read. Those
	 * behind it move up by a number, so nothing from here on may have been answered.
	 */
	async setAside(uid: Id, refusal: Refusal): Promise<Result<void, VaultFailure>> {
		return this.#revise(async (store, loaded, now) => {
			const { head: before } = loaded.read;
			const { entries, rows } = await takeOut(store, loaded, new Set([uid]));
			if (entries.length === 0) return null;
			const at = new Date(now).toISOString();
			const refused = entries.map((entry) => ({ ...entry, refusal, at }));
			const { head, ...shelf } = await addRefused(store, before, refused);
			return {
				rewrite: { head: { ...head, lineage: newId() }, ...shelf, rows },
				follow: (memory) => memory.rebase(nothing, new Set([uid]))
			};
		});
	}

	/**
	 * *Opnieuw proberen*: at the end of the outbox, as new mutations made now. All of them, or the first
	 * refusal by the rules; they then stay where they are.
	 * @param settled by uid, the arguments that somebody chose since; null: it is not made again
	 */
	async retry(
		uids: readonly Id[],
		signature: Signature,
		settled: ReadonlyMap<Id, Json> = new Map()
	): Promise<Result<void, CommitFailure>> {
		const chosen = new Set(uids);
		let no: IndexedRefusal | null = null;
		const history = await this.#replica.loadHistory();
		if (!history.ok) return history;
		const revised = await this.#revise(async (store, { ledger, read, lastSeq }, now) => {
			const refused = await readRefused(store);
			const rest = refused.filter(({ mutation }) => !chosen.has(mutation.uid));
			if (rest.length === refused.length) return null;
			const entries = refused
				.filter(({ mutation }) => chosen.has(mutation.uid))
				.flatMap(({ mutation, secrets }) => {
					const args = settled.get(mutation.uid);
					if (args === null) return [];
					return madeAgain({ ...mutation, args: args ?? mutation.args }, secrets, signature, now);
				});
			const computed = await ledger.compute(entries);
			no = computed.ok ? null : computed.refusal;
			if (!computed.ok) return null;
			const { head, ...shelf } = packRefused(rest, read.head);
			return {
				rewrite: {
					head: { ...head, lineage: newId() },
					...shelf,
					added: { after: lastSeq, entries }
				},
				follow: (memory, numbers) => memory.replay(inRows(entries, numbers))
			};
		});
		return no ? refuse(no) : revised;
	}

	/** *Weggooien*. */
	async discard(uids: readonly Id[]): Promise<Result<void, VaultFailure>> {
		return this.#revise(async (store, { read }) => {
			const refused = await readRefused(store);
			const rest = refused.filter(({ mutation }) => !uids.includes(mutation.uid));
			if (rest.length === refused.length) return null;
			const { head, ...shelf } = packRefused(rest, read.head);
			return { rewrite: { head: { ...head, lineage: newId() }, ...shelf }, follow: () => [] };
		});
	}

	async #revise(plan: Parameters<Replica['revise']>[0]): Promise<Result<void, VaultFailure>> {
		const revised = await this.#replica.revise(plan);
		return revised.ok ? ok(undefined) : revised;
	}
}

const nothing: Change = { puts: [], removes: [] };

function inRows(
	entries: readonly Entry[],
	numbers: readonly number[]
): (Entry & { readonly seq: number })[] {
	return entries.map((entry, at) => ({ ...entry, seq: numbers[at] ?? 0 }));
}

function madeAgain(
	mutation: Mutation,
	secrets: Secrets | undefined,
	signature: Signature,
	now: number
): Entry {
	const madeAt = new Date(now).toISOString();
	const again = { ...mutation, uid: newTimedId(), actorId: signature.actor.id, madeAt };
	return { mutation: again, secrets, ...signature };
}

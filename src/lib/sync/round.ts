import { maxMutationsPerRequest, maxRequestBytes, schemaVersion } from '#lib/protocol/limits.ts';
import type { Synced } from '#lib/protocol/sync-answer.ts';
import type { Cookie } from '#lib/protocol/sync-request.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { VaultFailure } from '#lib/vault/disk/failure.ts';
import type { Outbox, Outgoing } from '#lib/vault/outbox/outbox.ts';
import type { Replica } from '#lib/vault/replica/replica.ts';
import { Reading } from './reading.ts';
import type { Transport, TransportFailure } from './transport.ts';

/** How a round ended. */
export type RoundOutcome =
	/** All that was there to send is settled, and all that was there to read is here. */
	| { readonly kind: 'done' }
	/** The outbox has arrived, but this app is too old for what would come back. */
	| { readonly kind: 'update' }
	| { readonly kind: 'vault'; readonly failure: VaultFailure }
	| TransportFailure;

export interface RoundOptions {
	readonly replica: Replica;
	readonly outbox: Outbox;
	readonly transport: Transport;
	readonly account: Id;
	readonly signal: AbortSignal;
	/** How many records of this reading have come. */
	readonly onProgress: (records: number) => void;
}

/** Leaves room for the rest of a request. */
const bytes = maxRequestBytes - 20_000;

/** How often a round begins anew before it waits for a better moment. */
const mostRestarts = 5;

/** Sends all that waits and reads all that is new: one or more requests, and one change here. */
export class Round {
	readonly #options: RoundOptions;
	#reading: Reading | null = null;
	/** The last number that was answered in this reading. */
	#answered = 0;
	#clientId: Id | null = null;
	#count = maxMutationsPerRequest;
	#restarts = 0;
	#renumbered = false;

	constructor(options: RoundOptions) {
		this.#options = options;
	}

	async run(): Promise<RoundOutcome> {
		for (;;) {
			const outcome = await this.#ask();
			if (outcome) return outcome;
			if (this.#restarts > mostRestarts) return { kind: 'broken' };
		}
	}

	/** One request; null: go on. */
	async #ask(): Promise<RoundOutcome | null> {
		const { outbox, transport, account, signal } = this.#options;
		const halfway = this.#reading?.halfway ?? false;
		// Mutations made in the middle of a reading wait: what they change is not in it.
		const count = halfway ? 0 : this.#count;
		const looked = await outbox.outgoing({ after: this.#answered, count, bytes });
		if (!looked.ok) return { kind: 'vault', failure: looked.refusal };
		const outgoing = halfway ? { ...looked.value, unsent: false } : looked.value;
		const { clientId, confirmed, mutations, unsent } = outgoing;
		if (this.#clientId !== null && this.#clientId !== clientId) return this.#restart();
		this.#clientId = clientId;
		const reading = (this.#reading ??= new Reading(outgoing.cookie as Cookie | null));
		const { cookie } = reading;
		const asked = { schema: schemaVersion, account, clientId, confirmed, cookie };
		const answer = await transport.post({ ...asked, mutations, unsent }, signal);
		switch (answer.kind) {
			case 'synced':
				return this.#take(answer, reading, outgoing);
			case 'renumber':
				return this.#renumber(clientId);
			case 'update':
				if (!unsent) return answer;
				this.#answered = mutations.at(-1)?.number ?? this.#answered;
				return null;
			case 'rejected':
				return this.#narrow(outgoing);
			default:
				return answer;
		}
	}

	async #take(
		answer: Synced,
		reading: Reading,
		{ clientId, mutations, unsent, confirmed }: Outgoing
	): Promise<RoundOutcome | null> {
		// A backup was restored that is older than this client: it does not know to say so.
		const isOther = reading.from && answer.cookie?.epoch !== reading.from.epoch;
		if (isOther && !this.#renumbered) return this.#renumber(clientId);
		reading.add(answer);
		this.#options.onProgress(reading.records);
		this.#answered = mutations.at(-1)?.number ?? this.#answered;
		if (answer.more || unsent) return null;
		const patch = reading.patch(this.#options.replica.membership?.today ?? null);
		if (!patch) return done;
		const { outbox, replica } = this.#options;
		const pulled = await outbox.pull(patch);
		if (pulled.ok) {
			// A server that takes what it is sent, and does not say so, must not be asked again at once.
			const settled = (replica.membership?.confirmed ?? 0) > confirmed;
			return settled || mutations.length === 0 ? done : broken;
		}
		// Another tab was first.
		if (pulled.refusal.code === 'staleCookie') return this.#restart();
		return { kind: 'vault', failure: pulled.refusal };
	}

	async #renumber(clientId: Id): Promise<RoundOutcome | null> {
		this.#renumbered = true;
		const renumbered = await this.#options.outbox.renumber(clientId);
		return renumbered.ok ? this.#restart() : { kind: 'vault', failure: renumbered.refusal };
	}

	/**
	 * The server does not take the request as it is. One mutation must be the reason: it is found by
	 * halves and set aside, so that those behind it get through.
	 */
	async #narrow({ mutations }: Outgoing): Promise<RoundOutcome | null> {
		const [first] = mutations;
		if (!first) return broken;
		if (mutations.length > 1) {
			this.#count = Math.ceil(mutations.length / 2);
			return null;
		}
		const { uid, name } = first.mutation;
		const aside = await this.#options.outbox.setAside(uid, { code: 'invalidValue', field: name });
		if (!aside.ok) return { kind: 'vault', failure: aside.refusal };
		this.#count = maxMutationsPerRequest;
		return this.#restart(0);
	}

	#restart(cost = 1): null {
		this.#reading = null;
		this.#answered = 0;
		this.#clientId = null;
		this.#restarts += cost;
		return null;
	}
}

const done = { kind: 'done' } as const;
const broken = { kind: 'broken' } as const;

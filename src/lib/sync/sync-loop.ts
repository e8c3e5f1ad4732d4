import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { VaultFailure } from '#lib/vault/disk/failure.ts';
import { Outbox } from '#lib/vault/outbox/outbox.ts';
import type { Replica } from '#lib/vault/replica/replica.ts';
import { delayAfter } from './backoff.ts';
import { Round, type RoundOutcome } from './round.ts';
import type { Transport } from './transport.ts';

/** Why nothing gets through at the moment. Nothing is lost by any of it. */
export type Trouble =
	| 'offline'
	/** The server asked to wait. */
	| 'busy'
	/** Somebody has to sign in again. */
	| 'signedOut'
	| 'notAllowed'
	/** The app is too old for what would come back; what waits is sent all the same. */
	| 'update'
	| 'broken'
	| VaultFailure['code'];

/** The state that the quiet line shows. */
export interface SyncStatus {
	readonly working: boolean;
	readonly trouble: Trouble | null;
	/** Mutations that are not settled yet. */
	readonly waiting: number;
	/** Refused ones that nobody has dealt with. */
	readonly refused: number;
	/** When the server last answered; null: never. */
	readonly lastContact: Instant | null;
	/** When all that the server had to tell was last here; null: never. */
	readonly updatedUntil: Instant | null;
	/** Records that have come of an answer in several parts; null: none is under way. */
	readonly loading: number | null;
	/** There is a connection, and yet nothing has got through for a long time. */
	readonly stuck: boolean;
	/** Until when the server asked to wait, where that takes so long that somebody may wonder; null: no. */
	readonly waitsUntil: Instant | null;
}

export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	/** From 0 up to 1. */
	random(): number;
	/** Returns how to call it off. */
	after(milliseconds: number, work: () => void): () => void;
}

export interface SyncLoopOptions {
	readonly replica: Replica;
	readonly account: Id;
	readonly transport: Transport;
	readonly clock: Clock;
	/** Runs a round while no other tab does; null: another is at it. */
	readonly alone: (round: () => Promise<RoundOutcome>) => Promise<RoundOutcome | null>;
	/** Tells whether the device believes to have a connection. */
	readonly online: () => boolean;
	/** Removes what this device keeps, on the server's command. */
	readonly wipe: () => Promise<void>;
}

/** After a change, so that those made with it go along. */
const soon = 300;
/** Between two rounds when there is nothing to do: longer and longer, since the server pokes. */
const rest = 60_000;
const longestRest = 15 * 60_000;
/** The same for what only a person can change. */
const longRest = 5 * 60_000;
/** While another tab is at it. */
const whileOther = 3000;
/** Nobody notices a shorter wait. */
const longWait = 60_000;
/** From then on, somebody should know. */
const stuckAfter = 10 * 60_000;

/** Sends and reads by itself, as often as is useful; and tells how it goes. */
export class SyncLoop {
	readonly #options: SyncLoopOptions;
	readonly #outbox: Outbox;
	readonly #listeners = new Set<(status: SyncStatus) => void>();
	#running: AbortController | null = null;
	#callOff: () => void = () => undefined;
	#unsubscribe: () => void = () => undefined;
	#again = false;
	#stopped = true;
	#failures = 0;
	/** Rounds in a row in which nothing happened. */
	#quiet = 0;
	/** The server asked for quiet until then, and so long. */
	#notBefore = 0;
	#quietFor = 0;
	#trouble: Trouble | null = null;
	#loading: number | null = null;
	#lastContact: number | null = null;
	#updatedUntil: Instant | null = null;
	/** Since when something waits without anything getting through. */
	#waitingSince: number | null = null;

	constructor(options: SyncLoopOptions) {
		this.#options = options;
		this.#outbox = new Outbox(options.replica);
	}

	get status(): SyncStatus {
		const { replica, clock, online } = this.#options;
		const waited = this.#waitingSince === null ? 0 : clock.now() - this.#waitingSince;
		const contact = this.#lastContact;
		return {
			working: this.#running !== null,
			trouble: this.#trouble,
			waiting: replica.waiting.length,
			refused: replica.refused,
			lastContact:
				contact === null
					? (replica.membership?.lastContact ?? null)
					: new Date(contact).toISOString(),
			updatedUntil: this.#newerOf(replica.membership?.lastContact ?? null),
			loading: this.#loading,
			stuck: waited >= stuckAfter && online() && this.#quietLeft === 0,
			waitsUntil:
				this.#quietFor >= longWait && this.#quietLeft > 0
					? new Date(this.#notBefore).toISOString()
					: null
		};
	}

	/** Milliseconds of quiet that are left; never more than was asked for, when the clock went back. */
	get #quietLeft(): number {
		return Math.min(Math.max(this.#notBefore - this.#options.clock.now(), 0), this.#quietFor);
	}

	/** Another tab may have read later than this one. */
	#newerOf(read: Instant | null): Instant | null {
		const mine = this.#updatedUntil;
		return mine === null || (read !== null && read > mine) ? read : mine;
	}

	/** Calls back after every change of status. Returns how to stop. */
	subscribe(listener: (status: SyncStatus) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	start(): void {
		if (!this.#stopped) return;
		this.#stopped = false;
		this.#unsubscribe = this.#options.replica.subscribe(() => this.#changed());
		this.#noteWaiting();
		this.#schedule(0);
	}

	/** Leaves everything as it is; what was under way is broken off. */
	stop(): void {
		this.#stopped = true;
		this.#callOff();
		this.#unsubscribe();
		this.#running?.abort();
	}

	/**
	 * Now: something changed at the server, the connection or the user came back, somebody signed in.
	 * Later only if the server asked for quiet.
	 */
	poke(): void {
		if (this.#stopped) return;
		this.#quiet = 0;
		if (this.#running) this.#again = true;
		else this.#schedule(0);
	}

	/** Something was made, or another tab has sent it. */
	#changed(): void {
		this.#quiet = 0;
		this.#noteWaiting();
		const { waiting } = this.#options.replica;
		// In trouble, a try more or less for every change helps nobody.
		if (waiting.length > 0 && !this.#running && this.#failures === 0 && !this.#trouble) {
			this.#schedule(soon);
		}
		this.#tell();
	}

	#schedule(delay: number): void {
		const { clock } = this.#options;
		this.#callOff();
		if (this.#stopped) return;
		this.#callOff = clock.after(Math.max(delay, this.#quietLeft), () => void this.#round());
	}

	async #round(): Promise<void> {
		if (this.#stopped || this.#running) return;
		const { replica, transport, account, alone } = this.#options;
		const abort = (this.#running = new AbortController());
		this.#again = false;
		this.#tell();
		const round = new Round({
			replica,
			outbox: this.#outbox,
			transport,
			account,
			signal: abort.signal,
			onProgress: (records) => this.#progress(records)
		});
		const confirmed = replica.membership?.confirmed;
		const outcome = await alone(() => round.run()).catch(afterBug);
		this.#running = null;
		this.#loading = null;
		if (this.#stopped) return;
		if (replica.membership?.confirmed !== confirmed) this.#waitingSince = null;
		this.#noteWaiting();
		if (outcome?.kind === 'wiped') {
			this.stop();
			await this.#options.wipe();
			return;
		}
		if (outcome?.kind === 'vault' && outcome.failure.code === 'locked') {
			this.stop();
			return;
		}
		const delay = outcome ? this.#settle(outcome) : whileOther;
		this.#schedule(this.#again ? 0 : delay);
		this.#tell();
	}

	/** Returns in how many milliseconds to go on. */
	#settle(outcome: RoundOutcome): number {
		const { clock, replica } = this.#options;
		if (outcome.kind === 'done' || outcome.kind === 'update') this.#lastContact = clock.now();
		this.#trouble = troubleOf(outcome);
		switch (outcome.kind) {
			case 'done':
				this.#updatedUntil = new Date(clock.now()).toISOString();
				this.#failures = 0;
				if (replica.waiting.length > 0) return soon;
				return Math.min(longestRest, rest * 2 ** this.#quiet++) * (1 - clock.random() / 4);
			case 'busy':
				this.#quietFor = outcome.retryAfter * 1000;
				this.#notBefore = clock.now() + this.#quietFor;
				// Not all at the same second.
				return outcome.retryAfter * 1000 + clock.random() * 5000;
			case 'update':
			case 'signedOut':
			case 'notAllowed':
				this.#failures = 0;
				return longRest;
			default:
				this.#failures += 1;
				return delayAfter(this.#failures, clock.random());
		}
	}

	#progress(records: number): void {
		this.#loading = records;
		this.#tell();
	}

	#noteWaiting(): void {
		if (this.#options.replica.waiting.length === 0) this.#waitingSince = null;
		else this.#waitingSince ??= this.#options.clock.now();
	}

	#tell(): void {
		const { status } = this;
		for (const listener of this.#listeners) listener(status);
	}
}

/** A bug is heard of, and does not end the loop. */
function afterBug(error: unknown): RoundOutcome {
	queueMicrotask(() => {
		throw error;
	});
	return { kind: 'broken' };
}

function troubleOf(outcome: RoundOutcome): Trouble | null {
	switch (outcome.kind) {
		case 'done':
			return null;
		case 'vault':
			return outcome.failure.code;
		case 'rejected':
		case 'wiped':
			return 'broken';
		default:
			return outcome.kind;
	}
}

import type { Instant } from '#lib/domain/kernel/ids.ts';
import type { Database } from '../store/database.ts';
import { claimDue, finishDue, repeatDue, retryDue, type DueWork } from '../store/due.ts';

/**
 * Does one piece of work; may be called again for it, after a crash or a failure. Work that comes back
 * returns `Again`.
 */
export type DueHandler = (work: DueWork) => Promise<unknown>;

/** That the work comes back, and when. */
export class Again {
	readonly at: Instant;

	constructor(at: Instant) {
		this.at = at;
	}
}

/** The work can never be done: it is dropped, and said in the log. */
export class NeverDone extends Error {
	override readonly name = 'NeverDone';
}

export interface DueWorkerOptions {
	readonly database: Database;
	/** By kind. */
	readonly handlers: Readonly<Record<string, DueHandler>>;
	readonly now: () => Date;
	/** Told of each failure; `last`: it was given up. */
	readonly failed: (work: DueWork, error: unknown, last: boolean) => void;
	/** How much of it is done at the same time. */
	readonly atOnce?: number;
}

/** A worker that dies is replaced by another after this long, in milliseconds. */
const leaseMs = 5 * 60_000;
const pollMs = 5_000;
const mostAtOnce = 10;
const firstPauseMs = 15_000;
const longestPauseMs = 60 * 60_000;
/** With these pauses, about a day. */
const mostAttempts = 30;

/** Does what is due: mail, and what a request left for later. One a process is enough. */
export class DueWorker {
	readonly #options: DueWorkerOptions;
	readonly #kinds: readonly string[];
	readonly #atOnce: number;
	#timer: NodeJS.Timeout | undefined;
	#running: Promise<void> | null = null;
	#again = false;
	#stopped = false;

	constructor(options: DueWorkerOptions) {
		this.#options = options;
		this.#atOnce = options.atOnce ?? mostAtOnce;
		this.#kinds = Object.keys(options.handlers);
	}

	/** Looks now, and from now on every few seconds. */
	start(): void {
		this.poke();
	}

	/** Something was added: look at once. */
	poke(): void {
		if (this.#stopped) return;
		this.#again = true;
		this.#running ??= this.#run().finally(() => {
			this.#running = null;
			if (this.#again) this.poke();
			else this.#later();
		});
	}

	/** Everything that is due now is done. */
	async done(): Promise<void> {
		this.poke();
		while (this.#running) await this.#running;
	}

	/** Finishes what it is at, and starts nothing more. */
	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
		await this.#running;
	}

	#later(): void {
		clearTimeout(this.#timer);
		if (this.#stopped) return;
		this.#timer = setTimeout(() => this.poke(), pollMs).unref();
	}

	async #run(): Promise<void> {
		this.#again = false;
		try {
			let claimed: readonly DueWork[];
			do {
				claimed = await this.#claim();
				await Promise.all(claimed.map((work) => this.#do(work)));
			} while (claimed.length === this.#atOnce && !this.#stopped);
		} catch (error) {
			// The database is away; the next look may find it.
			this.#options.failed(
				{ id: '', kind: 'claim', school: null, body: null, attempts: 1 },
				error,
				false
			);
		}
	}

	#claim(): Promise<readonly DueWork[]> {
		const { database } = this.#options;
		const now = this.#in(0);
		const claim = { kinds: this.#kinds, now, leaseUntil: this.#in(leaseMs), limit: this.#atOnce };
		return database.writeOutside((tx) => claimDue(tx, claim));
	}

	async #do(work: DueWork): Promise<void> {
		const { database, handlers, failed } = this.#options;
		let done: unknown;
		try {
			done = await handlers[work.kind]?.(work);
		} catch (error) {
			const last = error instanceof NeverDone || work.attempts >= mostAttempts;
			failed(work, error, last);
			if (!last) {
				const at = this.#in(pauseAfter(work.attempts));
				return database.writeOutside((tx) => retryDue(tx, work, at));
			}
		}
		await database.writeOutside(async (tx) => {
			if (done instanceof Again) await repeatDue(tx, work, done.at);
			else await finishDue(tx, work);
		});
	}

	#in(milliseconds: number): Instant {
		return new Date(this.#options.now().getTime() + milliseconds).toISOString();
	}
}

/** Doubling, and a little apart, so that what failed together does not come back together. */
function pauseAfter(attempts: number): number {
	const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** (attempts - 1));
	return pause * (0.75 + Math.random() / 2);
}

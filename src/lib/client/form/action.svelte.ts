import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Result } from '#lib/domain/kernel/result.ts';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import { failureText } from '../session/failure-text.ts';
import type { Session } from '../session/session.svelte.ts';
import { showDone } from '../session/undo.ts';

/** The texts that are told of an action once it has ended. */
export interface Told<Value, Failure> {
	/** Said in a toast when it was done, with *Ongedaan maken* where the value names a batch. */
	readonly done?: string | ((value: Value) => string);
	/** The batch stays: nobody is offered to take it back. */
	readonly stays?: true;
	/** Handles a refusal that the form shows in its own way. Returns whether it was such a one. */
	readonly settles?: (failure: Failure) => boolean;
	/** Says why it was not done; left out: as of any change. */
	readonly why?: (failure: Failure) => string;
}

/**
 * Something that a page does when somebody presses a button: one at a time, busy until it has ended, and
 * with a reason in words where it was refused. A reload for a new version waits for it.
 */
export class Action {
	readonly #session: Session;
	readonly #tells: 'form' | 'toast';
	#busy = $state(false);
	#problem = $state<string | null>(null);

	/** @param tells where a refusal is shown: in the form, as `problem`, or in a toast */
	constructor(session: Session, tells: 'form' | 'toast' = 'form') {
		this.#session = session;
		this.#tells = tells;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** Why it was refused the last time; null: it was not, or not for something to show here. */
	get problem(): string | null {
		return this.#problem;
	}

	/** Forgets the problem. */
	clear(): void {
		this.#problem = null;
	}

	/**
	 * Runs the work, unless it is still under way. Returns whether it was done. An error that it
	 * throws is a bug, which goes on to the code that tells of bugs.
	 */
	async run<Value>(
		work: () => Promise<Result<Value, CommitFailure>>,
		told?: Told<Value, CommitFailure>
	): Promise<boolean>;
	async run<Value, Failure>(
		work: () => Promise<Result<Value, Failure>>,
		told: Told<Value, Failure> & Required<Pick<Told<Value, Failure>, 'why'>>
	): Promise<boolean>;
	async run<Value, Failure>(
		work: () => Promise<Result<Value, Failure>>,
		told: Told<Value, Failure> = {}
	): Promise<boolean> {
		if (this.#busy) return false;
		this.#busy = true;
		this.#problem = null;
		const stopWork = this.#session.startWork();
		try {
			const result = await work();
			if (result.ok) this.#tellDone(result.value, told);
			else if (!told.settles?.(result.refusal)) this.#tellRefused(result.refusal, told.why);
			return result.ok;
		} finally {
			this.#busy = false;
			stopWork();
		}
	}

	#tellDone<Value, Failure>(value: Value, { done, stays }: Told<Value, Failure>): void {
		if (done === undefined) return;
		const text = typeof done === 'string' ? done : done(value);
		const batch = stays ? null : batchOf(value);
		if (batch === null) this.#session.toasts.show(text, { tone: 'success' });
		else showDone(this.#session, text, batch);
	}

	#tellRefused<Failure>(failure: Failure, why: ((failure: Failure) => string) | undefined): void {
		// The overloads ask for `why` where it is another failure.
		const text = why ? why(failure) : failureText(failure as CommitFailure, this.#session.state);
		if (this.#tells === 'form') this.#problem = text;
		else this.#session.toasts.show(text, { tone: 'danger' });
	}
}

function batchOf(value: unknown): Id | null {
	const { batch } = (value ?? {}) as { readonly batch?: Id };
	return batch ?? null;
}

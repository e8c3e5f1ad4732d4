import { ask, type AskFailure, type Asker, type Question } from './ask.ts';
import { askFailureText } from './ask-text.ts';

/**
 * Something that a page asks of the server: whether it is under way, and why it did not succeed.
 */
export class Asking {
	readonly #by: Asker | null;
	#busy = $state(false);
	#failure = $state.raw<AskFailure | null>(null);

	/** @param by in whose name; null: nobody who is signed in */
	constructor(by: Asker | null) {
		this.#by = by;
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** Of the last question; null: none. */
	get failure(): AskFailure | null {
		return this.#failure;
	}

	/** The text to show about it; null: nothing. */
	get problem(): string | null {
		return this.#failure && askFailureText(this.#failure);
	}

	/** One at a time; null: it did not succeed. */
	async ask<Answer>(question: Question<Answer>): Promise<Answer | null> {
		if (this.#busy) return null;
		this.#busy = true;
		const asked = await ask(question, this.#by);
		this.#busy = false;
		this.#failure = asked.ok ? null : asked.refusal;
		return asked.ok ? asked.value : null;
	}
}

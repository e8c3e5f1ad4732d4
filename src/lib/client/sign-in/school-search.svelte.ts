import { parseSchools, type ListedSchool } from '#lib/protocol/schools.ts';
import { Asking } from '../browser/asking.svelte.ts';

/** Ms after the last key until it is asked: a name is typed in seconds. */
const restMs = 250;

/** Choosing a school by typing a piece of its name (product.md 11). Nothing typed is kept. */
export class SchoolSearch {
	readonly #asking = new Asking(null);
	#text = $state('');
	#found = $state.raw<readonly ListedSchool[] | null>(null);
	#timer: ReturnType<typeof setTimeout> | undefined;
	/** The text that the last answer is about. */
	#asked = '';

	get text(): string {
		return this.#text;
	}

	set text(text: string) {
		this.#text = text;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => void this.search(), restMs);
	}

	/** null: nothing has been looked for. */
	get found(): readonly ListedSchool[] | null {
		return this.#found;
	}

	get problem(): string | null {
		return this.#asking.problem;
	}

	async search(): Promise<void> {
		clearTimeout(this.#timer);
		const name = this.#text.trim();
		if (this.#asking.busy || name === this.#asked) return;
		this.#asked = name;
		const parse = parseSchools;
		const found = await this.#asking.ask({
			method: 'POST',
			path: '/api/schools',
			body: { name },
			parse
		});
		this.#found = name === '' ? null : found;
		// So that the same name may be tried again, and what was typed meanwhile is looked for.
		if (!found) this.#asked = '';
		else if (this.#text.trim() !== name) await this.search();
	}
}

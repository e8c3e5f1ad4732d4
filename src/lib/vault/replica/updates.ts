import type { Kind } from '#lib/domain/registry/kinds.ts';

/** Told after the state changed. */
export interface Update {
	/** Counts up with every change. */
	readonly version: number;
	/** The kinds of record that may differ; null: any, the state is another object. */
	readonly kinds: ReadonlySet<Kind> | null;
}

/** The listeners to a state's changes. */
export class Updates {
	readonly #listeners = new Set<(update: Update) => void>();
	#version = 0;

	get version(): number {
		return this.#version;
	}

	/** Returns how to stop. */
	subscribe(listener: (update: Update) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	tell(kinds: Iterable<Kind> | null): void {
		const update = { version: ++this.#version, kinds: kinds && new Set(kinds) };
		for (const listener of this.#listeners) listener(update);
	}

	/** Forgets everybody. */
	end(): void {
		this.#listeners.clear();
	}
}

import type { Decisions } from '#lib/domain/import/plan.ts';
import type { Roster } from '#lib/domain/import/roster.ts';
import type { Json } from '#lib/domain/kernel/ids.ts';
import type { ColumnMapping } from '#lib/exchange/table/mapping.ts';
import type { LeftOut } from '#lib/exchange/table/table.ts';
import type { DraftStore } from '../form/draft.svelte.ts';

/** The people of an import under way. */
export interface DraftedPeople {
	readonly fileNames: readonly string[];
	readonly leftOut: readonly LeftOut[];
	readonly roster: Roster;
}

/** The decisions of somebody about them. */
export interface DraftedDecisions {
	readonly whole: boolean;
	readonly decisions: Decisions;
}

/** The meanings of the columns under some headings; null: their table is not imported. */
export interface RememberedMapping {
	readonly mapping: ColumnMapping | null;
	/** Somebody went on with it: it need not be looked at again. */
	readonly confirmed: boolean;
}

/** Headings as JSON → what they mean. */
export type RememberedMappings = Map<string, RememberedMapping>;

const keys = {
	people: 'import/people',
	decisions: 'import/decisions',
	mappings: 'import/mappings'
} as const;
/** Ms after the last change until small things are written. */
const restMs = 400;

/**
 * Keeps an import under way in the vault, sealed, so that a lock or a reload loses nothing. The people
 * are many and do not change: they are written once; what is decided of them, often.
 */
export class ImportDraft {
	readonly #store: DraftStore;
	readonly #stopListening: () => void;
	#waiting = new Map<string, () => Json>();
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(store: DraftStore) {
		this.#store = store;
		this.#stopListening = store.beforeClose(() => this.#flush());
	}

	async people(): Promise<(DraftedPeople & DraftedDecisions) | null> {
		const people = (await this.#store.get(keys.people)) as DraftedPeople | null;
		if (!people) return null;
		const said = (await this.#store.get(keys.decisions)) as DraftedDecisions | null;
		return { whole: false, decisions: {}, ...said, ...people };
	}

	async mappings(): Promise<RememberedMappings> {
		const kept = (await this.#store.get(keys.mappings)) as [string, RememberedMapping][] | null;
		return new Map(kept ?? []);
	}

	keepPeople(people: DraftedPeople): void {
		this.#keep(keys.people, () => people as unknown as Json);
	}

	/** Reads what was said when it is written, so that every decision costs little. */
	keepDecisions({ whole, decisions }: { whole: () => boolean; decisions: () => Decisions }): void {
		this.#keep(keys.decisions, () => ({ whole: whole(), decisions: decisions() }));
	}

	keepMappings(mappings: RememberedMappings): void {
		this.#keep(keys.mappings, () => [...mappings] as unknown as Json);
	}

	/** The import is done, or thrown away. The meanings of columns stay. */
	clear(): void {
		for (const key of [keys.people, keys.decisions]) {
			this.#waiting.delete(key);
			void this.#store.remove(key);
		}
	}

	/** Writes what waits; after it nothing more is written at a lock. */
	dispose(): void {
		this.#flush();
		this.#stopListening();
	}

	#keep(key: string, value: () => Json): void {
		this.#waiting.set(key, value);
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => this.#flush(), restMs);
	}

	#flush(): void {
		clearTimeout(this.#timer);
		const waiting = this.#waiting;
		this.#waiting = new Map();
		// A full device is told when the import itself is saved; until then it is on the screen.
		for (const [key, value] of waiting) void this.#store.set(key, value());
	}
}

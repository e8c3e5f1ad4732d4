import type { AnyRecord, Records } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import { indexedKind, type IndexName } from '#lib/domain/registry/indexes.ts';
import {
	SchoolState,
	type Change,
	type IndexedRecord,
	type StateReader
} from '#lib/domain/registry/state.ts';

/**
 * Changes over a state that stays as it is: what a bulk commit reads while its own mutations are
 * not on the disk yet. Its writes are indexed too, so that a thousand mutations do not each search
 * through those before.
 */
export class Overlay implements StateReader {
	readonly #base: StateReader;
	readonly #written = new SchoolState();
	/** Kind → ids that the base no longer speaks for: written here, or removed. */
	readonly #covered = new Map<Kind, Set<Id>>();

	constructor(base: StateReader) {
		this.#base = base;
	}

	get<K extends Kind>(kind: K, id: Id): Records[K] | undefined {
		if (this.#covered.get(kind)?.has(id)) return this.#written.get(kind, id);
		return this.#base.get(kind, id);
	}

	*all<K extends Kind>(kind: K): Iterable<Records[K]> {
		const covered = this.#covered.get(kind);
		for (const record of this.#base.all(kind)) if (!covered?.has(record.id)) yield record;
		yield* this.#written.all(kind);
	}

	find<Name extends IndexName>(name: Name, key: string): readonly IndexedRecord<Name>[] {
		const below = this.#base.find(name, key);
		const covered = this.#covered.get(indexedKind(name));
		if (!covered) return below;
		const kept = below.filter(({ id }) => !covered.has(id));
		return [...kept, ...this.#written.find(name, key)];
	}

	apply(change: Change): void {
		this.#written.apply(change);
		for (const record of change.puts) this.#cover(record);
		for (const key of change.removes) this.#cover(key);
	}

	#cover({ kind, id }: Pick<AnyRecord, 'kind' | 'id'>): void {
		let ids = this.#covered.get(kind);
		if (!ids) this.#covered.set(kind, (ids = new Set()));
		ids.add(id);
	}
}

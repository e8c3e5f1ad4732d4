import type { History, Records } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import { indexedKind, type IndexName } from '#lib/domain/registry/indexes.ts';
import { SchoolState, type IndexedRecord, type StateReader } from '#lib/domain/registry/state.ts';

/** A school with that part of its history that was read for a transaction. */
export class WithHistory implements StateReader {
	readonly #school: StateReader;
	readonly #history = new SchoolState();

	constructor(school: StateReader) {
		this.#school = school;
	}

	add(history: readonly History[]): void {
		this.#history.apply({ puts: history, removes: [] });
	}

	get<K extends Kind>(kind: K, id: Id): Records[K] | undefined {
		return this.#holderOf(kind).get(kind, id);
	}

	all<K extends Kind>(kind: K): Iterable<Records[K]> {
		return this.#holderOf(kind).all(kind);
	}

	find<Name extends IndexName>(name: Name, key: string): readonly IndexedRecord<Name>[] {
		return this.#holderOf(indexedKind(name)).find(name, key);
	}

	#holderOf(kind: Kind): StateReader {
		return kind === 'history' ? this.#history : this.#school;
	}
}

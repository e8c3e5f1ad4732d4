import type { History, Id, Kind, Records } from '#lib/domain/records.ts';
import { indexes, type IndexName, type IndexedRecord } from '#lib/domain/state/indexes.ts';
import { SchoolState, type StateReader } from '#lib/domain/state/school-state.ts';

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
		return this.#holderOf(indexes[name].kind).find(name, key);
	}

	#holderOf(kind: Kind): StateReader {
		return kind === 'history' ? this.#history : this.#school;
	}
}

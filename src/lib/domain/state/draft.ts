import type { AnyRecord, Id, Kind, RecordKey, Records } from '../records.ts';
import {
	indexKeyOf,
	indexNamesByKind,
	indexes,
	type IndexName,
	type IndexedRecord
} from './indexes.ts';
import type { Change, StateReader } from './school-state.ts';

/**
 * The overlay that a mutator writes to: it reads as the state with the writes in it, and leaves the
 * state alone. Folded in after the commit.
 */
export class Draft implements StateReader {
	readonly #state: StateReader;
	/** null: removed. */
	readonly #written = new Map<Kind, Map<Id, AnyRecord | null>>();
	/** Over what was written only: an import writes hundreds of records and looks each of them up. */
	readonly #indexes = new Map<IndexName, Map<string, Map<Id, AnyRecord>>>();

	constructor(state: StateReader) {
		this.#state = state;
	}

	get<K extends Kind>(kind: K, id: Id): Records[K] | undefined {
		const written = this.#written.get(kind)?.get(id);
		if (written !== undefined) return (written ?? undefined) as Records[K] | undefined;
		return this.#state.get(kind, id);
	}

	*all<K extends Kind>(kind: K): Iterable<Records[K]> {
		const written = this.#written.get(kind);
		for (const record of this.#state.all(kind)) if (!written?.has(record.id)) yield record;
		for (const record of written?.values() ?? []) if (record) yield record as Records[K];
	}

	find<Name extends IndexName>(name: Name, key: string): readonly IndexedRecord<Name>[] {
		const found = this.#state.find(name, key);
		const written = this.#written.get(indexes[name].kind);
		if (!written) return found;
		const kept = found.filter((record) => !written.has(record.id));
		const added = this.#indexes.get(name)?.get(key)?.values() ?? [];
		return [...kept, ...(added as Iterable<IndexedRecord<Name>>)];
	}

	/** The record as it was before this draft. */
	before(kind: Kind, id: Id): AnyRecord | undefined {
		return this.#state.get(kind, id);
	}

	put(record: AnyRecord): void {
		this.#write(record.kind, record.id, record);
	}

	remove(kind: Kind, id: Id): void {
		this.#write(kind, id, null);
	}

	change(): Change {
		const puts: AnyRecord[] = [];
		const removes: RecordKey[] = [];
		for (const [kind, records] of this.#written) {
			for (const [id, record] of records) {
				if (record) puts.push(record);
				else if (this.#state.get(kind, id)) removes.push({ kind, id });
			}
		}
		return { puts, removes };
	}

	#write(kind: Kind, id: Id, record: AnyRecord | null): void {
		let records = this.#written.get(kind);
		if (!records) this.#written.set(kind, (records = new Map<Id, AnyRecord | null>()));
		const before = records.get(id);
		records.set(id, record);
		for (const name of indexNamesByKind.get(kind) ?? []) {
			let index = this.#indexes.get(name);
			if (!index) this.#indexes.set(name, (index = new Map<string, Map<Id, AnyRecord>>()));
			const oldKey = before ? indexKeyOf(name, before) : null;
			if (oldKey !== null) index.get(oldKey)?.delete(id);
			const key = record ? indexKeyOf(name, record) : null;
			if (key === null || record === null) continue;
			const ids = index.get(key);
			if (ids) ids.set(id, record);
			else index.set(key, new Map([[id, record]]));
		}
	}
}

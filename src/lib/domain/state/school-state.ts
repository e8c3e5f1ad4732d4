import type { AnyRecord, Id, Kind, RecordKey, Records } from '../records.ts';
import {
	indexKeyOf,
	indexNamesByKind,
	indexes,
	type IndexName,
	type IndexedRecord
} from './indexes.ts';

/** What a rule may read. */
export interface StateReader {
	get<K extends Kind>(kind: K, id: Id): Records[K] | undefined;
	all<K extends Kind>(kind: K): Iterable<Records[K]>;
	/** The records under a key of an index, in no particular order. */
	find<Name extends IndexName>(name: Name, key: string): readonly IndexedRecord<Name>[];
}

/** What a mutation does to records. Puts replace whole records. */
export interface Change {
	readonly puts: readonly AnyRecord[];
	readonly removes: readonly RecordKey[];
}

/**
 * A school's records in memory, by kind, with the indexes that the rules name. Device and endpoint
 * use this same class. It changes only through `apply`, which answers what takes it back.
 */
export class SchoolState implements StateReader {
	readonly #records = new Map<Kind, Map<Id, AnyRecord>>();
	/** A key mostly holds one record, and a Set for each would cost more than the record. */
	readonly #indexes = new Map<IndexName, Map<string, Id | Set<Id>>>();

	constructor(records: Iterable<AnyRecord> = []) {
		for (const record of records) this.#put(record);
	}

	get<K extends Kind>(kind: K, id: Id): Records[K] | undefined {
		return this.#records.get(kind)?.get(id) as Records[K] | undefined;
	}

	all<K extends Kind>(kind: K): Iterable<Records[K]> {
		return (this.#records.get(kind)?.values() ?? []) as Iterable<Records[K]>;
	}

	count(kind: Kind): number {
		return this.#records.get(kind)?.size ?? 0;
	}

	find<Name extends IndexName>(name: Name, key: string): readonly IndexedRecord<Name>[] {
		const ids = this.#indexes.get(name)?.get(key);
		if (ids === undefined) return [];
		const records = this.#records.get(indexes[name].kind);
		const found = typeof ids === 'string' ? [ids] : [...ids];
		return found.map((id) => records?.get(id)) as unknown as readonly IndexedRecord<Name>[];
	}

	/** Folds a change in. Answers the change that takes it back. */
	apply(change: Change): Change {
		const puts: AnyRecord[] = [];
		const removes: RecordKey[] = [];
		for (const record of change.puts) {
			const before = this.get(record.kind, record.id);
			if (before) puts.push(before);
			else removes.push({ kind: record.kind, id: record.id });
			this.#put(record);
		}
		for (const { kind, id } of change.removes) {
			const before = this.get(kind, id);
			if (!before) continue;
			puts.push(before);
			this.#remove(before);
		}
		return { puts, removes };
	}

	#put(record: AnyRecord): void {
		let records = this.#records.get(record.kind);
		if (!records) this.#records.set(record.kind, (records = new Map<Id, AnyRecord>()));
		const before = records.get(record.id);
		if (before) this.#unindex(before);
		records.set(record.id, record);
		for (const name of indexNamesByKind.get(record.kind) ?? []) {
			const key = indexKeyOf(name, record);
			if (key === null) continue;
			let index = this.#indexes.get(name);
			if (!index) this.#indexes.set(name, (index = new Map<string, Id | Set<Id>>()));
			const ids = index.get(key);
			if (ids === undefined) index.set(key, record.id);
			else if (typeof ids !== 'string') ids.add(record.id);
			else if (ids !== record.id) index.set(key, new Set([ids, record.id]));
		}
	}

	#remove(record: AnyRecord): void {
		this.#unindex(record);
		this.#records.get(record.kind)?.delete(record.id);
	}

	#unindex(record: AnyRecord): void {
		for (const name of indexNamesByKind.get(record.kind) ?? []) {
			const key = indexKeyOf(name, record);
			const ids = key === null ? undefined : this.#indexes.get(name)?.get(key);
			if (key === null || ids === undefined) continue;
			if (typeof ids !== 'string') ids.delete(record.id);
			if (typeof ids === 'string' || ids.size === 0) this.#indexes.get(name)?.delete(key);
		}
	}
}

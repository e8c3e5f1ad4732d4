import type { Base, Id } from '../ids.ts';
import type { IndexTable, Reader, Writes } from './reader.ts';

/**
 * Records in memory, by kind, with the indexes that the kinds declare. It changes only through
 * `apply`, which returns what takes it back.
 */
export class State<R extends { readonly [K in keyof R]: Base }, I> implements Reader<R, I> {
	readonly #table: IndexTable;
	readonly #records = new Map<string, Map<Id, Base>>();
	/** A key mostly holds one record, and a Set for each would cost more than the record. */
	readonly #indexes = new Map<string, Map<string, Id | Set<Id>>>();

	constructor(table: IndexTable, records: Iterable<R[keyof R]>) {
		this.#table = table;
		for (const record of records) this.#put(record);
	}

	get<K extends keyof R>(kind: K, id: Id): R[K] | undefined {
		return this.#records.get(kind as string)?.get(id) as R[K] | undefined;
	}

	all<K extends keyof R>(kind: K): Iterable<R[K]> {
		return (this.#records.get(kind as string)?.values() ?? []) as Iterable<R[K]>;
	}

	count(kind: keyof R): number {
		return this.#records.get(kind as string)?.size ?? 0;
	}

	find<Name extends keyof I>(name: Name, key: string): readonly R[I[Name] & keyof R][] {
		const ids = this.#indexes.get(name as string)?.get(key);
		if (ids === undefined) return [];
		const records = this.#records.get(this.#table.kindOf(name as string));
		const found = typeof ids === 'string' ? [ids] : [...ids];
		return found.map((id) => records?.get(id)) as unknown as readonly R[I[Name] & keyof R][];
	}

	/** Folds a change in. Returns the change that takes it back. */
	apply(change: Writes<R>): Writes<R> {
		const puts: R[keyof R][] = [];
		const removes: { readonly kind: keyof R; readonly id: Id }[] = [];
		for (const record of change.puts) {
			const kind = record.kind as keyof R;
			const before = this.get(kind, record.id);
			if (before) puts.push(before);
			else removes.push({ kind, id: record.id });
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

	#put(record: Base): void {
		let records = this.#records.get(record.kind);
		if (!records) this.#records.set(record.kind, (records = new Map<Id, Base>()));
		const before = records.get(record.id);
		if (before) this.#unindex(before);
		records.set(record.id, record);
		for (const { name, keyOf } of this.#table.over(record.kind)) {
			const key = keyOf(record);
			if (key === null) continue;
			let index = this.#indexes.get(name);
			if (!index) this.#indexes.set(name, (index = new Map<string, Id | Set<Id>>()));
			const ids = index.get(key);
			if (ids === undefined) index.set(key, record.id);
			else if (typeof ids !== 'string') ids.add(record.id);
			else if (ids !== record.id) index.set(key, new Set([ids, record.id]));
		}
	}

	#remove(record: Base): void {
		this.#unindex(record);
		this.#records.get(record.kind)?.delete(record.id);
	}

	#unindex(record: Base): void {
		for (const { name, keyOf } of this.#table.over(record.kind)) {
			const key = keyOf(record);
			const ids = key === null ? undefined : this.#indexes.get(name)?.get(key);
			if (key === null || ids === undefined) continue;
			if (typeof ids !== 'string') ids.delete(record.id);
			if (typeof ids === 'string' || ids.size === 0) this.#indexes.get(name)?.delete(key);
		}
	}
}

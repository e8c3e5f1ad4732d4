import type { Base, Id } from '../ids.ts';
import type { IndexTable, Reader, Writes } from './reader.ts';

/**
 * The overlay that a mutator writes to: it reads as the state with the writes in it, and leaves the
 * state alone. Folded in after the commit.
 */
export class Overlay<R extends { readonly [K in keyof R]: Base }, I> implements Reader<R, I> {
	readonly #table: IndexTable;
	readonly #state: Reader<R, I>;
	/** null: removed. */
	readonly #written = new Map<string, Map<Id, Base | null>>();
	/** Over what was written only: an import writes hundreds of records and looks each of them up. */
	readonly #indexes = new Map<string, Map<string, Map<Id, Base>>>();

	constructor(table: IndexTable, state: Reader<R, I>) {
		this.#table = table;
		this.#state = state;
	}

	get<K extends keyof R>(kind: K, id: Id): R[K] | undefined {
		const written = this.#written.get(kind as string)?.get(id);
		if (written !== undefined) return (written ?? undefined) as R[K] | undefined;
		return this.#state.get(kind, id);
	}

	*all<K extends keyof R>(kind: K): Iterable<R[K]> {
		const written = this.#written.get(kind as string);
		for (const record of this.#state.all(kind)) if (!written?.has(record.id)) yield record;
		for (const record of written?.values() ?? []) if (record) yield record as R[K];
	}

	find<Name extends keyof I>(name: Name, key: string): readonly R[I[Name] & keyof R][] {
		const found = this.#state.find(name, key);
		const written = this.#written.get(this.#table.kindOf(name as string));
		if (!written) return found;
		const kept = found.filter((record) => !written.has(record.id));
		const added =
			this.#indexes
				.get(name as string)
				?.get(key)
				?.values() ?? [];
		return [...kept, ...(added as unknown as Iterable<R[I[Name] & keyof R]>)];
	}

	/** The record as it was before this draft. */
	before<K extends keyof R>(kind: K, id: Id): R[K] | undefined {
		return this.#state.get(kind, id);
	}

	put(record: R[keyof R]): void {
		this.#write(record.kind, record.id, record);
	}

	remove(kind: keyof R, id: Id): void {
		this.#write(kind as string, id, null);
	}

	change(): Writes<R> {
		const puts: R[keyof R][] = [];
		const removes: { readonly kind: keyof R; readonly id: Id }[] = [];
		for (const [name, records] of this.#written) {
			const kind = name as keyof R;
			for (const [id, record] of records) {
				if (record) puts.push(record as R[keyof R]);
				else if (this.#state.get(kind, id)) removes.push({ kind, id });
			}
		}
		return { puts, removes };
	}

	#write(kind: string, id: Id, record: Base | null): void {
		let records = this.#written.get(kind);
		if (!records) this.#written.set(kind, (records = new Map<Id, Base | null>()));
		const before = records.get(id);
		records.set(id, record);
		for (const { name, keyOf } of this.#table.over(kind)) {
			let index = this.#indexes.get(name);
			if (!index) this.#indexes.set(name, (index = new Map<string, Map<Id, Base>>()));
			const oldKey = before ? keyOf(before) : null;
			if (oldKey !== null) index.get(oldKey)?.delete(id);
			const key = record ? keyOf(record) : null;
			if (key === null || record === null) continue;
			const ids = index.get(key);
			if (ids) ids.set(id, record);
			else index.set(key, new Map([[id, record]]));
		}
	}
}

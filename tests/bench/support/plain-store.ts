import { Dexie, type Table } from 'dexie';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import { subjectOf } from '#lib/domain/registry/scopes.ts';

interface PlainRow {
	readonly key: string;
	readonly kind: string;
	readonly subjectId: string;
	readonly record: AnyRecord;
}

/**
 * The usual way with IndexedDB, for comparison: a row for each record, in the clear, with two
 * indexes, every write on the disk before it is done.
 */
export class PlainStore {
	readonly #dexie: Dexie;
	readonly #rows: Table<PlainRow, string>;

	constructor(name: string) {
		this.#dexie = new Dexie(name, { chromeTransactionDurability: 'strict' });
		this.#dexie.version(1).stores({ rows: 'key, kind, subjectId' });
		this.#rows = this.#dexie.table('rows');
	}

	async open(): Promise<void> {
		await this.#dexie.open();
	}

	async putAll(rows: readonly PlainRow[]): Promise<void> {
		await this.#rows.bulkPut(rows);
	}

	async put(row: PlainRow): Promise<void> {
		await this.#rows.put(row);
	}

	async readAll(): Promise<PlainRow[]> {
		return this.#rows.toArray();
	}

	close(): void {
		this.#dexie.close();
	}

	async delete(): Promise<void> {
		await this.#dexie.delete();
	}
}

export function plainRows(records: readonly AnyRecord[]): PlainRow[] {
	return records.map((record) => ({
		key: `${record.kind}/${record.id}`,
		kind: record.kind,
		subjectId: subjectOf(record),
		record
	}));
}

import type { DBSchema, StoreNames } from 'idb';
import type { Bytes } from '#lib/crypto/bytes.ts';
import { begin, Connection, type Layout, type Stores } from './connection.ts';
import { VaultError } from './failure.ts';
import type { Platform } from './platform.ts';

/** The one row that says which pages and outbox rows belong together. */
export interface HeadRow {
	readonly id: 0;
	/** Random; another after every rewrite of pages. What was computed on the old one is stale. */
	readonly generation: string;
	readonly sealed: Bytes;
}

export interface PageRow {
	readonly id: number;
	readonly sealed: Bytes;
}

/** Rows are added with the next number, so that two tabs cannot both have written the same one. */
export interface OutboxRow {
	readonly seq: number;
	readonly sealed: Bytes;
}

/** The data key, wrapped for one account or for the recovery code. */
export interface WrapRow {
	readonly id: string;
	readonly salt: Bytes;
	/** Null: a recovery code, which needs no slow derivation. */
	readonly cost: {
		readonly memoryKiB: number;
		readonly passes: number;
		readonly lanes: number;
	} | null;
	readonly wrapped: Bytes;
	/** Wrong passwords since the last right one. */
	readonly failures: number;
	/** No attempt is taken before this; milliseconds since 1970. */
	readonly waitUntil: number;
	/**
	 * Of a vault whose key an endpoint keeps too: until when it opens without contact, milliseconds
	 * since 1970; 0: no more, and the wrapped key is gone. Left out: there is no endpoint.
	 */
	readonly offlineUntil?: number | undefined;
}

/** What somebody typed and has not saved. */
export interface DraftRow {
	readonly id: string;
	/** Of the last change, since 1970. */
	readonly day: number;
	readonly sealed: Bytes;
}

interface VaultSchema extends DBSchema {
	head: { key: 0; value: HeadRow };
	pages: { key: number; value: PageRow };
	outbox: { key: number; value: OutboxRow };
	wraps: { key: string; value: WrapRow };
	drafts: { key: string; value: DraftRow; indexes: { day: number } };
}

const layout: Layout<VaultSchema> = {
	head: { key: 'id' },
	pages: { key: 'id' },
	outbox: { key: 'seq' },
	wraps: { key: 'id' },
	drafts: { key: 'id', index: 'day' }
};

type TableName = StoreNames<VaultSchema>;

/** One vault's database. */
export class VaultDatabase {
	readonly name: string;
	/** For asking some rows of a table. */
	readonly ranges: typeof IDBKeyRange;
	readonly #connection: Connection<VaultSchema>;

	constructor(platform: Platform, vaultId: string) {
		this.name = `${platform.prefix}-${vaultId}`;
		this.ranges = platform.IDBKeyRange;
		this.#connection = new Connection(platform, this.name, layout);
	}

	/** One read of several tables that fits together. */
	async read<T>(
		names: readonly TableName[],
		work: (tables: Stores<VaultSchema, 'readonly'>) => Promise<T>
	): Promise<T> {
		return this.#connection.transaction(names, 'readonly', work);
	}

	/** All or nothing, and on the disk when it answers. Await nothing but these tables inside. */
	async write<T>(
		names: readonly TableName[],
		work: (tables: Stores<VaultSchema, 'readwrite'>) => Promise<T>
	): Promise<T> {
		return this.#connection.transaction(names, 'readwrite', work);
	}

	/**
	 * Adds outbox rows if the head still has this generation and their numbers are free; answers
	 * whether it did. Written on IndexedDB itself, with no promise in between: this is what every
	 * change waits for.
	 */
	async append(rows: readonly OutboxRow[], on: string): Promise<boolean> {
		return this.#connection.use((database) => appendRows(database, rows, on));
	}

	/** For good: what comes after answers `locked`. */
	close(): void {
		this.#connection.close();
	}

	async delete(): Promise<void> {
		await this.#connection.delete();
	}
}

function appendRows(
	database: IDBDatabase,
	rows: readonly OutboxRow[],
	on: string
): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const transaction = begin(database, ['head', 'outbox'], 'readwrite');
		let refusal: 'gone' | 'stale' | null = null;
		const head = transaction.objectStore('head').get(0) as IDBRequest<HeadRow | undefined>;
		head.onsuccess = () => {
			if (head.result?.generation === on) return;
			refusal = head.result ? 'stale' : 'gone';
			transaction.abort();
		};
		const outbox = transaction.objectStore('outbox');
		for (const row of rows) outbox.add(row);
		transaction.oncomplete = () => resolve(true);
		transaction.onabort = () => {
			const { error } = transaction;
			if (refusal === 'gone') reject(new VaultError('storageGone'));
			else if (refusal === 'stale' || error?.name === 'ConstraintError') resolve(false);
			else reject(error ?? new DOMException('transaction aborted', 'ConnectionLost'));
		};
	});
}

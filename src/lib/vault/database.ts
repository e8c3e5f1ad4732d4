import { Dexie, type Table } from 'dexie';
import type { Bytes } from '#lib/crypto/bytes.ts';
import { VaultError, hasName } from './failure.ts';
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

export interface VaultTables {
	readonly head: Table<HeadRow, 0>;
	readonly pages: Table<PageRow, number>;
	readonly outbox: Table<OutboxRow, number>;
	readonly wraps: Table<WrapRow, string>;
	readonly drafts: Table<DraftRow, string>;
}

type TableName = keyof VaultTables;

/**
 * One vault's database. Browsers drop connections (WebKit those of background tabs, all of them
 * when another tab upgrades): work is then done once more over a new one, so it must bear running
 * twice.
 */
export class VaultDatabase {
	readonly name: string;
	readonly #dexie: Dexie;
	#closed = false;

	constructor(platform: Platform, vaultId: string) {
		this.name = `${platform.prefix}-${vaultId}`;
		this.#dexie = new Dexie(this.name, {
			indexedDB: platform.indexedDB,
			IDBKeyRange: platform.IDBKeyRange,
			// Chrome's own default may lose the last writes with the power.
			chromeTransactionDurability: 'strict'
		});
		this.#dexie
			.version(1)
			.stores({ head: 'id', pages: 'id', outbox: 'seq', wraps: 'id', drafts: 'id, day' });
	}

	/** One read of several tables that fits together. */
	async read<T>(
		names: readonly TableName[],
		work: (tables: VaultTables) => Promise<T>
	): Promise<T> {
		return this.#transaction('r', names, work);
	}

	/** All or nothing, and on the disk when it answers. Await nothing but these tables inside. */
	async write<T>(
		names: readonly TableName[],
		work: (tables: VaultTables) => Promise<T>
	): Promise<T> {
		return this.#transaction('rw', names, work);
	}

	/**
	 * Adds outbox rows if the head still has this generation and their numbers are free; answers
	 * whether it did. Written on IndexedDB itself: this is what every change waits for, and it halves
	 * the time.
	 */
	async append(rows: readonly OutboxRow[], on: string): Promise<boolean> {
		return this.#again(() => appendRows(this.#dexie.backendDB(), rows, on));
	}

	/** For good: what comes after answers `locked`. */
	close(): void {
		this.#closed = true;
		this.#dexie.close();
	}

	async delete(): Promise<void> {
		await this.#dexie.delete();
	}

	async #transaction<T>(
		mode: 'r' | 'rw',
		names: readonly TableName[],
		work: (tables: VaultTables) => Promise<T>
	): Promise<T> {
		const tables = this.#dexie as unknown as VaultTables;
		return this.#again(() => this.#dexie.transaction(mode, [...names], () => work(tables)));
	}

	async #again<T>(work: () => PromiseLike<T>): Promise<T> {
		if (this.#closed) throw new VaultError('locked');
		if (!this.#dexie.isOpen()) await this.#dexie.open();
		try {
			return await work();
		} catch (error) {
			if (this.#closed) throw new VaultError('locked', error);
			if (!hasName(error, ...lostConnection)) throw error;
			this.#dexie.close({ disableAutoOpen: false });
			await this.#dexie.open();
			return await work();
		}
	}
}

/** What a browser says when it dropped the connection. */
const lostConnection = ['DatabaseClosedError', 'InvalidStateError', 'ConnectionLost'];

function appendRows(
	database: IDBDatabase,
	rows: readonly OutboxRow[],
	on: string
): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const transaction = database.transaction(['head', 'outbox'], 'readwrite', {
			durability: 'strict'
		});
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

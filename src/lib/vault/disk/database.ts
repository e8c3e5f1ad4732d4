import type { Table } from 'dexie';
import type { Bytes } from '#lib/crypto/bytes.ts';
import { Connection, reasonOf, type Layout } from './connection.ts';
import { VaultError } from './failure.ts';
import type { Platform } from './platform.ts';

/** The row that says which pages and outbox rows belong together; and the one beside it. */
export interface HeadRow {
	readonly id: 0 | typeof besideHead;
	/**
	 * Random; another after every rewrite of pages. Anything that was computed on the old one is
	 * stale.
	 */
	readonly generation: string;
	readonly sealed: Bytes;
}

/**
 * The key of the session at the server, in a row of the same table: a table of its own would keep an
 * older app from opening the database. Its generation says nothing.
 */
const besideHead = 1;

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
	 * Of a vault whose key a server keeps too: until when it opens without contact, milliseconds
	 * since 1970; 0: no more, and the wrapped key is gone. Left out: there is no server.
	 */
	readonly offlineUntil?: number | undefined;
}

/** A text that somebody typed and has not saved. */
export interface DraftRow {
	readonly id: string;
	/** Of the last change, since 1970. */
	readonly day: number;
	readonly sealed: Bytes;
}

interface VaultTables {
	readonly head: Table<HeadRow, HeadRow['id']>;
	readonly pages: Table<PageRow, number>;
	readonly outbox: Table<OutboxRow, number>;
	readonly wraps: Table<WrapRow, string>;
	readonly drafts: Table<DraftRow, string>;
}

const layout: Layout<VaultTables> = {
	head: 'id',
	pages: 'id',
	outbox: 'seq',
	wraps: 'id',
	drafts: 'id, day'
};

/** One vault's database. */
export class VaultDatabase {
	readonly name: string;
	/** For asking some rows of a table. */
	readonly ranges: typeof IDBKeyRange;
	readonly #connection: Connection<VaultTables>;

	constructor(platform: Platform, vaultId: string) {
		this.name = `${platform.prefix}-${vaultId}`;
		this.ranges = platform.IDBKeyRange;
		this.#connection = new Connection(platform, this.name, layout);
	}

	/** One read of several tables that fits together. */
	async read<Name extends keyof VaultTables, T>(
		names: readonly Name[],
		work: (tables: Pick<VaultTables, Name>) => Promise<T>
	): Promise<T> {
		return this.#connection.transaction(names, 'readonly', work);
	}

	/** All or nothing, and on the disk when it returns. Await nothing but these tables inside. */
	async write<Name extends keyof VaultTables, T>(
		names: readonly Name[],
		work: (tables: Pick<VaultTables, Name>) => Promise<T>
	): Promise<T> {
		return this.#connection.transaction(names, 'readwrite', work);
	}

	/**
	 * Writes rows if the head still has this generation; returns whether it did. Written on IndexedDB
	 * itself, with no promise in between: this is what every change waits for.
	 */
	async writeRows(change: RowChange): Promise<boolean> {
		return this.#connection.use((database) => writeRows(database, change));
	}

	/** The sealed key of a session at the server; null: none. */
	async readSessionKey(): Promise<Bytes | null> {
		const row = await this.read(['head'], ({ head }) => head.get(besideHead));
		return row?.sealed ?? null;
	}

	/** Null takes it away. */
	async writeSessionKey(sealed: Bytes | null): Promise<void> {
		await this.write(['head'], async ({ head }) => {
			if (sealed) await head.put({ id: besideHead, generation: '', sealed });
			else await head.delete(besideHead);
		});
	}

	/** For good: any use after it fails with `locked`. */
	close(): void {
		this.#connection.close();
	}

	async delete(): Promise<void> {
		await this.#connection.delete();
	}
}

/** The rows that a transaction writes, all of it or nothing. */
export interface RowChange {
	/** Stale when the head has another generation. */
	readonly on: string;
	/** Stale when there are any of these in the outbox. */
	readonly without?: IDBKeyRange | undefined;
	readonly drop?: {
		readonly pages?: readonly number[] | undefined;
		readonly outbox?: readonly (number | IDBKeyRange)[] | undefined;
	};
	readonly head?: HeadRow | undefined;
	readonly pages?: readonly PageRow[] | undefined;
	/** Outbox rows in place of those with their numbers. */
	readonly rows?: readonly OutboxRow[] | undefined;
	/** New outbox rows. Stale when their numbers are taken. */
	readonly added?: readonly OutboxRow[] | undefined;
}

function writeRows(database: IDBDatabase, change: RowChange): Promise<boolean> {
	const { on, without, drop = {}, head, pages = [], rows = [], added = [] } = change;
	const tables = head ? ['head', 'pages', 'outbox'] : ['head', 'outbox'];
	return new Promise((resolve, reject) => {
		const transaction = database.transaction(tables, 'readwrite', { durability: 'strict' });
		const outbox = transaction.objectStore('outbox');
		let refusal: 'gone' | 'stale' | null = null;
		const refuse = (reason: 'gone' | 'stale') => {
			refusal ??= reason;
			transaction.abort();
		};
		// The questions go first, and what is written goes with them: it counts only when all is well.
		const taken = without && outbox.count(without);
		const found = transaction.objectStore('head').get(0) as IDBRequest<HeadRow | undefined>;
		found.onsuccess = () => {
			if (!found.result) refuse('gone');
			else if (found.result.generation !== on || (taken?.result ?? 0) > 0) refuse('stale');
			else transaction.commit();
		};
		transaction.oncomplete = () => resolve(true);
		transaction.onabort = () => {
			if (refusal === 'gone') reject(new VaultError('storageGone'));
			else if (refusal === 'stale' || transaction.error?.name === 'ConstraintError') resolve(false);
			else reject(reasonOf(transaction));
		};
		try {
			for (const id of drop.pages ?? []) transaction.objectStore('pages').delete(id);
			for (const row of pages) transaction.objectStore('pages').put(row);
			for (const key of drop.outbox ?? []) outbox.delete(key);
			for (const row of rows) outbox.put(row);
			for (const row of added) outbox.add(row);
			if (head) transaction.objectStore('head').put(head);
		} catch (error) {
			reject(error instanceof Error ? error : new Error(String(error)));
			transaction.abort();
		}
	});
}

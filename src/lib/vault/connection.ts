import {
	wrap,
	type DBSchema,
	type IDBPObjectStore,
	type IDBPTransaction,
	type StoreNames
} from 'idb';
import { VaultError, hasName } from './failure.ts';
import { patiently } from './patience.ts';
import type { Platform } from './platform.ts';

type Name<Schema extends DBSchema> = StoreNames<Schema> & string;

/** What a transaction works on: its stores by their names. */
export type Stores<Schema extends DBSchema, Mode extends IDBTransactionMode> = {
	readonly [N in Name<Schema>]: IDBPObjectStore<Schema, Name<Schema>[], N, Mode>;
};

/** How each store is laid down: the field that is its key, and one that rows are found by. */
export type Layout<Schema extends DBSchema> = Readonly<
	Record<Name<Schema>, { readonly key: string; readonly index?: string }>
>;

/** Of the layout. Databases of this number are on people's devices. */
const version = 10;

/**
 * One database, opened when first asked for. Browsers drop connections (WebKit those of background
 * tabs, all of them when another tab deletes): work is then done once more over a new one, so it
 * must bear running twice.
 */
export class Connection<Schema extends DBSchema> {
	readonly #platform: Platform;
	readonly #name: string;
	readonly #layout: Layout<Schema>;
	#opened: Promise<IDBDatabase> | null = null;
	#closed = false;

	constructor(platform: Platform, name: string, layout: Layout<Schema>) {
		this.#platform = platform;
		this.#name = name;
		this.#layout = layout;
	}

	/**
	 * All or nothing, and on the disk when it answers. What `work` throws undoes it, and is thrown
	 * on. Await nothing but the stores inside: a transaction that waits for something else has ended.
	 * And await each request before the next (or use `all`), so that none fails unheard.
	 */
	async transaction<Mode extends 'readonly' | 'readwrite', T>(
		names: readonly Name<Schema>[],
		mode: Mode,
		work: (stores: Stores<Schema, Mode>) => Promise<T>
	): Promise<T> {
		return this.use(async (database) => {
			const raw = begin(database, names, mode);
			const transaction = wrap(raw) as IDBPTransaction<Schema, Name<Schema>[], Mode>;
			const stores = names.map((name) => [name, transaction.objectStore(name)] as const);
			const end = transaction.done.then(
				() => null,
				(error: unknown) => error
			);
			try {
				const result = await work(Object.fromEntries(stores) as Stores<Schema, Mode>);
				await transaction.done;
				return result;
			} catch (error) {
				abort(raw);
				const reason = await end;
				// A request says only that its transaction was aborted; that says why (a full disk).
				throw reason !== null && hasName(error, 'AbortError') ? reason : error;
			}
		});
	}

	/** Work on IndexedDB itself. */
	async use<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
		if (this.#closed) throw new VaultError('locked');
		const opened = this.#open();
		const database = await opened;
		try {
			return await work(database);
		} catch (error) {
			if (this.#closed) throw new VaultError('locked', error);
			if (!hasName(error, ...lostConnection)) throw error;
			this.#forget(opened);
			return work(await this.#open());
		}
	}

	/** For good: what comes after answers `locked`. */
	close(): void {
		this.#closed = true;
		if (this.#opened) this.#forget(this.#opened);
	}

	async delete(): Promise<void> {
		if (this.#opened) this.#forget(this.#opened);
		await wrap(this.#platform.indexedDB.deleteDatabase(this.#name));
	}

	#open(): Promise<IDBDatabase> {
		if (this.#opened) return this.#opened;
		const opened = patiently(() => this.#connect());
		const forget = () => this.#forget(opened);
		opened.then((database) => {
			// Another tab that deletes waits until all have let go.
			database.onversionchange = forget;
			database.onclose = forget;
		}, forget);
		this.#opened = opened;
		return opened;
	}

	async #connect(): Promise<IDBDatabase> {
		const request = this.#platform.indexedDB.open(this.#name, version);
		request.onupgradeneeded = () => {
			const layout = Object.entries<Layout<Schema>[Name<Schema>]>(this.#layout);
			for (const [name, { key, index }] of layout) {
				const store = request.result.createObjectStore(name, { keyPath: key });
				if (index !== undefined) store.createIndex(index, index);
			}
		};
		await wrap(request);
		return request.result;
	}

	#forget(opened: Promise<IDBDatabase>): void {
		if (this.#opened === opened) this.#opened = null;
		opened.then(
			(database) => database.close(),
			() => undefined
		);
	}
}

/** What a browser says when it dropped the connection. */
const lostConnection = ['InvalidStateError', 'ConnectionLost'];

/** A transaction that has not succeeded before it is on the disk: some browsers would rather be fast. */
export function begin(
	database: IDBDatabase,
	names: readonly string[],
	mode: 'readonly' | 'readwrite'
): IDBTransaction {
	return database.transaction(names, mode, { durability: 'strict' });
}

/** The same request for several rows or keys, sent at once. */
export async function all<Asked, Answer>(
	asked: readonly Asked[],
	request: (asked: Asked) => Promise<Answer>
): Promise<Answer[]> {
	// Async, so that one which cannot be sent does not leave those before it unheard.
	return Promise.all(asked.map(async (each) => request(each)));
}

function abort(transaction: IDBTransaction): void {
	try {
		transaction.abort();
	} catch (error) {
		// It has ended already.
		if (!hasName(error, 'InvalidStateError')) throw error;
	}
}

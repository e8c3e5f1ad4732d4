import { Dexie, type Table } from 'dexie';
import { VaultError, hasName } from './failure.ts';
import { patiently } from './patience.ts';
import type { Platform } from './platform.ts';

type Name<Tables> = keyof Tables & string;

/**
 * How each table is laid down, as Dexie reads it: the field that is its key, then those that rows are
 * found by. A newer version may only add to it: an older app that meets it puts back what it misses,
 * under a version of its own that the newer app then refuses.
 */
export type Layout<Tables> = Readonly<Record<Name<Tables>, string>>;

/** Of the layout. Databases of this version, which IndexedDB calls 10, are on people's devices. */
const version = 1;

/** The middleware for `liveQuery` and hooks, which nothing here uses. */
const unused = ['Observability', 'Cache', 'HooksMiddleware'];

/**
 * One database, opened when first asked for. Browsers drop connections (WebKit those of background
 * tabs, all of them when another tab deletes): Dexie opens a new one, but work that had begun is lost,
 * and done once more here. So it must bear running twice.
 */
export class Connection<Tables extends Readonly<Record<Name<Tables>, Table>>> {
	readonly #dexie: Dexie;
	readonly #underWay = new Set<Promise<unknown>>();
	#closed = false;

	constructor({ indexedDB, IDBKeyRange }: Platform, name: string, layout: Layout<Tables>) {
		// A transaction has not succeeded before it is on the disk: some browsers would rather be fast.
		const options = { chromeTransactionDurability: 'strict', cache: 'disabled' } as const;
		this.#dexie = new Dexie(name, { indexedDB, IDBKeyRange, ...options });
		for (const each of unused) this.#dexie.unuse({ stack: 'dbcore', name: each });
		this.#dexie.version(version).stores(layout);
		// Another tab that deletes waits until all have let go.
		this.#dexie.on('versionchange', () => {
			this.#dexie.close({ disableAutoOpen: false });
			return false;
		});
		this.#dexie.on('ready', refuseNewer, true);
	}

	/**
	 * All or nothing, and on the disk when it returns. An error that `work` throws undoes it, and is
	 * thrown on. Await nothing but the tables inside: a transaction that waits for something else has
	 * ended.
	 */
	async transaction<N extends Name<Tables>, T>(
		names: readonly N[],
		mode: 'readonly' | 'readwrite',
		work: (tables: Pick<Tables, N>) => Promise<T>
	): Promise<T> {
		return this.use(async () => {
			let begun: IDBTransaction | undefined;
			try {
				return await this.#dexie.transaction(mode, names, (transaction) => {
					begun = transaction.idbtrans;
					const bound = names.map((name) => [name, transaction.table(name)] as const);
					const tables = Object.fromEntries(bound) as Pick<Tables, N>;
					// Bound to it, they need no zone of Dexie's, in which `Promise` is another.
					return Dexie.ignoreTransaction(() => work(tables));
				});
			} catch (error) {
				// A request says only that its transaction was aborted; that says why.
				throw begun && hasName(error, 'AbortError') ? reasonOf(begun) : error;
			}
		});
	}

	/** Work on IndexedDB itself. */
	async use<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
		if (this.#closed) throw new VaultError('locked');
		const done = this.#twice(work);
		this.#underWay.add(done);
		try {
			return await done;
		} finally {
			this.#underWay.delete(done);
		}
	}

	/** For good: what was asked before is done, what comes after is refused as `locked`. */
	close(): void {
		this.#closed = true;
		void Promise.allSettled(this.#underWay).then(() => this.#dexie.close());
	}

	async delete(): Promise<void> {
		await this.#dexie.delete();
	}

	/** Once, and once more where the browser dropped the connection meanwhile. */
	async #twice<T>(work: (database: IDBDatabase) => Promise<T>): Promise<T> {
		const database = await this.#open();
		try {
			return await work(database);
		} catch (error) {
			if (this.#closed) throw new VaultError('locked', error);
			if (!hasName(error, ...lostConnection)) throw error;
			if (this.#dexie.backendDB() === database) this.#dexie.close({ disableAutoOpen: false });
			return work(await this.#open());
		}
	}

	async #open(): Promise<IDBDatabase> {
		await patiently(() => this.#dexie.open());
		return this.#dexie.backendDB();
	}
}

/** The errors of a browser that dropped the connection; the latter, of work that had begun. */
const lostConnection = ['InvalidStateError', 'AbortError'];

/** Why a browser aborted a transaction: a full disk, or nothing but that it did. */
export function reasonOf({ error }: IDBTransaction): DOMException {
	return error ?? new DOMException('The connection was dropped', 'AbortError');
}

/** Dexie itself opens what a newer app laid down. */
function refuseNewer(database: Dexie): void {
	if (database.backendDB().version > version * 10) throw new VaultError('updateNeeded');
}

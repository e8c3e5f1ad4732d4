import { IDBObjectStore } from 'fake-indexeddb';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { VaultDatabase, type DraftRow, type HeadRow } from './database.ts';
import { settle } from './failure.ts';
import { intercept, testPlatform } from '../test-kit.ts';

const sealed = new Uint8Array([1, 2, 3]);
const head: HeadRow = { id: 0, generation: 'first', sealed };
const draft = (id: string, day: number): DraftRow => ({ id, day, sealed });

function opened() {
	const platform = testPlatform();
	const database = new VaultDatabase(platform, 'school');
	onTestFinished(() => database.close());
	return { platform, database };
}

function headOf(database: VaultDatabase): Promise<HeadRow | undefined> {
	return database.read(['head'], (tables) => tables.head.get(0));
}

/** The transaction of each row that is put, as the browser has it. */
function watchPuts(): IDBTransaction[] {
	const transactions: IDBTransaction[] = [];
	intercept(IDBObjectStore.prototype, 'put', (store) => transactions.push(store.transaction));
	return transactions;
}

/** Ends a transaction as a browser does that has no room for it. */
function fillDisk(transaction: IDBTransaction | undefined): void {
	if (!transaction) throw new Error('nothing was put');
	const abort = Reflect.get(transaction, '_abort') as (reason: string) => void;
	abort.call(transaction, 'QuotaExceededError');
}

afterEach(() => {
	vi.restoreAllMocks();
});

test('what its work throws undoes a transaction, and is what the caller gets', async () => {
	const { database } = opened();
	const wrong = new Error('wrong');
	const work = database.write(['head', 'drafts'], async (tables) => {
		await tables.head.put(head);
		await tables.drafts.put(draft('a', 1));
		throw wrong;
	});
	await expect(work).rejects.toBe(wrong);
	expect(await headOf(database)).toBeUndefined();
	expect(await database.read(['drafts'], ({ drafts }) => drafts.count())).toBe(0);
});

test('work in a transaction finds the promises that all other code has', async () => {
	const { database } = opened();
	const { Promise } = globalThis;
	const found = await database.read(['head'], async (tables) => {
		const before = globalThis.Promise;
		await tables.head.get(0);
		return [before, globalThis.Promise];
	});
	expect(found).toEqual([Promise, Promise]);
});

test('a row under a number that is taken undoes its transaction', async () => {
	const { database } = opened();
	await database.write(['head'], (tables) => tables.head.add(head));
	const work = database.write(['head', 'drafts'], async (tables) => {
		await tables.drafts.put(draft('a', 1));
		await tables.head.add({ ...head, generation: 'second' });
	});
	await expect(work).rejects.toMatchObject({ name: 'ConstraintError' });
	expect(await headOf(database)).toEqual(head);
	expect(await database.read(['drafts'], ({ drafts }) => drafts.count())).toBe(0);
});

test.each(['before a row is put', 'after it'])('a disk that fills up %s is told', async (when) => {
	const { database } = opened();
	const put = watchPuts();
	const told = await settle(() =>
		database.write(['head'], async (tables) => {
			const putting = tables.head.put(head);
			if (when === 'after it') await putting;
			fillDisk(put.at(-1));
			await putting;
		})
	);
	expect(told).toEqual({ ok: false, refusal: { code: 'storageFull' } });
	expect(await headOf(database)).toBeUndefined();
});

test('a disk that fills up while several rows are put is told', async () => {
	const { database } = opened();
	const put = watchPuts();
	const told = await settle(() =>
		database.write(['drafts'], async ({ drafts }) => {
			const putting = drafts.bulkPut([draft('a', 1), draft('b', 2)]);
			fillDisk(put.at(-1));
			await putting;
		})
	);
	expect(told).toEqual({ ok: false, refusal: { code: 'storageFull' } });
	expect(await database.read(['drafts'], ({ drafts }) => drafts.count())).toBe(0);
});

/** Two drafts, written by work that the browser drops so many times. Returns how often it ran. */
async function writeDropped(database: VaultDatabase, drops: number): Promise<number> {
	const put = watchPuts();
	let times = 0;
	await database.write(['drafts'], async ({ drafts }) => {
		const putting = drafts.bulkPut([draft('a', 1), draft('b', 2)]);
		if (++times <= drops) put.at(-1)?.abort();
		await putting;
	});
	return times;
}

test('rows that are dropped on their way are written once more', async () => {
	const { database } = opened();
	expect(await writeDropped(database, 1)).toBe(2);
	expect(await database.read(['drafts'], ({ drafts }) => drafts.count())).toBe(2);
});

test('rows that are dropped again are told to be', async () => {
	const { database } = opened();
	await expect(writeDropped(database, 2)).rejects.toMatchObject({ name: 'AbortError' });
	expect(await database.read(['drafts'], ({ drafts }) => drafts.count())).toBe(0);
});

test('a change that is dropped on its way is written once more', async () => {
	const { database } = opened();
	await database.write(['head'], (tables) => tables.head.put(head));
	let drops = 1;
	intercept(IDBObjectStore.prototype, 'add', ({ transaction }) => {
		if (drops-- > 0) queueMicrotask(() => transaction.abort());
	});
	const added = [{ seq: 1, sealed }];
	expect(await database.writeRows({ on: 'first', added })).toBe(true);
	expect(drops).toBe(-1);
	expect(await database.read(['outbox'], ({ outbox }) => outbox.toArray())).toEqual(added);
});

/** Fails where anything holds it open. */
async function deleteElsewhere(indexedDB: IDBFactory, name: string): Promise<void> {
	await new Promise((resolve, reject) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = resolve;
		request.onblocked = reject;
	});
}

test('another tab can delete what is open here; it is laid down anew when asked for', async () => {
	const { database, platform } = opened();
	await database.write(['head'], (tables) => tables.head.put(head));
	await deleteElsewhere(platform.indexedDB, database.name);
	expect(await headOf(database)).toBeUndefined();
	await database.write(['head'], (tables) => tables.head.put(head));
	expect(await headOf(database)).toEqual(head);
});

test('a database that will not open at once is asked until it does', async () => {
	const { database, platform } = opened();
	const open = vi.spyOn(platform.indexedDB, 'open');
	// Dexie tries four times at once: the fifth is ours, after a pause.
	for (let refused = 0; refused < 5; refused++) open.mockImplementationOnce(notReady);
	expect(await headOf(database)).toBeUndefined();
	expect(open).toHaveBeenCalledTimes(6);
});

test('one that never opens says so in the end', async () => {
	vi.useFakeTimers({ toFake: ['setTimeout'] });
	try {
		const { database, platform } = opened();
		vi.spyOn(platform.indexedDB, 'open').mockImplementation(notReady);
		const reading = expect(headOf(database)).rejects.toThrow('Internal error');
		await vi.runAllTimersAsync();
		await reading;
	} finally {
		vi.useRealTimers();
	}
});

function notReady(): never {
	throw new DOMException('Internal error', 'UnknownError');
}

test('one that did not open is asked again the next time', async () => {
	const { database, platform } = opened();
	vi.spyOn(platform.indexedDB, 'open').mockImplementationOnce(() => {
		throw new DOMException('Not now', 'AbortError');
	});
	await expect(headOf(database)).rejects.toThrow('Not now');
	expect(await headOf(database)).toBeUndefined();
});

test('what comes after closing fails with locked, and nothing is left open', async () => {
	const { database, platform } = opened();
	const reading = headOf(database);
	database.close();
	await reading;
	expect(await settle(() => headOf(database))).toEqual({
		ok: false,
		refusal: { code: 'locked' }
	});
	await new VaultDatabase(platform, 'school').delete();
	expect(await platform.indexedDB.databases()).toEqual([]);
});

/** The database as an app made it that had no Dexie; the version as IndexedDB counts. */
async function openPlain(
	{ platform, database }: ReturnType<typeof opened>,
	version: number
): Promise<IDBDatabase> {
	const request = platform.indexedDB.open(database.name, version);
	request.onupgradeneeded = () => {
		const lay = (name: string, keyPath: string, row: unknown) => {
			const store = request.result.createObjectStore(name, { keyPath });
			store.put(row);
			return store;
		};
		lay('head', 'id', head);
		lay('pages', 'id', { id: 1, sealed });
		lay('outbox', 'seq', { seq: 1, sealed });
		lay('wraps', 'id', { id: 'a', sealed });
		lay('drafts', 'id', draft('a', 1)).createIndex('day', 'day');
	};
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('not opened'));
	});
}

/** Of each table its key and what rows are found by. */
function layoutOf(database: IDBDatabase) {
	const names = [...database.objectStoreNames];
	const transaction = database.transaction(names);
	return names.map((name) => {
		const { keyPath, autoIncrement, indexNames } = transaction.objectStore(name);
		return { name, keyPath, autoIncrement, indexes: [...indexNames] };
	});
}

test('a database that an older app laid down opens, while a tab with that app has it open', async () => {
	const { database, platform } = opened();
	const older = await openPlain({ database, platform }, 10);
	expect(await headOf(database)).toEqual(head);
	await database.write(['drafts'], ({ drafts }) => drafts.put(draft('b', 2)));
	expect(
		await database.read(['drafts'], ({ drafts }) => drafts.where('day').below(2).primaryKeys())
	).toEqual(['a']);
	expect(await database.writeRows({ on: 'first', added: [{ seq: 2, sealed }] })).toBe(true);
	expect(older.version).toBe(10);
	older.close();
});

test('an older app opens what is laid down here, and finds it as it would have made it', async () => {
	const [here, there] = [opened(), opened()];
	await here.database.write(['head'], (tables) => tables.head.put(head));
	const [made, plain] = [await openPlain(here, 10), await openPlain(there, 10)];
	expect(layoutOf(made)).toEqual(layoutOf(plain));
	made.close();
	plain.close();
});

test('a database of a newer app is refused, and left as it is', async () => {
	const { database, platform } = opened();
	const newer = await openPlain({ database, platform }, 20);
	newer.close();
	const refused = { ok: false, refusal: { code: 'updateNeeded' } };
	expect(await settle(() => headOf(database))).toEqual(refused);
	expect(await settle(() => database.writeRows({ on: 'first' }))).toEqual(refused);
	expect(await platform.indexedDB.databases()).toEqual([{ name: database.name, version: 20 }]);
	await deleteElsewhere(platform.indexedDB, database.name);
});

import { Dexie } from 'dexie';
import { IDBKeyRange } from 'fake-indexeddb';
import { unwrap } from 'idb';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { VaultDatabase, type DraftRow, type HeadRow } from './database.ts';
import { settle } from './failure.ts';
import { testPlatform } from './test-kit.ts';

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

/** Ends a transaction as a browser does that has no room for it. */
function fillDisk(transaction: IDBTransaction): void {
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
	const told = await settle(() =>
		database.write(['head'], async (tables) => {
			const putting = tables.head.put(head);
			if (when === 'after it') await putting;
			fillDisk(unwrap(tables.head).transaction);
			await putting;
		})
	);
	expect(told).toEqual({ ok: false, refusal: { code: 'storageFull' } });
	expect(await headOf(database)).toBeUndefined();
});

test('another tab can delete what is open here; it is laid down anew when asked for', async () => {
	const { database, platform } = opened();
	await database.write(['head'], (tables) => tables.head.put(head));
	await new Promise((resolve, reject) => {
		const request = platform.indexedDB.deleteDatabase(database.name);
		request.onsuccess = resolve;
		request.onblocked = reject;
	});
	expect(await headOf(database)).toBeUndefined();
	await database.write(['head'], (tables) => tables.head.put(head));
	expect(await headOf(database)).toEqual(head);
});

test('a database that will not open at once is asked until it does', async () => {
	const { database, platform } = opened();
	const open = vi.spyOn(platform.indexedDB, 'open');
	for (let refused = 0; refused < 3; refused++) open.mockImplementationOnce(notReady);
	expect(await headOf(database)).toBeUndefined();
	expect(open).toHaveBeenCalledTimes(4);
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

test('what comes after closing answers locked, and nothing is left open', async () => {
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

test('a database laid down by an older app opens, with its rows', async () => {
	const { database, platform } = opened();
	const { indexedDB } = platform;
	const older = new Dexie(database.name, { indexedDB, IDBKeyRange });
	const stores = { head: 'id', pages: 'id', outbox: 'seq', wraps: 'id', drafts: 'id, day' };
	older.version(1).stores(stores);
	await older.table('head').put(head);
	await older.table('drafts').bulkPut([draft('a', 1), draft('b', 2)]);
	older.close();
	expect(await headOf(database)).toEqual(head);
	const days = IDBKeyRange.upperBound(1);
	expect(
		await database.read(['drafts'], ({ drafts }) => drafts.index('day').getAllKeys(days))
	).toEqual(['a']);
	await database.write(['outbox'], ({ outbox }) => outbox.add({ seq: 1, sealed }));
	expect(await database.writeRows({ on: 'first', added: [{ seq: 2, sealed }] })).toBe(true);
});

import { IDBDatabase, IDBObjectStore } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { entry, group, intercept, signature, testVault, valueOf, type Tab } from '../test-kit.ts';

afterEach(() => vi.restoreAllMocks());

const names = ({ replica }: Tab) => [...replica.state.all('group')].map(({ name }) => name).sort();
const put = (id: string, name = id) => entry({ puts: [group(id, name)] });

test('nothing is done or shown when the device is full', async () => {
	const { open } = await testVault();
	const tab = await open();
	valueOf(await tab.replica.commit([put('a')], signature));
	const full = new DOMException('no room', 'QuotaExceededError');
	const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
		throw full;
	});
	expect(await tab.replica.commit([put('b')], signature)).toEqual({
		ok: false,
		refusal: { code: 'storageFull' }
	});
	add.mockRestore();
	const bulkPut = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
		throw full;
	});
	expect(await tab.replica.fold()).toEqual({ ok: false, refusal: { code: 'storageFull' } });
	bulkPut.mockRestore();
	expect(names(tab)).toEqual(['a']);
	valueOf(await tab.replica.commit([put('c')], signature));
	expect(names(await open())).toEqual(['a', 'c']);
});

test('a dropped connection is opened again', async () => {
	const { open } = await testVault();
	const tab = await open();
	let drops = 1;
	intercept(IDBDatabase.prototype, 'transaction', () => {
		if (drops-- > 0) throw new DOMException('The connection is closing', 'InvalidStateError');
	});
	valueOf(await tab.replica.commit([put('a')], signature));
	drops = 1;
	valueOf(await tab.replica.fold());
	drops = 1;
	valueOf(await tab.replica.catchUp());
	vi.restoreAllMocks();
	expect(names(tab)).toEqual(['a']);
});

test('storage that vanished is told, and nothing is shown as done', async () => {
	const { open, platform, database } = await testVault();
	const tab = await open();
	await database().delete();
	const gone = { ok: false, refusal: { code: 'storageGone' } };
	expect(await tab.replica.commit([put('a')], signature)).toEqual(gone);
	expect(names(tab)).toEqual([]);
	expect(await tab.vault.open()).toEqual(gone);
	expect(await platform.indexedDB.databases()).toBeDefined();
});

test('a damaged row is told, not thrown', async () => {
	const { open, database } = await testVault();
	const tab = await open();
	valueOf(await tab.replica.commit([put('a')], signature));
	valueOf(await tab.replica.fold());
	valueOf(await tab.replica.commit([put('b')], signature));
	const raw = database();
	await raw.write(['pages'], async ({ pages }) => {
		for (const row of await pages.toArray()) {
			row.sealed[20] = (row.sealed[20] ?? 0) ^ 1;
			await pages.put(row);
		}
	});
	const unreadable = { ok: false, refusal: { code: 'unreadable' } };
	expect(await tab.vault.open()).toEqual(unreadable);
	expect(await tab.replica.loadHistory()).toEqual(unreadable);
	expect(await tab.replica.fold()).toEqual(unreadable);
	expect(names(tab)).toEqual(['a', 'b']);
	raw.close();
});

test('a page put in the place of another is told', async () => {
	const { open, database } = await testVault();
	const tab = await open();
	valueOf(await tab.replica.commit([put('a')], signature));
	valueOf(await tab.replica.commit([put('b')], signature));
	const raw = database();
	await raw.write(['outbox'], async ({ outbox }) => {
		const [one, other] = await outbox.toArray();
		if (one && other) await outbox.put({ ...one, seq: other.seq });
	});
	raw.close();
	expect(await tab.vault.open()).toEqual({ ok: false, refusal: { code: 'unreadable' } });
});

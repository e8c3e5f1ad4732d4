import { IDBFactory } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { mayHoldVaults, vaultPrefix } from './presence.ts';

function withDatabase(name: string): Promise<IDBFactory> {
	const factory = new IDBFactory();
	return new Promise((resolve, reject) => {
		const request = factory.open(name);
		request.onsuccess = () => resolve(factory);
		request.onerror = () => reject(new Error('not opened'));
	});
}

test('a device without databases of ours holds no school', async () => {
	expect(await mayHoldVaults(new IDBFactory())).toBe(false);
	expect(await mayHoldVaults(await withDatabase('something-else'))).toBe(false);
});

test('a device with one of ours may, and so may one that cannot tell', async () => {
	expect(await mayHoldVaults(await withDatabase(`${vaultPrefix}-device`))).toBe(true);
	expect(await mayHoldVaults({} as IDBFactory)).toBe(true);
});

test('a device that cannot say yet, as after a power cut, is asked again', async () => {
	const factory = await withDatabase(`${vaultPrefix}-device`);
	vi.spyOn(factory, 'databases').mockRejectedValueOnce(new DOMException('Busy', 'UnknownError'));
	expect(await mayHoldVaults(factory)).toBe(true);
});

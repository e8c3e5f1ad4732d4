import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import { valueOf } from '#lib/vault/test-kit.ts';
import { look, seed } from './kill.page.ts';
import { fold, platform } from './support/seed-school.ts';
import { benchStaff } from './support/staff.ts';

test('a fold between two looks, which puts records in another order, is no loss', async () => {
	await seed(24);
	const before = await look();
	const device = new DeviceVaults(platform());
	const [account] = await device.list();
	if (!account) throw new Error('no school was seeded');
	const vault = valueOf(await device.unlock(account, benchStaff.password));
	await fold({ replica: valueOf(await vault.open()) });
	vault.close();
	device.close();
	expect(before.accounts).toHaveLength(24);
	expect(await look()).toEqual(before);
});

import { expect, onTestFinished, test, vi } from 'vitest';
import { newRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { DeviceVaults, type DeviceAccount } from './device-vaults.ts';
import type { JoinedAccount } from './joined-vaults.ts';
import {
	actor,
	entry,
	group,
	newSchool,
	password,
	signature,
	testPlatform,
	testSettings,
	valueOf
} from '../test-kit.ts';

const hour = 60 * 60 * 1000;
const account = { accountId: actor.id, userName: 'jansen', displayName: 'J. Jansen' };

function device(platform = testPlatform()) {
	const vaults = new DeviceVaults(platform, testSettings);
	onTestFinished(() => vaults.close());
	return vaults;
}

function staff(until: number, typed = password): JoinedAccount {
	const offline = { password: typed, until };
	return { schoolId: 'school-1', schoolName: 'De Wegwijzer', account, offline };
}

/** A vault with one thing that was not yet sent, and the key that the server keeps. */
async function joinSchool(offline = true) {
	const platform = testPlatform();
	const vaults = device(platform);
	const until = platform.clock + 72 * hour;
	const joined = offline ? staff(until) : { ...staff(until), offline: null };
	const escrow = vi.fn((vaultId: string, key: string) => Promise.resolve(vaultId !== key));
	const made = valueOf(await vaults.joined.create(joined, escrow));
	onTestFinished(() => made.vault.close());
	valueOf(await made.replica.commit([entry({ puts: [group('g1', '1A')] })], signature));
	const [vaultId = '', key = ''] = escrow.mock.calls[0] ?? [];
	const [listed] = await vaults.list();
	if (!listed) throw new Error('not listed');
	return { platform, vaults, joined, vaultId, key, listed, ...made };
}

const onlineOnly = { ok: false, refusal: { code: 'onlineOnly' } };

async function unsentOf(vaults: DeviceVaults, who: DeviceAccount, typed: string) {
	const vault = valueOf(await vaults.unlock(who, typed));
	onTestFinished(() => vault.close());
	return valueOf(await vault.open()).waiting.length;
}

test('a vault for an account of a server opens offline with its password', async () => {
	const { vaults, vault, listed, replica } = await joinSchool();
	expect(replica.membership).toMatchObject({ schoolId: 'school-1', joined: true, confirmed: 0 });
	vault.lock();
	expect(listed).toMatchObject({ ...account, schoolName: 'De Wegwijzer', schoolId: 'school-1' });
	expect(await unsentOf(vaults, listed, password)).toBe(1);
});

test('a vault whose key the server did not take is not made', async () => {
	const platform = testPlatform();
	const vaults = device(platform);
	const made = await vaults.joined.create(staff(platform.clock + hour), () =>
		Promise.resolve(false)
	);
	expect(made).toEqual({ ok: false, refusal: { code: 'notEscrowed' } });
	expect(await vaults.list()).toEqual([]);
	const left = (await platform.indexedDB.databases()).map(({ name }) => name);
	expect(left).toEqual([`${platform.prefix}-device`]);
});

test('ten wrong passwords destroy the wrap, and the key from the server brings all back', async () => {
	const { platform, vaults, joined, vault, vaultId, key, listed } = await joinSchool();
	vault.lock();
	for (let attempt = 1; attempt < 10; attempt++) {
		expect(await vaults.unlock(listed, 'wrong')).toMatchObject({
			refusal: { code: 'wrongPassword' }
		});
		platform.clock += hour;
	}
	expect(await vaults.unlock(listed, 'wrong')).toEqual(onlineOnly);
	platform.clock += hour;
	expect(await vaults.unlock(listed, password)).toEqual(onlineOnly);
	expect(await vaults.joined.find('school-1', { userName: 'jansen' })).toBe(vaultId);
	const opened = valueOf(await vaults.joined.reopen(vaultId, key, joined));
	expect(valueOf(await opened.open()).waiting.length).toBe(1);
	opened.lock();
	expect(await unsentOf(vaults, listed, password)).toBe(1);
}, 20_000);

test('a tenth attempt that was cut off does not give another', async () => {
	const { platform, vaults, vault, listed } = await joinSchool();
	vault.lock();
	const unwrap = vi.spyOn(crypto.subtle, 'unwrapKey').mockRejectedValue(new Error('closed'));
	for (let attempt = 0; attempt < 10; attempt++) {
		await expect(vaults.unlock(listed, 'wrong')).rejects.toThrow('closed');
		platform.clock += hour;
	}
	unwrap.mockRestore();
	expect(await vaults.unlock(listed, password)).toEqual(onlineOnly);
});

test('without contact it opens for as long as was agreed, and contact extends that', async () => {
	const { platform, vaults, vault, listed } = await joinSchool();
	platform.clock += 71 * hour;
	valueOf(await vaults.joined.extend(vault, platform.clock + 72 * hour));
	vault.lock();
	platform.clock += 71 * hour;
	expect(await unsentOf(vaults, listed, password)).toBe(1);
	platform.clock += hour;
	expect(await vaults.unlock(listed, password)).toEqual(onlineOnly);
});

test('an account that has ended opens nothing without contact, whatever extends it', async () => {
	const { platform, vaults, joined, vault, vaultId, key, listed } = await joinSchool();
	valueOf(await vaults.joined.endOffline(vault));
	valueOf(await vaults.joined.extend(vault, platform.clock + hour));
	vault.lock();
	expect(await vaults.unlock(listed, password)).toEqual(onlineOnly);
	valueOf(await vaults.joined.reopen(vaultId, key, joined)).lock();
	expect(await unsentOf(vaults, listed, password)).toBe(1);
});

test('after a new password elsewhere, the old one opens nothing here', async () => {
	const { platform, vaults, vault, vaultId, key, listed } = await joinSchool();
	vault.lock();
	const until = platform.clock + 72 * hour;
	valueOf(await vaults.joined.reopen(vaultId, key, staff(until, 'a new password'))).lock();
	expect((await vaults.unlock(listed, password)).ok).toBe(false);
	expect(await unsentOf(vaults, listed, 'a new password')).toBe(1);
});

test('a password changed here still ends after ten wrong ones', async () => {
	const { platform, vaults, vault, listed } = await joinSchool();
	valueOf(await vaults.changePassword(vault, password, 'a longer password'));
	vault.lock();
	platform.clock += 73 * hour;
	expect(await vaults.unlock(listed, 'a longer password')).toEqual(onlineOnly);
});

test('nothing that a password could be tried against lies on the device for a pupil', async () => {
	const { vaults, joined, vault, vaultId, key, listed, platform } = await joinSchool(false);
	vault.lock();
	expect(await vaults.unlock(listed, password)).toEqual(onlineOnly);
	const rows = await new Promise<unknown[]>((resolve) => {
		platform.indexedDB.open(`${platform.prefix}-${vaultId}`).onsuccess = ({ target }) => {
			const { result } = target as IDBOpenDBRequest;
			result.transaction('wraps').objectStore('wraps').getAll().onsuccess = (event) => {
				result.close();
				resolve((event.target as IDBRequest<unknown[]>).result);
			};
		};
	});
	expect(rows).toEqual([]);
	const opened = valueOf(await vaults.joined.reopen(vaultId, key, joined));
	expect(valueOf(await opened.open()).waiting.length).toBe(1);
	opened.close();
});

test('a pupil’s vault goes with the sign-in, and nobody else’s does', async () => {
	const { platform, vaults, joined, vault } = await joinSchool(false);
	const kept = { ...joined, account: { ...account, accountId: 'other' } };
	const offline = { password, until: platform.clock + hour };
	const other = valueOf(
		await vaults.joined.create({ ...kept, offline }, () => Promise.resolve(true))
	);
	vault.lock();
	other.vault.lock();
	await vaults.joined.erasePassing();
	expect((await vaults.list()).map(({ accountId }) => accountId)).toEqual(['other']);
	const left = (await platform.indexedDB.databases()).map(({ name }) => name);
	expect(left).toHaveLength(2);
});

test('a key that is not the vault’s opens nothing, and changes nothing', async () => {
	const { vaults, joined, vault, vaultId, listed } = await joinSchool();
	vault.lock();
	const wrong = 'A'.repeat(43);
	expect(await vaults.joined.reopen(vaultId, wrong, joined)).toEqual({
		ok: false,
		refusal: { code: 'unreadable' }
	});
	expect(await unsentOf(vaults, listed, password)).toBe(1);
});

test('a school that moved to a server belongs to who moved it', async () => {
	const platform = testPlatform();
	const vaults = device(platform);
	const code = newRecoveryCode();
	const { vault } = valueOf(await vaults.create(newSchool(code)));
	const colleague = { accountId: 'account-2', userName: 'pieters', displayName: 'P. Pieters' };
	const add = await vaults.prepareAccount(vault, password, colleague, 'colleague password');
	valueOf(await valueOf(add)());
	const wrong = await vaults.joined.keyForEscrow(vault, 'wrong');
	expect(wrong).toMatchObject({ ok: false, refusal: { code: 'wrongPassword' } });
	const key = valueOf(await vaults.joined.keyForEscrow(vault, password));
	valueOf(await vaults.joined.adopt(vault, key, staff(platform.clock + hour)));
	vault.lock();
	const [listed, ...others] = await vaults.list();
	expect(others).toEqual([]);
	if (!listed) return;
	expect(listed.schoolId).toBe('school-1');
	const tried = await vaults.unlock({ ...listed, ...colleague }, 'colleague password');
	expect(tried).toEqual(onlineOnly);
	expect(await vaults.unlockWithRecovery(listed, code, 'new password')).toMatchObject({
		refusal: { code: 'wrongCode' }
	});
	valueOf(await vaults.joined.reopen(listed.vaultId, key, staff(platform.clock + hour))).lock();
	valueOf(await vaults.unlock(listed, password)).close();
});

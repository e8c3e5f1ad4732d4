import { expect, onTestFinished, test, vi } from 'vitest';
import { newRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { DeviceVaults, type DeviceAccount } from './device-vaults.ts';
import { KeyHandover } from './key-handover.ts';
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
import { delayAfter } from './wraps.ts';

const minute = 60_000;

function device(platform = testPlatform()) {
	const vaults = new DeviceVaults(platform, testSettings);
	onTestFinished(() => vaults.close());
	return vaults;
}

async function makeSchool() {
	const platform = testPlatform();
	const vaults = device(platform);
	const code = newRecoveryCode();
	const made = valueOf(
		await vaults.create(newSchool(code, [entry({ puts: [group('g1', '1A')] })]))
	);
	onTestFinished(() => made.vault.close());
	const [account] = await vaults.list();
	if (!account) throw new Error('not listed');
	return { platform, vaults, code, account, ...made };
}

async function groupsOf(vaults: DeviceVaults, account: DeviceAccount, typed: string) {
	const vault = valueOf(await vaults.unlock(account, typed));
	onTestFinished(() => vault.close());
	const { state } = valueOf(await vault.open());
	return [...state.all('group')].map(({ name }) => name);
}

test('a school made on a device is there after locking and unlocking', async () => {
	const { vaults, vault, replica, account } = await makeSchool();
	valueOf(await replica.commit([entry({ puts: [group('g2', '1B')] })], signature));
	vault.lock();
	expect(account).toMatchObject({ accountId: actor.id, userName: 'jansen' });
	expect(account.schoolName).toBe('De Wegwijzer');
	expect(await groupsOf(vaults, account, password)).toEqual(['1A', '1B']);
});

test('a school whose first mutation is refused is not made', async () => {
	const vaults = device();
	const missing = entry({ expect: { kind: 'group', id: 'x' } });
	expect(await vaults.create(newSchool(newRecoveryCode(), [missing]))).toMatchObject({
		ok: false,
		refusal: { code: 'notFound', index: 0 }
	});
	expect(await vaults.list()).toEqual([]);
});

test('making a school that was cut off leaves nothing behind', async () => {
	const platform = testPlatform();
	const vaults = device(platform);
	const crash = vi.spyOn(crypto.subtle, 'wrapKey').mockRejectedValue(new Error('crash'));
	await expect(vaults.create(newSchool(newRecoveryCode()))).rejects.toThrow('crash');
	crash.mockRestore();
	expect(await vaults.list()).toEqual([]);
	const left = (await platform.indexedDB.databases()).map(({ name }) => name);
	expect(left).toEqual([`${platform.prefix}-device`]);
	expect(await vaults.list()).toEqual([]);
});

test('wrong passwords make the next wait longer, from the fifth on, and never destroy', async () => {
	const { platform, vaults, account } = await makeSchool();
	const wrong = async () => vaults.unlock(account, 'wrong');
	for (let attempt = 1; attempt < 5; attempt++) {
		expect(await wrong()).toEqual({ ok: false, refusal: { code: 'wrongPassword', until: null } });
	}
	const inAMinute = new Date(platform.clock + minute).toISOString();
	expect(await wrong()).toEqual({
		ok: false,
		refusal: { code: 'wrongPassword', until: inAMinute }
	});
	// Not even the right one, and from another tab neither.
	const wait = { ok: false, refusal: { code: 'wait', until: inAMinute } };
	expect(await vaults.unlock(account, password)).toEqual(wait);
	expect(await device(platform).unlock(account, password)).toEqual(wait);
	for (let attempt = 6; attempt < 20; attempt++) {
		platform.clock += delayAfter(attempt - 1);
		const until = new Date(platform.clock + delayAfter(attempt)).toISOString();
		expect(await wrong()).toEqual({ ok: false, refusal: { code: 'wrongPassword', until } });
	}
	platform.clock += 60 * minute;
	expect(await groupsOf(vaults, account, password)).toEqual(['1A']);
	// The right one forgives the rest.
	expect(await wrong()).toEqual({ ok: false, refusal: { code: 'wrongPassword', until: null } });
}, 20_000);

test('the delay is a minute at the fifth, doubles, and is an hour at most', () => {
	const minutes = Array.from({ length: 13 }, (_, failures) => delayAfter(failures) / minute);
	expect(minutes).toEqual([0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60]);
});

test('an attempt counts before it is made, so that closing the tab does not take it back', async () => {
	const { vaults, account } = await makeSchool();
	const unwrap = vi.spyOn(crypto.subtle, 'unwrapKey').mockRejectedValue(new Error('closed'));
	for (let attempt = 0; attempt < 5; attempt++) {
		await expect(vaults.unlock(account, 'wrong')).rejects.toThrow('closed');
	}
	unwrap.mockRestore();
	expect(await vaults.unlock(account, password)).toMatchObject({ refusal: { code: 'wait' } });
});

test('a clock that was put back makes nobody wait longer than the rule', async () => {
	const { platform, vaults, account } = await makeSchool();
	platform.clock += 365 * 24 * 60 * minute;
	for (let attempt = 0; attempt < 5; attempt++) await vaults.unlock(account, 'wrong');
	platform.clock -= 365 * 24 * 60 * minute;
	const until = new Date(platform.clock + minute).toISOString();
	expect(await vaults.unlock(account, password)).toEqual({
		ok: false,
		refusal: { code: 'wait', until }
	});
});

test('the recovery code opens the school and gives a new password', async () => {
	const { platform, vaults, account, code, vault } = await makeSchool();
	vault.lock();
	for (let attempt = 0; attempt < 6; attempt++) await vaults.unlock(account, 'wrong');
	const mistyped = code.startsWith('A') ? `B${code.slice(1)}` : `A${code.slice(1)}`;
	const recover = async (typed: string) =>
		vaults.unlockWithRecovery(account, typed, 'new password 1');
	expect(await recover(mistyped)).toEqual({ ok: false, refusal: { code: 'mistypedCode' } });
	expect(await recover(newRecoveryCode())).toEqual({ ok: false, refusal: { code: 'wrongCode' } });
	const opened = valueOf(await recover(code.toLowerCase()));
	expect(valueOf(await opened.open()).state.count('group')).toBe(1);
	opened.lock();
	expect(await groupsOf(vaults, account, 'new password 1')).toEqual(['1A']);
	platform.clock += 60 * minute;
	expect(await vaults.unlock(account, password)).toMatchObject({
		refusal: { code: 'wrongPassword' }
	});
});

test('a second account opens the same school with its own password, until it is removed', async () => {
	const { vaults, vault, account } = await makeSchool();
	const colleague = { accountId: 'account-2', userName: 'pieters', displayName: 'P. Pieters' };
	expect(
		await vaults.prepareAccount(vault, 'wrong', colleague, 'colleague password')
	).toMatchObject({ refusal: { code: 'wrongPassword' } });
	const add = await vaults.prepareAccount(vault, password, colleague, 'colleague password');
	expect(await vaults.list()).toHaveLength(1);
	valueOf(await valueOf(add)());
	const [first, second] = await vaults.list();
	expect([first?.userName, second?.userName]).toEqual(['jansen', 'pieters']);
	expect(await groupsOf(vaults, account, password)).toEqual(['1A']);
	if (!second) return;
	expect(await groupsOf(vaults, second, 'colleague password')).toEqual(['1A']);
	expect((await vaults.unlock(second, password)).ok).toBe(false);
	// A colleague who forgot theirs.
	const renew = await vaults.prepareAccount(vault, password, colleague, 'another password');
	expect(await groupsOf(vaults, second, 'colleague password')).toEqual(['1A']);
	valueOf(await valueOf(renew)());
	expect(await groupsOf(vaults, second, 'another password')).toEqual(['1A']);
	valueOf(await vaults.removeAccount(vault, second.accountId));
	expect(await vaults.list()).toEqual([first]);
	expect((await vaults.unlock(second, 'another password')).ok).toBe(false);
});

test('a changed password replaces the old one', async () => {
	const { vaults, vault, account } = await makeSchool();
	valueOf(await vaults.changePassword(vault, password, 'a longer password'));
	expect((await vaults.unlock(account, password)).ok).toBe(false);
	expect(await groupsOf(vaults, account, 'a longer password')).toEqual(['1A']);
});

test('a new tab is handed the key while another is unlocked, and not after', async () => {
	const { platform, vault } = await makeSchool();
	const otherTab = device(platform);
	const handed = await otherTab.resume();
	expect(handed).toMatchObject({ vaultId: vault.vaultId, accountId: actor.id });
	expect(handed?.handover?.key.extractable).toBe(false);
	if (handed) expect(valueOf(await handed.open()).state.count('group')).toBe(1);
	vault.lock();
	await expect.poll(() => handed?.locked).toBe(true);
	await expect.poll(() => otherTab.resume()).toBeNull();
});

test('a tab that locks just after it handed over the key leaves no other one open', async () => {
	const { platform, vault } = await makeSchool();
	const ask: KeyHandover['ask'] = Reflect.get(KeyHandover.prototype, 'ask');
	const asking = vi.spyOn(KeyHandover.prototype, 'ask').mockImplementation(async function (
		this: KeyHandover
	) {
		const key = await ask.call(this);
		vault.lock();
		return key;
	});
	onTestFinished(() => asking.mockRestore());
	expect(await device(platform).resume()).toBeNull();
});

test('names follow the school and its accounts', async () => {
	const { vaults, vault, replica } = await makeSchool();
	const school = { kind: 'school', id: 's', name: 'De Nieuwe Wegwijzer' };
	const account = { kind: 'account', id: actor.id, userName: 'jjansen', displayName: 'Jo Jansen' };
	const named = entry({ puts: [school, account] as never });
	valueOf(await replica.commit([named], signature));
	await vaults.rename(vault, replica.state);
	expect(await vaults.list()).toEqual([
		{
			vaultId: vault.vaultId,
			accountId: actor.id,
			schoolName: 'De Nieuwe Wegwijzer',
			schoolId: null,
			userName: 'jjansen',
			displayName: 'Jo Jansen'
		}
	]);
});

test('a damaged list is made anew, without names, and still unlocks', async () => {
	const { platform, vaults, vault, replica } = await makeSchool();
	vault.lock();
	expect(replica.state.count('group')).toBe(0);
	await new Promise((resolve) => {
		platform.indexedDB.deleteDatabase(`${platform.prefix}-device`).onsuccess = resolve;
	});
	const [account] = await device(platform).list();
	expect(account).toMatchObject({ accountId: actor.id, schoolName: '', userName: '' });
	if (account) expect(await groupsOf(vaults, account, password)).toEqual(['1A']);
});

test('a removed school is gone from list and storage', async () => {
	const { platform, vaults, vault } = await makeSchool();
	await vaults.removeVault(vault);
	expect(await vaults.list()).toEqual([]);
	const left = (await platform.indexedDB.databases()).map(({ name }) => name);
	expect(left).toEqual([`${platform.prefix}-device`]);
});

test('a school that the browser emptied says so, and can be taken off the list', async () => {
	const { platform, vaults, vault, account } = await makeSchool();
	vault.lock();
	await vaults.forgetLost(account);
	expect(await vaults.list()).toHaveLength(1);
	await new Promise((resolve) => {
		const name = `${platform.prefix}-${account.vaultId}`;
		platform.indexedDB.deleteDatabase(name).onsuccess = resolve;
	});
	const gone = { ok: false, refusal: { code: 'storageGone' } };
	expect(await vaults.unlock(account, password)).toEqual(gone);
	await vaults.forgetLost(account);
	expect(await vaults.list()).toEqual([]);
});

test('a new recovery code opens the school and ends the old one, once it is kept', async () => {
	const { vaults, vault, code, account } = await makeSchool();
	expect(await vaults.prepareRecoveryCode(vault, 'not the password')).toMatchObject({
		refusal: { code: 'wrongPassword' }
	});
	const renewed = valueOf(await vaults.prepareRecoveryCode(vault, password));
	expect(await vaults.unlockWithRecovery(account, renewed.code, 'a new password')).toMatchObject({
		refusal: { code: 'wrongCode' }
	});
	valueOf(await renewed.keep());
	vault.lock();
	expect(await vaults.unlockWithRecovery(account, code, 'a new password')).toMatchObject({
		refusal: { code: 'wrongCode' }
	});
	valueOf(await vaults.unlockWithRecovery(account, renewed.code, 'a new password')).close();
});

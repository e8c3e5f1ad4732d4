import { expect, test } from 'vitest';
import { Drafts } from './drafts.ts';
import { testPlatform, testVault, valueOf } from '../test-kit.ts';

async function opened() {
	const platform = testPlatform();
	const { vaultId, accountId, key, open } = await testVault(platform);
	return { platform, open, own: { vaultId, accountId, key } };
}

test('a draft is there again after a reload, and gone once it is removed', async () => {
	const { open } = await opened();
	const first = await open();
	valueOf(await first.vault.drafts.set('settings', { name: 'De Weg' }));
	valueOf(await first.vault.drafts.set('settings', { name: 'De Wegwijzer' }));
	first.vault.close();
	const second = await open();
	expect(await second.vault.drafts.get('settings')).toEqual({ name: 'De Wegwijzer' });
	expect(await second.vault.drafts.get('another')).toBeNull();
	valueOf(await second.vault.drafts.remove('settings'));
	expect(await second.vault.drafts.get('settings')).toBeNull();
});

test('what is set at the moment of a lock is kept, and nothing after it', async () => {
	const { open } = await opened();
	const { vault } = await open();
	const { drafts } = vault;
	drafts.beforeClose(() => void drafts.set('settings', 'typed until the lock'));
	vault.lock();
	expect(await drafts.set('settings', 'typed after it')).toMatchObject({
		refusal: { code: 'locked' }
	});
	const again = await open();
	await expect.poll(() => again.vault.drafts.get('settings')).toEqual('typed until the lock');
});

test('who stopped listening is not called at a lock', async () => {
	const { open } = await opened();
	const { vault } = await open();
	let calls = 0;
	const stop = vault.drafts.beforeClose(() => calls++);
	stop();
	vault.lock();
	expect(calls).toBe(0);
});

test('a colleague on the same device does not get it', async () => {
	const { platform, own, open } = await opened();
	const { vault } = await open();
	valueOf(await vault.drafts.set('settings', 'mine'));
	const theirs = new Drafts(platform, { ...own, accountId: 'account-2' });
	expect(await theirs.get('settings')).toBeNull();
	await theirs.close();
});

test('a draft that nobody came back to for a month goes', async () => {
	const { platform, open } = await opened();
	const { vault } = await open();
	valueOf(await vault.drafts.set('settings', 'old'));
	platform.clock += 29 * 86_400_000;
	expect(await vault.drafts.get('settings')).toBe('old');
	platform.clock += 3 * 86_400_000;
	expect(await vault.drafts.get('settings')).toBeNull();
	valueOf(await vault.drafts.set('another', 'new'));
	platform.clock -= 32 * 86_400_000;
	expect(await vault.drafts.get('settings')).toBeNull();
	expect(await vault.drafts.get('another')).toBe('new');
});

test('what another tab keeps while this one is open is not given to it', async () => {
	const { open } = await opened();
	const { vault } = await open();
	valueOf(await vault.drafts.set('adjust/1', 'typed in the other tab'));
	expect(await vault.drafts.get('adjust/1', '2000-01-01T00:00:00.000Z')).toBeNull();
	expect(await vault.drafts.get('adjust/1', '2999-01-01T00:00:00.000Z')).toBe(
		'typed in the other tab'
	);
});

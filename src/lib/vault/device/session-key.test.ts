import { afterEach, expect, test, vi } from 'vitest';
import { VaultDatabase } from '../disk/database.ts';
import { entry, group, intercept, joinedVault, signature, valueOf } from '../test-kit.ts';

afterEach(() => vi.restoreAllMocks());

test('it is there again once the vault opens, whatever was written meanwhile', async () => {
	const { open } = await joinedVault();
	const first = await open();
	await first.vault.sessionKey.keep('key-1');
	valueOf(await first.replica.commit([entry({ puts: [group('g1', '1A')] })], signature));
	first.vault.lock();
	const { vault, replica } = await open();
	expect(vault.sessionKey.value).toBe('key-1');
	expect(replica.waiting).toHaveLength(1);
});

test('another tab has it as soon as it is kept, and is told', async () => {
	const { open } = await joinedVault();
	const [here, there] = [await open(), await open()];
	const told = vi.fn();
	there.vault.sessionKey.onChange(told);
	await here.vault.sessionKey.keep('key-1');
	await expect.poll(() => there.vault.sessionKey.value).toBe('key-1');
	expect(told).toHaveBeenCalledOnce();
	await here.vault.sessionKey.keep(null);
	await expect.poll(() => there.vault.sessionKey.value).toBeNull();
	expect((await open()).vault.sessionKey.value).toBeNull();
});

test('locking drops it in all tabs, and breaks off what is asked in its name', async () => {
	const { open } = await joinedVault();
	const [here, there] = [await open(), await open()];
	await here.vault.sessionKey.keep('key-1');
	await expect.poll(() => there.vault.sessionKey.value).toBe('key-1');
	here.vault.lock();
	await expect.poll(() => there.vault.locked).toBe(true);
	for (const { vault } of [here, there]) {
		expect(vault.sessionKey.value).toBeNull();
		expect(vault.sessionKey.closed.aborted).toBe(true);
	}
});

test('what arrives or is read after the lock is not kept', async () => {
	const { open } = await joinedVault();
	const { vault } = await open();
	const reading = vault.sessionKey.read();
	vault.lock();
	await Promise.all([reading, vault.sessionKey.keep('too late')]);
	expect(vault.sessionKey.value).toBeNull();
	expect((await open()).vault.sessionKey.value).toBeNull();
});

test('one that was damaged or belongs to another vault is none, and the school opens', async () => {
	const { open, database, platform } = await joinedVault();
	const { vault } = await open();
	await vault.sessionKey.keep('key-1');
	const sealed = await database().readSessionKey();
	if (!sealed) throw new Error('not kept');
	await database().writeSessionKey(sealed.map((byte, at) => (at === 20 ? byte ^ 1 : byte)));
	expect((await open()).vault.sessionKey.value).toBeNull();
	const other = await joinedVault(platform);
	await other.database().writeSessionKey(sealed);
	expect((await other.open()).vault.sessionKey.value).toBeNull();
});

test('where the disk is full it serves until the vault locks', async () => {
	const { open } = await joinedVault();
	const { vault } = await open();
	intercept(VaultDatabase.prototype, 'writeSessionKey', () => {
		throw new DOMException('', 'QuotaExceededError');
	});
	await vault.sessionKey.keep('key-1');
	expect(vault.sessionKey.value).toBe('key-1');
	valueOf(await vault.open());
	expect(vault.sessionKey.value).toBe('key-1');
});

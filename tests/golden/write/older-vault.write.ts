import 'fake-indexeddb/auto';
import { IDBFactory as FakeFactory, IDBKeyRange } from 'fake-indexeddb';
import { test, vi } from 'vitest';
import { passwordCost } from '#lib/crypto/password-key.ts';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import { DeviceVaults } from '#lib/vault/device/device-vaults.ts';
import type { Entry } from '#lib/vault/pages/entry.ts';
import { vaultPrefix } from '#lib/vault/disk/presence.ts';
import { dumpOf } from '../support/dump.ts';
import { readGoldenJson, writeGoldenJson, writeSums } from '../support/files.ts';
import { allOf } from '../support/kinds.ts';
import { passwords, recoveryCode, typedSettings } from '../support/cast.ts';

/**
 * Writes a browser as an older app left it, with the mutations that its outbox of then holds. It was
 * run once for each, with this folder, `support` and `outbox` copied into a checkout of that app:
 * `VAULT=1` in be31758, the last to write version 1, and `VAULT=3` in 41cd0c6, the first to write
 * version 3, through the library that made databases then.
 */
const version = Number(process.env['VAULT']);

interface Row {
	readonly contexts: readonly Pick<Entry, 'actor' | 'today'>[];
	readonly entries: readonly {
		readonly context: number;
		readonly mutation: Mutation;
		readonly secrets?: Entry['secrets'];
	}[];
}

/** As many of the last mutations lie in the outbox. */
const unfolded = 6;
const at = '2026-11-21T18:00:00.000Z';

test('a browser of an older app is written', async () => {
	const generate = crypto.subtle.generateKey.bind(crypto.subtle) as (
		...args: [AesKeyGenParams, boolean, KeyUsage[]]
	) => Promise<CryptoKey>;
	const dumpable = (algorithm: AesKeyGenParams, _: boolean, uses: KeyUsage[]) =>
		generate(algorithm, true, uses);
	vi.spyOn(crypto.subtle, 'generateKey').mockImplementation(dumpable as never);
	const { rows } = readGoldenJson(`outbox/outbox-${version}.json`) as {
		readonly rows: readonly Row[];
	};
	const entries = rows.flatMap((row) =>
		row.entries.map(({ context, mutation, secrets }) => {
			const made = row.contexts[context];
			if (!made) throw new Error('An entry without a context');
			return { mutation, secrets, ...made };
		})
	);
	const factory = new FakeFactory();
	const { locks } = navigator;
	const now = () => Date.parse(at);
	const shared = { locks, now, passwordCost, prefix: vaultPrefix };
	const vaults = new DeviceVaults({ indexedDB: factory, IDBKeyRange, ...shared });
	const made = await vaults.create({
		schoolName: 'Basisschool De Sleutel',
		account: { accountId: 'account-1', userName: 'an.peeters', displayName: 'An Peeters' },
		password: passwords.administrator,
		recoveryCode,
		entries: entries.slice(0, -unfolded)
	});
	if (!made.ok) throw new Error(JSON.stringify(made.refusal));
	const { vault, replica } = made.value;
	for (const entry of entries.slice(-unfolded)) {
		const committed = await replica.commitEntries([entry]);
		if (!committed.ok) throw new Error(JSON.stringify(committed.refusal));
	}
	const [school] = replica.state.all('school');
	if (!school) throw new Error('No school');
	const { name, lockAfterMinutes } = school;
	await vault.drafts.set('settings', {
		name: [name, typedSettings.name],
		lockAfterMinutes: [lockAfterMinutes, typedSettings.lockAfterMinutes]
	});
	await replica.loadHistory();
	const records = allOf(replica.state);
	const ids = [...replica.state.all('leerId')].flatMap(({ secretId }) => secretId ?? []);
	const secrets = await replica.secrets(ids);
	if (!secrets.ok) throw new Error(secrets.refusal.code);
	vault.close();
	await vault.drafts.close();
	vaults.close();
	writeGoldenJson(`vault-${version}/vault-local.json`, {
		version,
		at,
		cookie: null,
		records,
		secrets: Object.fromEntries(secrets.value),
		waiting: [],
		refused: [],
		dump: await dumpOf(factory)
	});
	writeSums();
});

import { expect, test } from 'vitest';
import { randomBytes } from '#lib/crypto/random.ts';
import { newRecoveryCode } from '#lib/crypto/recovery-code.ts';
import { allKinds } from '#lib/domain/registry/kinds.ts';
import { allSamples } from '#lib/domain/testing/every-kind.ts';
import { DeviceVaults } from './device/device-vaults.ts';
import {
	entry,
	leerId,
	newSchool,
	password,
	pupil,
	signature,
	testPlatform,
	testSettings,
	valueOf
} from './test-kit.ts';

/** Every byte and word of every database, as text that could be searched. */
async function dump(factory: IDBFactory): Promise<string> {
	let text = '';
	for (const { name = '' } of await factory.databases()) {
		const database = await request(factory.open(name));
		text += `${name} ${[...database.objectStoreNames].join(' ')}\n`;
		for (const store of database.objectStoreNames) {
			const rows = database.transaction(store).objectStore(store);
			text += `${show(await request(rows.getAllKeys()))} ${show(await request(rows.getAll()))}\n`;
		}
		database.close();
	}
	return text;
}

function request<T>(asked: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		asked.onsuccess = () => resolve(asked.result);
		asked.onerror = () => reject(asked.error ?? new Error('failed'));
	});
}

function show(value: unknown): string {
	if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
	if (value instanceof CryptoKey) return `key ${value.extractable}`;
	if (Array.isArray(value)) return value.map(show).join(' ');
	if (value && typeof value === 'object') {
		return Object.entries(value)
			.flatMap(([key, part]) => [key, show(part)])
			.join(' ');
	}
	return String(value);
}

test('nothing at rest shows a name, number, user name, kind or password', async () => {
	const platform = testPlatform();
	const vaults = new DeviceVaults(platform, testSettings);
	const code = newRecoveryCode();
	const sessionKey = Buffer.from(randomBytes(32)).toString('base64url');
	const { vault, replica } = valueOf(await vaults.create(newSchool(code)));
	const people = Array.from({ length: 300 }, (_, n) => pupil(`leerling${n}`, `Achternaam${n}`));
	const secret = { 'secret-1': { kind: 'word', text: 'zal659' } } as const;
	const work = [
		entry({ puts: people }),
		entry({ puts: allSamples }),
		entry({ puts: [leerId('toegang1', 'secret-1')] }, secret)
	];
	valueOf(await replica.commit(work, signature));
	valueOf(await replica.fold());
	const later = { 'secret-2': { kind: 'image', pictures: ['walvis'] } } as const;
	valueOf(
		await replica.commit([entry({ puts: [leerId('toegang2', 'secret-2')] }, later)], signature)
	);
	valueOf(await vault.drafts.set('account/new', { displayName: 'Onbewaarde Persoon' }));
	await vault.sessionKey.keep(sessionKey);
	const [account] = await vaults.list();
	if (account) await vaults.unlock(account, 'een fout wachtwoord');
	vault.lock();
	vaults.close();

	const text = await dump(platform.indexedDB);
	expect(text).toContain(vault.vaultId);
	expect(text.length).toBeGreaterThan(30_000);
	// None so short that it would stand in sealed bytes by chance.
	const telling = [
		...[
			'Achternaam',
			'leerling',
			'toegang',
			'zal659',
			'walvis',
			'secret-',
			'test.change',
			'De Wegwijzer'
		],
		...['jansen', 'Jansen', password, 'een fout wachtwoord', code, code.replaceAll('-', '')],
		...['van der', 'Kerkstraat', '269326728', '2015-05-19', 'ouders.example', 'leerlingen.xlsx'],
		...['"kind"', '"puts"', '2026-11-21', 'administration'],
		...['Onbewaarde', 'displayName', 'account/new'],
		...[
			sessionKey,
			sessionKey.slice(0, 16),
			Buffer.from(sessionKey, 'base64url').toString('latin1')
		]
	];
	for (const word of telling) expect(text, word).not.toContain(word);
	// The row of whose password opens the vault is found by their id.
	const words = text.replaceAll('account-1', '');
	for (const kind of allKinds) {
		expect(words, kind).not.toMatch(new RegExp(`(^|\\W)${kind}s?(\\W|$)`, 'm'));
	}
	expect(text).not.toContain('key true');
});

test('the key of a vault is nowhere on the disk', async () => {
	const platform = testPlatform();
	const vaults = new DeviceVaults(platform, testSettings);
	const exported: string[] = [];
	const real = crypto.subtle.importKey.bind(crypto.subtle);
	const spy = (format: string, data: unknown, ...rest: unknown[]) => {
		if (data instanceof Uint8Array) exported.push(Buffer.from(data).toString('latin1'));
		return (real as (...args: unknown[]) => Promise<CryptoKey>)(format, data, ...rest);
	};
	Object.defineProperty(crypto.subtle, 'importKey', { value: spy, configurable: true });
	const { vault } = valueOf(await vaults.create(newSchool(newRecoveryCode())));
	Reflect.deleteProperty(crypto.subtle, 'importKey');
	vault.lock();
	vaults.close();
	// Argon2id's hash, the recovery code and the data key all passed here.
	expect(exported).toHaveLength(3);
	const text = await dump(platform.indexedDB);
	for (const raw of exported) expect(text).not.toContain(raw);
});

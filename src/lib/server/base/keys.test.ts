import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Keys, loadKeys } from './keys.ts';

const keys = new Keys(Buffer.alloc(32, 7));

test('what was sealed opens in its place, and nowhere else', () => {
	const sealed = keys.seal('escrow', 'een sleutel', 'school/account/vault');
	expect(sealed).not.toContain('sleutel');
	expect(keys.open('escrow', sealed, 'school/account/vault')).toBe('een sleutel');
	expect(() => keys.open('escrow', sealed, 'school/account/other')).toThrow();
	expect(() => keys.open('mail', sealed, 'school/account/vault')).toThrow();
	expect(() =>
		new Keys(Buffer.alloc(32, 8)).open('escrow', sealed, 'school/account/vault')
	).toThrow();
});

test('a seal with one bit changed, or cut short, does not open', () => {
	const bytes = Buffer.from(keys.seal('secret', 'zal659', 'a'), 'base64url');
	for (const at of [0, 12, bytes.length - 1]) {
		const changed = Buffer.from(bytes);
		changed[at] = (changed[at] ?? 0) ^ 1;
		expect(() => keys.open('secret', changed.toString('base64url'), 'a')).toThrow();
	}
	expect(() => keys.open('secret', bytes.subarray(0, 20).toString('base64url'), 'a')).toThrow();
});

test('each purpose has a key of its own', () => {
	expect(keys.mac('code', 'abc')).not.toBe(keys.mac('userName', 'abc'));
	expect(keys.mac('code', 'abc')).toBe(keys.mac('code', 'abc'));
});

test('the key file is made once, and only its owner may read it', () => {
	const folder = mkdtempSync(join(tmpdir(), 'keys-'));
	const first = loadKeys({ DATA_DIR: folder });
	expect(loadKeys({ DATA_DIR: folder }).mac('code', 'x')).toBe(first.mac('code', 'x'));
	expect(statSync(join(folder, 'endpoint.key')).mode & 0o777).toBe(0o600);
});

test('a key of another length is refused', () => {
	expect(() => loadKeys({ ENDPOINT_KEY: 'a2xlaW4' })).toThrow('32 bytes');
});

import { hkdfSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { unwrapDataKey } from './data-key.ts';
import { toUtf8 } from './bytes.ts';
import { randomBytes } from './random.ts';
import { keyFromRecoveryCode, newRecoveryCode, parseRecoveryCode } from './recovery-code.ts';

const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ';

test('a recovery code has six groups of five letters, more than 128 bits', () => {
	expect(newRecoveryCode()).toMatch(/^([A-HJKMNP-Z]{5}-){5}[A-HJKMNP-Z]{5}$/);
	expect(29 * Math.log2(letters.length)).toBeGreaterThan(128);
});

test('a code is known again whatever its case, spaces and hyphens', () => {
	const code = newRecoveryCode();
	expect(parseRecoveryCode(` ${code.toLowerCase().replaceAll('-', ' \u2013 ')}\n`)).toBe(code);
	expect(parseRecoveryCode(code.replaceAll('-', ''))).toBe(code);
});

test('every single wrong letter is caught', () => {
	const code = newRecoveryCode().replaceAll('-', '');
	for (let at = 0; at < code.length; at++) {
		for (const letter of letters) {
			if (letter === code[at]) continue;
			expect(parseRecoveryCode(code.slice(0, at) + letter + code.slice(at + 1))).toBeNull();
		}
	}
});

test('two neighbours swapped are caught', () => {
	for (let round = 0; round < 50; round++) {
		const code = newRecoveryCode().replaceAll('-', '');
		for (let at = 0; at + 1 < code.length; at++) {
			const [one = '', other = ''] = [code[at], code[at + 1]];
			if (one === other) continue;
			expect(parseRecoveryCode(code.slice(0, at) + other + one + code.slice(at + 2))).toBeNull();
		}
	}
});

test('a letter too few, too many or not among ours is caught', () => {
	const code = newRecoveryCode();
	expect(parseRecoveryCode(code.slice(1))).toBeNull();
	expect(parseRecoveryCode(`${code}A`)).toBeNull();
	expect(parseRecoveryCode(`1${code.slice(1)}`)).toBeNull();
	expect(parseRecoveryCode('')).toBeNull();
});

test('the key is HKDF-SHA-256 of the letters', async () => {
	const code = newRecoveryCode();
	const salt = randomBytes(16);
	const material = Buffer.from(code.replaceAll('-', ''));
	const raw = hkdfSync('sha256', material, salt, 'schoolsleutel recovery', 32);
	const iv = new Uint8Array(12);
	const parameters = { name: 'AES-GCM', iv, additionalData: toUtf8('here') };
	const independent = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
	const dataKey = new Uint8Array(32).fill(7);
	const cipher = new Uint8Array(await crypto.subtle.encrypt(parameters, independent, dataKey));
	const wrapped = new Uint8Array([...iv, ...cipher]);
	const key = await keyFromRecoveryCode(code, salt);
	expect(await unwrapDataKey(key, wrapped, { place: 'here' })).not.toBeNull();
	const other = await keyFromRecoveryCode(newRecoveryCode(), salt);
	expect(await unwrapDataKey(other, wrapped, { place: 'here' })).toBeNull();
});

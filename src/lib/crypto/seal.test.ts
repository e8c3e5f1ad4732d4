import { expect, test } from 'vitest';
import { fromUtf8, toUtf8 } from './bytes.ts';
import { newDeviceKey } from './data-key.ts';
import { open, seal } from './seal.ts';
import { sha256 } from './digest.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));

test('AES-256-GCM is that of McGrew and Viega, test case 14', async () => {
	const key = await crypto.subtle.importKey('raw', new Uint8Array(32), 'AES-GCM', false, [
		'decrypt'
	]);
	const sealed = hex(
		'000000000000000000000000' + 'cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919'
	);
	expect(await open(key, sealed, '')).toEqual(new Uint8Array(16));
});

test('SHA-256 is that of FIPS 180-4', async () => {
	expect(await sha256(toUtf8('abc'))).toEqual(
		hex('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
	);
});

test('what was sealed for a place opens there, with that key, unchanged', async () => {
	const key = await newDeviceKey();
	const sealed = await seal(key, toUtf8('Łukasz'), 'pages/3');
	expect(fromUtf8(await open(key, sealed, 'pages/3'))).toBe('Łukasz');
	await expect(open(key, sealed, 'pages/4')).rejects.toThrow();
	await expect(open(await newDeviceKey(), sealed, 'pages/3')).rejects.toThrow();
	for (let at = 0; at < sealed.length; at++) {
		const changed = sealed.slice();
		changed[at] = (changed[at] ?? 0) ^ 1;
		await expect(open(key, changed, 'pages/3')).rejects.toThrow();
	}
});

test('sealing the same twice gives different bytes', async () => {
	const key = await newDeviceKey();
	const [one, other] = [await seal(key, toUtf8('a'), ''), await seal(key, toUtf8('a'), '')];
	expect(one).not.toEqual(other);
	expect(one.slice(0, 12)).not.toEqual(other.slice(0, 12));
});

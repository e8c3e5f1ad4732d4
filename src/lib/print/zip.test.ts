import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { makeZip, type ZipEntry } from './zip.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = 'stickers '.repeat(5000);
const entries: readonly ZipEntry[] = [
	{ name: 'a.pdf', bytes: bytes(text), deflate: true },
	{ name: 'folder/b.xlsx', bytes: bytes('stored'), deflate: false }
];

async function made(files: readonly ZipEntry[]) {
	const blob = await makeZip(files, '2026-11-21');
	return new Uint8Array(await blob.arrayBuffer());
}

describe('makeZip', () => {
	it('is read back by another program, deflated and stored, in order and without folders', async () => {
		const zip = await made(entries);
		const files = unzipSync(zip);
		expect(Object.keys(files)).toEqual(['a.pdf', 'folder/b.xlsx']);
		expect(new TextDecoder().decode(files['a.pdf'])).toBe(text);
		expect(new TextDecoder().decode(files['folder/b.xlsx'])).toBe('stored');
		expect(zip.length).toBeLessThan(600);
	});

	it('bears the date it was given, and is the same each time', async () => {
		const zip = await made(entries);
		const dosDate = new DataView(zip.buffer).getUint16(12, true);
		expect(dosDate).toBe(((2026 - 1980) << 9) | (11 << 5) | 21);
		expect(await made(entries)).toEqual(zip);
	});
});

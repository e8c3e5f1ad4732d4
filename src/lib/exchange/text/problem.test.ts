import { describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import { readRosterFiles } from '../file/read-roster-files.ts';
import { bytesOf, problemOf, readPeople, smallCsv, workbook, zip } from '../file/testing.ts';

function utf16(text: string): number[] {
	return [...text].flatMap((char) => [char.charCodeAt(0) & 0xff, char.charCodeAt(0) >> 8]);
}
const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

describe('a file of another kind', () => {
	it.each([
		['pdf', bytesOf('%PDF-1.7\n%âãÏÓ')],
		['image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0)],
		['image', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 0x10)],
		['oldExcel', Uint8Array.of(...ole, ...utf16('Workbook'))],
		['word', Uint8Array.of(...ole, ...utf16('WordDocument'))],
		['word', zip({ 'word/document.xml': '<w/>' })],
		['openDocument', zip({ mimetype: 'application/vnd.oasis', 'content.xml': '<o/>' })],
		['otherZip', zip({ 'foto.jpg': Uint8Array.of(0xff, 0xd8, 0xff) })],
		['html', bytesOf('<!DOCTYPE html><html><table></table></html>')],
		['html', bytesOf('<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table>')],
		['json', bytesOf('[{"naam": "Maes"}]')],
		['unknown', Uint8Array.from({ length: 600 }, (_, index) => (index * 37) % 256)]
	])('is named: %s', (found, bytes) => {
		expect(problemOf(bytes, 'leerlingen.csv')).toEqual({
			code: 'otherKind',
			file: 'leerlingen.csv',
			found
		});
	});

	it('is named after what it holds when it asks for a password', () => {
		const encrypted = Uint8Array.of(...ole, 0, 0, ...utf16('EncryptedPackage'));
		expect(problemOf(encrypted)).toMatchObject({ code: 'passwordProtected' });
		const locked = zip({ 'users.csv': smallCsv });
		// The flag stands in the local header and in the directory.
		locked[6] = 1;
		const directory = locked.findIndex((_, at) => locked[at] === 0x50 && locked[at + 2] === 1);
		locked[directory + 8] = 1;
		expect(problemOf(locked)).toMatchObject({ code: 'passwordProtected' });
	});

	it('is nothing at all', () => {
		expect(problemOf(new Uint8Array())).toMatchObject({ code: 'empty' });
		expect(problemOf(bytesOf('  \n\n'))).toMatchObject({ code: 'empty' });
		expect(problemOf(bytesOf('Beste ouders'))).toMatchObject({ code: 'noTable' });
		expect(problemOf(bytesOf('Stamnummer;Naam\n'))).toMatchObject({ code: 'noTable' });
		expect(readRosterFiles([])).toMatchObject({ refusal: { code: 'noFiles' } });
	});
});

describe('a file too large', () => {
	it('is refused before it is read', () => {
		const bytes = new Uint8Array(60_000_001);
		expect(problemOf(bytes)).toMatchObject({ code: 'tooLarge', megabytes: 61, maxMegabytes: 60 });
	});

	const zeros = new Uint8Array(30_000_000);
	const bomb = zipSync(
		Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`${index}.csv`, zeros])),
		{ level: 9 }
	);

	it('is refused when it says how large it unpacks', () => {
		expect(bomb.length).toBeLessThan(500_000);
		expect(problemOf(bomb)).toMatchObject({ code: 'expandsTooMuch', maxMegabytes: 400 });
	});

	it('is refused when it lies about it', () => {
		const liar = bomb.slice();
		const view = new DataView(liar.buffer);
		for (let at = 0; at + 46 < liar.length; at++) {
			if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1_000, true);
		}
		expect(problemOf(liar)).toMatchObject({ code: 'broken', kind: 'zip' });
	});

	it('is refused with more files in it than anything has', () => {
		const many = Object.fromEntries(
			Array.from({ length: 2_001 }, (_, index) => [`${index}.csv`, bytesOf('a')])
		);
		expect(problemOf(zipSync(many))).toMatchObject({ code: 'expandsTooMuch' });
	});
});

describe('a broken file', () => {
	const good = workbook({
		sheets: {
			Blad1: `<row>${['Stamnummer', 'Naam'].map((text) => `<c t="str"><v>${text}</v></c>`).join('')}</row>${'<row><c><v>1</v></c><c t="str"><v>Maes</v></c></row>'.repeat(50)}`
		}
	});

	it('is read while it is whole', () => {
		expect(readPeople(good).pupils).toHaveLength(50);
	});

	it('is refused when it is cut off', () => {
		for (const part of [0.2, 0.5, 0.9, 0.99]) {
			const cut = good.slice(0, Math.floor(good.length * part));
			expect(problemOf(cut)).toMatchObject({ code: 'broken' });
		}
	});

	it('is refused when a bit of its content was changed on the way', () => {
		const changed = good.slice();
		const at = new TextDecoder('latin1').decode(good).indexOf('sheets/s0.xml') + 40;
		changed[at] = (changed[at] ?? 0) ^ 4;
		expect(problemOf(changed)).toMatchObject({ code: 'broken', kind: 'Excel' });
	});
});

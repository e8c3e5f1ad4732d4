import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectDelimiter, parseCsv } from './csv.ts';
import { bytesOf, problemOf, readPeople, readTables, smallCsv } from '../file/testing.ts';

/** Windows-1252 of characters below 256. */
function windows1252(text: string): Uint8Array {
	return Uint8Array.from(text, (char) => (char === '€' ? 0x80 : char.charCodeAt(0)));
}

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
	const bytes = new Uint8Array((text.length + (mark ? 1 : 0)) * 2);
	const view = new DataView(bytes.buffer);
	[...(mark ? '\ufeff' : ''), ...text].forEach((char, index) =>
		view.setUint16(index * 2, char.charCodeAt(0), littleEndian)
	);
	return bytes;
}

describe('encodings', () => {
	it.each([
		['UTF-8', bytesOf(smallCsv)],
		['UTF-8 with a byte order mark', bytesOf(`\ufeff${smallCsv}`)],
		['Windows-1252', windows1252(smallCsv)],
		['UTF-16 LE', utf16(smallCsv, true, true)],
		['UTF-16 BE', utf16(smallCsv, false, true)],
		['UTF-16 LE without a mark', utf16(smallCsv, true, false)],
		['UTF-16 BE without a mark', utf16(smallCsv, false, false)]
	])('reads %s', (_, bytes) => {
		expect(readPeople(bytes).pupils).toMatchObject([
			{ pupilNumber: '1', givenName: 'Aylin', familyName: 'Peeters', groupName: '3A' },
			{ pupilNumber: '2', givenName: 'Zoë', familyName: 'Öz', groupName: '3B' }
		]);
	});

	it('refuses a file of which a part is in another encoding, with the line', () => {
		const good = bytesOf(`${smallCsv}3;Chloé;Weiß;3B\r\n4;Jérôme;Şahin;3B\r\n`);
		const bytes = new Uint8Array([...good, ...windows1252('5;Renée;Maes;3B\r\n')]);
		expect(problemOf(bytes)).toEqual({ code: 'mixedEncoding', file: 'bestand', line: 6 });
	});
});

describe('delimiters', () => {
	it.each([';', ',', '\t', '|'])('finds %j', (delimiter) => {
		expect(detectDelimiter(smallCsv.replaceAll(';', delimiter))).toBe(delimiter);
		expect(readPeople(smallCsv.replaceAll(';', delimiter)).pupils).toHaveLength(2);
	});

	it('is not misled by commas in names and addresses', () => {
		const text = 'Stamnummer;Naam\n1;Berg, Jan van der\n2;"Peeters; Aylin, Bo"\n3;Maes, Els\n';
		expect(detectDelimiter(text)).toBe(';');
	});

	it('obeys the first line that Excel writes, and counts it', () => {
		const { tables } = readTables(bytesOf(`sep=,\nStamnummer,Voornaam,Naam\n1,Aylin,Peeters\n`));
		expect(tables[0]?.lineNumbers).toEqual([3]);
	});
});

describe('rows', () => {
	it('knows the line of a row behind a cell of several lines', () => {
		const text = 'Stamnummer;Naam;Voornaam\n1;"Pee\nters";Aylin\n2;Öz;Bo';
		const { tables } = readTables(bytesOf(text));
		expect(tables[0]?.lineNumbers).toEqual([2, 4]);
		expect(tables[0]?.rows[0]).toEqual(['1', 'Pee ters', 'Aylin']);
	});

	it('finds headings below a title, and leaves out totals and repeated headings', () => {
		const text = [
			'Leerlingenlijst;;',
			'Afgedrukt op 21-11-2026;;',
			';;',
			'Stamnummer;Voornaam;Naam',
			'1;Aylin;Peeters',
			';;',
			'Stamnummer;Voornaam;Naam',
			'2;Bo;Maes',
			'Totaal: 2;;'
		].join('\n');
		const [table] = readTables(bytesOf(text)).tables;
		expect(table?.lineNumbers).toEqual([5, 8]);
		expect(table?.leftOut).toMatchObject([
			{ reason: 'total', lines: [9] },
			{ reason: 'repeatedHeading', lines: [7] }
		]);
	});

	it('takes ragged rows, and no row for headings in a file without any', () => {
		const [table] = readTables(bytesOf('60351;Aylin;Peeters\n60352;Bo\n')).tables;
		expect(table?.headings).toEqual(['', '', '']);
		expect(table?.rows).toEqual([
			['60351', 'Aylin', 'Peeters'],
			['60352', 'Bo']
		]);
	});

	it('says where a quotation mark is never closed', () => {
		expect(problemOf(bytesOf('Stamnummer;Naam\n1;"Peeters\n2;Maes\n'))).toMatchObject({
			code: 'quoteNotClosed',
			line: 2
		});
	});

	it('says where a cell is longer than any cell of a spreadsheet', () => {
		const text = `Stamnummer;Naam\n1;Maes\n2;${'x'.repeat(40_000)}\n`;
		expect(problemOf(bytesOf(text))).toMatchObject({ code: 'cellTooLong', line: 3 });
	});

	it('refuses more rows than a school has', () => {
		const text = `Stamnummer;Naam\n${'1;x\n'.repeat(200_001)}`;
		expect(problemOf(bytesOf(text))).toMatchObject({ code: 'tooManyRows', max: 200_000 });
	});

	it('reads back any cells, and the line that each row starts at', () => {
		const cell = fc.string({ unit: fc.constantFrom('a', 'é', ';', '"', '\n', ' ', "'") });
		const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 });
		fc.assert(
			fc.property(rows, (cells) => {
				const quoted = cells.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`));
				const lines = quoted.map((row) => row.join(';'));
				const parsed = parseCsv(lines.join('\r\n'), ';');
				if (!parsed.ok) throw new Error(parsed.refusal.code);
				expect(parsed.value.rows).toEqual(cells);
				let line = 1;
				for (const [index, text] of lines.entries()) {
					expect(parsed.value.lines[index]).toBe(line);
					line += text.split('\n').length;
				}
			})
		);
	});
});

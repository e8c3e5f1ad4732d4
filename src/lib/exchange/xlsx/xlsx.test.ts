import { describe, expect, it } from 'vitest';
import { problemOf, readPeople, readTables, workbook } from '../file/testing.ts';

const cell = (ref: string, text: string) =>
	`<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
const headings = `<row r="1">${cell('A1', 'Stamnummer')}${cell('B1', 'Naam')}${cell('C1', 'Geboortedatum')}</row>`;

describe('cells', () => {
	it('are texts, numbers and dates as a person sees them', () => {
		const bytes = workbook({
			strings:
				'<si><t>Stamnummer</t></si><si><t>Voornaam</t></si><si><t>Naam</t></si><si><t>Geboortedatum</t></si>' +
				'<si><t>Postcode</t></si><si><r><t>Ay</t></r><r><t>lin</t></r><rPh><t>no</t></rPh></si>',
			styles:
				'<numFmts><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/><numFmt numFmtId="165" formatCode="00000"/></numFmts>' +
				'<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs>',
			sheets: {
				Blad1:
					'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c><c r="E1" t="s"><v>4</v></c></row>' +
					'<row r="3"><c r="A3" s="3"><v>123</v></c><c r="B3" t="s"><v>5</v></c><c r="C3" t="str"><v>Peeters</v></c><c r="D3" s="1"><v>40489</v></c><c r="E3"><v>9000</v></c></row>' +
					'<row><c><v>6.0351E4</v></c><c t="inlineStr"><is><t>Bo &amp; Cem</t></is></c><c t="e"><v>#N/A</v></c><c s="2"><v>40489.5</v></c></row>'
			}
		});
		const [table] = readTables(bytes).tables;
		expect(table?.lineNumbers).toEqual([3, 4]);
		expect(table?.rows).toEqual([
			['00123', 'Aylin', 'Peeters', '2010-11-07', '9000'],
			['60351', 'Bo & Cem', '', '2010-11-07']
		]);
	});

	it('know the system of 1904, and a day number in a cell without a format', () => {
		const bytes = workbook({
			workbookPr: '<workbookPr date1904="1"/>',
			styles: '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
			sheets: {
				Blad1: `${headings}<row><c><v>1</v></c>${cell('B2', 'Maes')}<c s="1"><v>39027</v></c></row><row><c><v>2</v></c>${cell('B3', 'Öz')}<c><v>40489</v></c></row>`
			}
		});
		expect(readPeople(bytes).pupils.map(({ birthDate }) => birthDate)).toEqual([
			'2010-11-07',
			'2010-11-07'
		]);
	});

	it('may have a prefix on every element, as some packages write', () => {
		const bytes = workbook({
			sheets: {
				Blad1: `${headings}<row><c><v>1</v></c>${cell('B2', 'Maes')}</row>`.replace(
					/<(\/?)(row|c|v|is|t)\b/g,
					'<$1x:$2'
				)
			}
		});
		expect(readPeople(bytes).pupils).toHaveLength(1);
	});
});

describe('sheets', () => {
	const people = (number: string) =>
		`<row r="1">${cell('A1', 'Stamnummer')}${cell('B1', 'Naam')}</row><row>${cell('A2', number)}${cell('B2', 'Maes')}</row>`;

	it('are read up to the first with a table', () => {
		const { tables } = readTables(
			workbook({ sheets: { Leeg: '', Data: people('1'), Oud: people('2') } })
		);
		expect(tables.map(({ sheet }) => sheet)).toEqual(['Data']);
	});

	it('are read together where they are named after people', () => {
		const parents = `<row>${cell('A1', 'Leerlingnummer')}${cell('B1', 'Achternaam')}</row><row>${cell('A2', '1')}${cell('B2', 'Maes')}</row>`;
		const bytes = workbook({
			sheets: { Info: people('9'), Leerlingen: people('1'), Ouders: parents }
		});
		const { tables } = readTables(bytes);
		expect(tables.map(({ sheet, subject }) => [sheet, subject])).toEqual([
			['Leerlingen', 'pupil'],
			['Ouders', 'guardian']
		]);
		expect(readPeople(bytes)).toMatchObject({
			format: 'Excel',
			pupils: [{ pupilNumber: '1' }],
			guardians: [{ familyName: 'Maes' }]
		});
	});

	it('are read from the one that is named after people, before any other', () => {
		const { tables } = readTables(
			workbook({ sheets: { Info: people('9'), Leerlingen: people('1') } })
		);
		expect(tables.map(({ sheet }) => sheet)).toEqual(['Leerlingen']);
	});

	it('say when there are more rows than a school has', () => {
		const rows = '<row><c><v>1</v></c></row>'.repeat(200_001);
		expect(problemOf(workbook({ sheets: { Blad1: rows } }))).toMatchObject({ code: 'tooManyRows' });
	}, 30_000);

	it('do not fill memory with empty cells before one far to the right', () => {
		const rows = `<row>${cell('A1', 'Stamnummer')}<c r="XFD1"><v>1</v></c></row>`.repeat(1_000);
		expect(problemOf(workbook({ sheets: { Blad1: rows } }))).toMatchObject({ code: 'noTable' });
	});
});

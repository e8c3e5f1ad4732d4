import { strToU8, zipSync } from 'fflate';
import writeExcelFile from 'write-excel-file/universal';
import type { WrittenTable } from '../table/people-table.ts';
import { readRosterFiles } from './read-roster-files.ts';
import { rosterFromTables } from '../table/roster-from-tables.ts';

/** Files, and what is read of them, for the tests of this folder. */

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

function readBytes(bytes: Uint8Array, name = 'bestand') {
	return readRosterFiles([{ name, bytes }]);
}

export function readTables(bytes: Uint8Array, name?: string) {
	const read = readBytes(bytes, name);
	if (!read.ok) throw new Error(`refused: ${JSON.stringify(read.refusal)}`);
	if (read.value.kind !== 'tables') throw new Error('no tables');
	return read.value;
}

export function readPeople(input: Uint8Array | string, name?: string) {
	const bytes = typeof input === 'string' ? bytesOf(input) : input;
	const read = readBytes(bytes, name);
	if (!read.ok) throw new Error(`refused: ${JSON.stringify(read.refusal)}`);
	const { value } = read;
	return value.kind === 'roster' ? value.roster : rosterFromTables(value.tables, value.mappings);
}

export function problemOf(bytes: Uint8Array, name?: string) {
	const read = readBytes(bytes, name);
	return read.ok ? null : read.refusal;
}

interface SheetParts {
	/** The `sheetData` of each sheet, by name. */
	readonly sheets: Readonly<Record<string, string>>;
	readonly strings?: string;
	readonly styles?: string;
	readonly workbookPr?: string;
}

/** A workbook of raw XML, for what no writer of ours would write. */
export function workbook({ sheets, strings, styles, workbookPr = '' }: SheetParts): Uint8Array {
	const names = Object.keys(sheets);
	const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
	const files: Record<string, string> = {
		'xl/workbook.xml': `<workbook ${main} xmlns:r="r">${workbookPr}<sheets>${names
			.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="r${index}"/>`)
			.join('')}</sheets></workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships>${names
			.map((_, index) => `<Relationship Id="r${index}" Target="worksheets/s${index}.xml"/>`)
			.join('')}</Relationships>`
	};
	names.forEach((name, index) => {
		const data = sheets[name] ?? '';
		files[`xl/worksheets/s${index}.xml`] =
			`<worksheet ${main}><sheetData>${data}</sheetData></worksheet>`;
	});
	if (strings) files['xl/sharedStrings.xml'] = `<sst ${main}>${strings}</sst>`;
	if (styles) files['xl/styles.xml'] = `<styleSheet ${main}>${styles}</styleSheet>`;
	return zip(files);
}

/** A workbook as another program writes it. */
export async function foreignWorkbook(
	tables: readonly WrittenTable[]
): Promise<Uint8Array<ArrayBuffer>> {
	const sheets = tables.map(({ name, headings, rows }) => ({
		sheet: name,
		data: [headings, ...rows].map((row) =>
			row.map((value) => (value === '' ? null : { type: String, value }))
		)
	}));
	return new Uint8Array(await (await writeExcelFile(sheets).toBlob()).arrayBuffer());
}

export function zip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
	const entries: Record<string, Uint8Array> = {};
	for (const [name, content] of Object.entries(files)) {
		entries[name] = typeof content === 'string' ? strToU8(content) : content;
	}
	return zipSync(entries);
}

export const smallCsv = 'Stamnummer;Voornaam;Naam;Klas\r\n1;Aylin;Peeters;3A\r\n2;Zoë;Öz;3B\r\n';

import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { makeZip, type ZipEntry } from './zip.ts';

/**
 * A workbook (ECMA-376) in which every cell is text. Packages that write workbooks start workers from
 * blob addresses to compress them, which the content security policy forbids.
 */
export interface Workbook {
	readonly sheets: readonly Sheet[];
	readonly date: IsoDate;
}

export interface Sheet {
	readonly name: string;
	/** In characters. */
	readonly columnWidths: readonly number[];
	/** The first row is the header: bold, and it stays in sight. */
	readonly rows: Iterable<readonly string[]>;
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const textStyle = 1;
const headerStyle = 2;
/**
 * Number format 49 is *text*: what starts with `=` stays text also after somebody edits the cell.
 * `quotePrefix` says the same to whoever pastes it elsewhere.
 */
const styles =
	`<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>` +
	'<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
	'<fills count="2"><fill><patternFill patternType="none"/></fill>' +
	'<fill><patternFill patternType="gray125"/></fill></fills>' +
	'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
	'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
	'<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
	'<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>' +
	'<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>' +
	'</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
	'</styleSheet>';

export function makeWorkbook({ sheets, date }: Workbook): Promise<Blob> {
	const encoder = new TextEncoder();
	const entries = [...packageParts(sheets), ...sheets.map(sheetPart)].map(
		([name, body]): ZipEntry => {
			return { name, bytes: encoder.encode(xml + body), deflate: true };
		}
	);
	return makeZip(entries, date);
}

type Part = readonly [name: string, body: string];

/** Everything but the sheets themselves. Relation 1 … n are the sheets, the last is the styles. */
function packageParts(sheets: readonly Sheet[]): Part[] {
	const override = (part: string, type: string) =>
		`<Override PartName="/${part}" ContentType="${sheetType}.${type}+xml"/>`;
	const relation = (id: number, type: string, target: string) =>
		`<Relationship Id="rId${id}" Type="${relations}/${type}" Target="${target}"/>`;
	const numbered = sheets.map(({ name }, index) => ({ name: escape(name), number: index + 1 }));
	return [
		[
			'[Content_Types].xml',
			'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
				'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
				'<Default Extension="xml" ContentType="application/xml"/>' +
				override('xl/workbook.xml', 'sheet.main') +
				numbered.map(({ number }) => override(sheetPath(number), 'worksheet')).join('') +
				`${override('xl/styles.xml', 'styles')}</Types>`
		],
		[
			'_rels/.rels',
			`<Relationships xmlns="${packageRelations}">` +
				`${relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>`
		],
		[
			'xl/workbook.xml',
			`<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>` +
				numbered
					.map(
						({ name, number }) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`
					)
					.join('') +
				'</sheets></workbook>'
		],
		[
			'xl/_rels/workbook.xml.rels',
			`<Relationships xmlns="${packageRelations}">` +
				numbered
					.map(({ number }) => relation(number, 'worksheet', `worksheets/sheet${number}.xml`))
					.join('') +
				`${relation(numbered.length + 1, 'styles', 'styles.xml')}</Relationships>`
		],
		['xl/styles.xml', styles]
	];
}

function sheetPath(number: number): string {
	return `xl/worksheets/sheet${number}.xml`;
}

function sheetPart(sheet: Sheet, index: number): Part {
	return [sheetPath(index + 1), sheetXml(sheet)];
}

/** 0 → `A`, 25 → `Z`, 26 → `AA`. */
function columnName(index: number): string {
	const before = index < 26 ? '' : columnName(Math.floor(index / 26) - 1);
	return before + String.fromCharCode(65 + (index % 26));
}

function sheetXml({ columnWidths, rows }: Sheet): string {
	const columns = columnWidths.map((width, i) => {
		return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`;
	});
	let body = '';
	let at = 0;
	for (const row of rows) {
		at++;
		const style = at === 1 ? headerStyle : textStyle;
		body += `<row r="${at}">`;
		row.forEach((value, i) => {
			if (value === '') return;
			const cell = `${columnName(i)}${at}`;
			body += `<c r="${cell}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`;
		});
		body += '</row>';
	}
	return (
		`<worksheet xmlns="${main}"><sheetViews><sheetView workbookViewId="0">` +
		'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
		`<cols>${columns.join('')}</cols><sheetData>${body}</sheetData></worksheet>`
	);
}

/** The characters that XML 1.0 cannot hold. */
const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const entities: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	// Parsers turn a bare one into a line feed.
	'\r': '&#13;'
};

function escape(text: string): string {
	return text.replace(notInXml, '').replace(/[&<>"\r]/g, (c) => entities[c] ?? c);
}

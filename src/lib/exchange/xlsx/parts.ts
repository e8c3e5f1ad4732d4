import { XmlReader } from '../text/xml.ts';

/** A sheet of a workbook, by its name and where it stands in the zip. */
export interface SheetRef {
	readonly name: string;
	readonly path: string;
}

export interface Workbook {
	readonly sheets: readonly SheetRef[];
	readonly from1904: boolean;
}

/** Reads `xl/workbook.xml` and its relations; null: broken. Hidden sheets are left out. */
export function readWorkbook(workbook: string, relations: string): Workbook | null {
	const targets = new Map<string, string>();
	const relationsRead = read(relations, (name, attributes) => {
		if (name === 'Relationship') targets.set(attributes['Id'] ?? '', attributes['Target'] ?? '');
	});
	const sheets: SheetRef[] = [];
	let from1904 = false;
	const workbookRead = read(workbook, (name, attributes) => {
		if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes['date1904'] ?? '');
		if (name !== 'sheet' || /hidden/i.test(attributes['state'] ?? '')) return;
		const id = Object.entries(attributes).find(([key]) => /(^|:)id$/.test(key))?.[1];
		const target = targets.get(id ?? '');
		if (target) sheets.push({ name: attributes['name'] ?? '', path: pathOf(target) });
	});
	return relationsRead && workbookRead ? { sheets, from1904 } : null;
}

function pathOf(target: string): string {
	return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

function read(
	xml: string,
	open: (name: string, attributes: Readonly<Record<string, string>>) => void
): boolean {
	const nothing = () => undefined;
	const reader = new XmlReader({ open, text: nothing, close: nothing });
	return reader.write(xml) && reader.close();
}

/** How the cells of a style are written. */
export type CellFormat = 'plain' | 'date' | { readonly digits: number };

/** Reads `xl/styles.xml`: the format of each cell style, in order. null: broken. */
export function readCellFormats(styles: string): readonly CellFormat[] | null {
	const codes = new Map<number, string>();
	const formats: CellFormat[] = [];
	let inCells = false;
	const reader = new XmlReader({
		open(name, attributes) {
			if (name === 'numFmt') {
				codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
			}
			if (name === 'cellXfs') inCells = true;
			if (name === 'xf' && inCells) {
				const id = Number(attributes['numFmtId'] ?? 0);
				formats.push(formatOf(id, codes.get(id)));
			}
		},
		text: () => undefined,
		close(name) {
			if (name === 'cellXfs') inCells = false;
		}
	});
	return reader.write(styles) && reader.close() ? formats : null;
}

/** ECMA-376 18.8.30: the built-in formats 14–22 are dates and times, the others vary by language. */
function formatOf(id: number, code: string | undefined): CellFormat {
	if (code === undefined) {
		const isDate =
			(id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
		return isDate ? 'date' : 'plain';
	}
	const bare = code
		.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '')
		.split(';', 1)
		.join('');
	if (/[dy]/i.test(bare)) return 'date';
	// `00000`: the leading zeros of a number that is no amount.
	return /^[0\s-]*0{2,}[0\s-]*$/.test(bare)
		? { digits: bare.replace(/[^0]/g, '').length }
		: 'plain';
}

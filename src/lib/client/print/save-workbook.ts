import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { makeWorkbook } from '#lib/print/workbook.ts';
import { saveFile } from '../browser/save-file.ts';

/** A table as a sheet of an Excel file; every cell is text, so that none is taken for a formula. */
export interface SavedTable {
	readonly name: string;
	readonly headings: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

/** In characters. */
const narrowest = 8;
const widest = 60;

/** Hands tables to the browser as one Excel file, a sheet each. `name` is without its ending. */
export async function saveWorkbook(
	tables: readonly SavedTable[],
	{ name, date }: { readonly name: string; readonly date: IsoDate }
): Promise<void> {
	const sheets = tables.map((table) => ({
		name: table.name,
		columnWidths: table.headings.map((heading, column) => widthOf(heading, table.rows, column)),
		rows: [table.headings, ...table.rows]
	}));
	saveFile(await makeWorkbook({ sheets, date }), `${name}.xlsx`);
}

/** By the heading and the first rows. */
function widthOf(heading: string, rows: SavedTable['rows'], column: number): number {
	const lengths = rows.slice(0, 200).map((row) => row[column]?.length ?? 0);
	return Math.min(widest, Math.max(narrowest, heading.length, ...lengths) + 2);
}

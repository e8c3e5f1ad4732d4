import writeExcelFile from 'write-excel-file/universal';
import { bulkRoster } from '../../support/bulk-roster.ts';
import { rosterToTable } from '../../support/roster-table.ts';

/** A school as an Excel workbook of an administration package: a pupil a row, guardians in it. */
export async function rosterXlsx(pupils: number): Promise<Buffer> {
	const rows = rosterToTable(bulkRoster({ pupils })).map((row) =>
		row.map((value) => ({ value, type: String }))
	);
	const blob = await writeExcelFile(rows).toBlob();
	return Buffer.from(await blob.arrayBuffer());
}

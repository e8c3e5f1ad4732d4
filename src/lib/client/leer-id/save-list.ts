import type { DeskRow } from '#lib/domain/leer-id/desk.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { saveWorkbook } from '../print/save-workbook.ts';

/** Hands the list of pupils to the browser as an Excel file, in the order shown. */
export async function savePupilList(
	rows: readonly DeskRow[],
	date: IsoDate,
	texts: { readonly status: (row: DeskRow) => string; readonly type: (row: DeskRow) => string }
): Promise<void> {
	const columns: readonly (readonly [heading: string, text: (row: DeskRow) => string])[] = [
		[m.desk_pupil_number(), (row) => row.pupilNumber],
		[m.desk_given_name(), (row) => row.givenName],
		[m.desk_family_name(), (row) => row.surname],
		[m.desk_group(), (row) => row.groupName],
		[m.desk_status(), texts.status],
		[m.desk_type(), texts.type]
	];
	const table = {
		name: m.desk_nav_pupils(),
		headings: columns.map(([heading]) => heading),
		rows: rows.map((row) => columns.map(([, text]) => text(row)))
	};
	await saveWorkbook([table], { name: m.desk_list_file(), date });
}

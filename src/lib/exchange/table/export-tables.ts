import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { pupilTable, staffTable, templateTables, type WrittenTable } from './people-table.ts';
import { schoolPeople } from './school-people.ts';

/** The pupils with their guardians as CSV: UTF-8 with a byte order mark, `;`, CRLF. */
export function pupilsToCsv(state: StateReader, today: IsoDate): Uint8Array<ArrayBuffer> {
	return toCsv(pupilTable(schoolPeople(state, today).pupils));
}

/** The pupils with their guardians, and the staff: the two sheets of a workbook. */
export function peopleTables(state: StateReader, today: IsoDate): readonly WrittenTable[] {
	const { pupils, staff } = schoolPeople(state, today);
	return [pupilTable(pupils), staffTable(staff)];
}

/** An empty table with the headings that are recognised. */
export function templateCsv(): Uint8Array<ArrayBuffer> {
	const [pupils] = templateTables();
	return pupils ? toCsv(pupils) : new Uint8Array();
}

function toCsv({ headings, rows }: WrittenTable): Uint8Array<ArrayBuffer> {
	const lines = [headings, ...rows].map((row) => row.map(csvCell).join(';'));
	return new TextEncoder().encode(`\ufeff${lines.join('\r\n')}\r\n`);
}

/** A text that a spreadsheet would run as a formula gets a `'` before it, which an import takes off. */
function csvCell(text: string): string {
	const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

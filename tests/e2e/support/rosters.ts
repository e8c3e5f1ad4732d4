import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Roster } from '#lib/domain/import/roster.ts';
import { bulkRoster } from '../../support/bulk-roster.ts';
import { rosterToTable, tableToCsv, windows1252Bytes } from '../../support/roster-table.ts';

/** A file as Playwright hands it to a page. */
export interface ChosenFile {
	name: string;
	mimeType: string;
	buffer: Buffer;
}

const oneRosterFolder = fileURLToPath(new URL('../../fixtures/oneroster/', import.meta.url));

/** The example set of OneRoster 1.1: three pupils, a parent and two teachers. */
export const oneRosterFiles: string[] = readdirSync(oneRosterFolder).map(
	(name) => oneRosterFolder + name
);

/** The year in which a school year began that a date is in. */
function schoolYearOf(date: Date): number {
	return date.getMonth() >= 8 ? date.getFullYear() : date.getFullYear() - 1;
}

/** A school of so many pupils, enrolled on that date. */
export function rosterOn(date: Date, pupils: number): Roster {
	return bulkRoster({ pupils, year: schoolYearOf(date) });
}

/** A roster as an old administration package exports it: `;` and Windows-1252. */
export function csvFile(roster: Roster, name = 'leerlingen.csv'): ChosenFile {
	return bytesFile(name, windows1252Bytes(tableToCsv(rosterToTable(roster))));
}

/** A text as a file, in UTF-8. */
export function textFile(name: string, text: string): ChosenFile {
	return bytesFile(name, new TextEncoder().encode(text));
}

export function bytesFile(name: string, bytes: Uint8Array): ChosenFile {
	return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
}

import type { ImportSubject } from '#lib/domain/import/plan.ts';

/** A sheet or a CSV file, as text, before anybody says what its columns mean. */
export interface Table {
	readonly file: string;
	/** The sheet's name; null for CSV. */
	readonly sheet: string | null;
	/** From the name of the file or sheet and its headings; can be changed. */
	readonly subject: ImportSubject;
	/** As in the file. All empty where the file has none. */
	readonly headings: readonly string[];
	/** Trimmed; a row ends at its last filled cell. A date in Excel is `2010-11-07`. */
	readonly rows: readonly (readonly string[])[];
	/** Of each row, from 1. */
	readonly lineNumbers: readonly number[];
	readonly leftOut: readonly LeftOut[];
}

/** Rows that are not imported, said so that nobody has to wonder. */
export interface LeftOut {
	readonly reason: LeftOutReason;
	readonly count: number;
	/** The first hundred. */
	readonly lines: readonly number[];
	readonly file: string;
}

export type LeftOutReason =
	/** *Totaal: 412*. */
	| 'total'
	/** The headings once more, as on a printed page. */
	| 'repeatedHeading'
	/** OneRoster: status `tobedeleted` or `inactive`. */
	| 'notActive'
	/** OneRoster: a user with no role that is imported. */
	| 'otherRole'
	/** OneRoster: a link to somebody who is not in the file, or is no parent. */
	| 'linkWithoutPerson';

import type { ImportSubject } from '#lib/domain/import/plan.ts';
import type { Roster } from '#lib/domain/import/roster.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { limits } from '#lib/exchange/text/limits.ts';
import { suggestMapping, type ColumnMapping } from '#lib/exchange/table/mapping.ts';
import type { FileProblem } from '#lib/exchange/text/problem.ts';
import { readRosterFiles } from '#lib/exchange/file/read-roster-files.ts';
import { rosterFromTables } from '#lib/exchange/table/roster-from-tables.ts';
import type { LeftOut, Table } from '#lib/exchange/table/table.ts';

/** A table as the page shows it; its rows stay in the worker. */
export interface TableSummary {
	readonly file: string;
	/** The sheet's name; null for CSV. */
	readonly sheet: string | null;
	readonly subject: ImportSubject;
	readonly headings: readonly string[];
	readonly rowCount: number;
	/** For each column its first few different values. */
	readonly samples: readonly (readonly string[])[];
	readonly leftOut: readonly LeftOut[];
	/** The meanings that the headings suggest, were the rows about these. */
	readonly suggestions: Readonly<Record<ImportSubject, ColumnMapping>>;
}

/** The contents of the files that were chosen. */
export type ReadFiles =
	| { readonly kind: 'tables'; readonly tables: readonly TableSummary[] }
	/** A format that says itself what everything means. */
	| { readonly kind: 'roster'; readonly leftOut: readonly LeftOut[] };

export type ReadProblem =
	| FileProblem
	/** The file was moved, removed or locked since it was chosen. */
	| { readonly code: 'notReadable'; readonly file: string };

const samplesShown = 3;

/** Reads files that were chosen, and makes a roster of their tables. Plain functions, for a worker. */
export class ImportWork {
	#tables: readonly Table[] = [];
	#roster: Roster | null = null;

	async read(files: readonly File[]): Promise<Result<ReadFiles, ReadProblem>> {
		const size = files.reduce((sum, file) => sum + file.size, 0);
		// Before they are in memory: somebody may choose a film.
		if (size > limits.bytes) return refuse(tooLarge(files[0]?.name ?? '', size));
		const inputs: { name: string; bytes: Uint8Array }[] = [];
		for (const file of files) {
			try {
				inputs.push({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
			} catch {
				return refuse({ code: 'notReadable', file: file.name });
			}
		}
		const parsed = readRosterFiles(inputs);
		if (!parsed.ok) return parsed;
		const { value } = parsed;
		if (value.kind === 'roster') {
			this.#roster = value.roster;
			return ok({ kind: 'roster', leftOut: value.leftOut });
		}
		this.#tables = value.tables;
		return ok({ kind: 'tables', tables: value.tables.map(summaryOf) });
	}

	/** @param mappings One for each table that was read; null leaves the table out. */
	roster(mappings: readonly (ColumnMapping | null)[]): Roster {
		if (this.#roster) return this.#roster;
		const chosen = this.#tables.flatMap((table, index) => {
			const mapping = mappings[index];
			return mapping ? [{ table, mapping }] : [];
		});
		return rosterFromTables(
			chosen.map(({ table }) => table),
			chosen.map(({ mapping }) => mapping)
		);
	}
}

/** Some of the people of a roster. */
export type RosterPart = Omit<Roster, 'format'>;

/** People in one message: a page takes in more of them only with a stutter. */
const partSize = 500;

/** A roster in parts, to be sent one after the other. */
export function* partsOf({ pupils, guardians, staff }: Roster): Generator<RosterPart> {
	const none: RosterPart = { pupils: [], guardians: [], staff: [] };
	for (const part of slices(pupils)) yield { ...none, pupils: part };
	for (const part of slices(guardians)) yield { ...none, guardians: part };
	for (const part of slices(staff)) yield { ...none, staff: part };
}

function* slices<T>(items: readonly T[]): Generator<readonly T[]> {
	for (let at = 0; at < items.length; at += partSize) yield items.slice(at, at + partSize);
}

function tooLarge(file: string, bytes: number): FileProblem {
	const megabyte = 1_000_000;
	const megabytes = Math.ceil(bytes / megabyte);
	return { code: 'tooLarge', file, megabytes, maxMegabytes: limits.bytes / megabyte };
}

function summaryOf(table: Table): TableSummary {
	const { file, sheet, subject, headings, rows, leftOut } = table;
	return {
		...{ file, sheet, subject, headings, leftOut },
		rowCount: rows.length,
		samples: headings.map((_, column) => samplesOf(rows, column)),
		suggestions: {
			pupil: suggestMapping(table, 'pupil'),
			guardian: suggestMapping(table, 'guardian'),
			staff: suggestMapping(table, 'staff')
		}
	};
}

function samplesOf(rows: Table['rows'], column: number): string[] {
	const samples = new Set<string>();
	for (const row of rows) {
		const value = row[column] ?? '';
		if (value !== '') samples.add(withoutNationalNumber(value));
		if (samples.size === samplesShown) break;
	}
	return [...samples];
}

/** National numbers are in no list (facts, *Personal numbers*); that it is one can still be seen. */
function withoutNationalNumber(value: string): string {
	const digits = value.replace(/[\s.-]/g, '');
	return /^(\d{9}|\d{11})$/.test(digits) ? value.replace(/\d/g, '•') : value;
}

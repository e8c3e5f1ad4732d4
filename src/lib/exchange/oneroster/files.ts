import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { cleanText } from '../text/clean-text.ts';
import { parseCsv, type CsvProblem, type Grid } from '../text/csv.ts';

/** A row of a OneRoster file: its values by heading, and its line. */
export interface OneRosterRow {
	readonly line: number;
	readonly file: string;
	/** The value under a heading in lower case; empty where the file has none. */
	get(heading: string): string;
}

export interface OneRosterTable {
	readonly file: string;
	readonly headings: ReadonlySet<string>;
	readonly rows: readonly OneRosterRow[];
}

/** `other`: a file of the set that is not needed for people and their groups. */
export type OneRosterName =
	'manifest' | 'users' | 'roles' | 'classes' | 'enrollments' | 'demographics' | 'other';
export type OneRosterFiles = ReadonlyMap<OneRosterName, OneRosterTable>;

/** Headings that only one of the files has (facts, oneroster-csv-headers.json). */
const signatures: readonly [OneRosterName, readonly string[]][] = [
	['demographics', ['sourcedid', 'birthdate', 'sex']],
	['roles', ['sourcedid', 'usersourcedid', 'roletype', 'role']],
	['enrollments', ['sourcedid', 'classsourcedid', 'usersourcedid', 'role']],
	['users', ['sourcedid', 'username', 'givenname', 'familyname']],
	['classes', ['sourcedid', 'title', 'coursesourcedid', 'classtype']],
	['manifest', ['propertyname', 'value']],
	['other', ['sourcedid', 'datelastmodified']]
];

/** Which OneRoster file a text is by its first line; null: none. */
export function oneRosterNameOf(text: string): OneRosterName | null {
	const first = text.slice(0, 4096).split(/\r\n|\r|\n/, 1)[0] ?? '';
	const headings = new Set(
		first.split(',').map((heading) => heading.trim().replace(/^"|"$/g, '').toLowerCase())
	);
	for (const [name, needed] of signatures) {
		if (needed.every((heading) => headings.has(heading))) return name;
	}
	return null;
}

/** Reads one of the files; its headings may be in any case and order. */
export function readOneRosterTable(text: string, file: string): Result<OneRosterTable, CsvProblem> {
	const parsed = parseCsv(text, ',');
	return parsed.ok ? ok(tableOf(parsed.value, file)) : refuse(parsed.refusal);
}

function tableOf(grid: Grid, file: string): OneRosterTable {
	const [first = [], ...rest] = grid.rows;
	const columns = new Map(first.map((heading, index) => [heading.trim().toLowerCase(), index]));
	const rows = rest.flatMap((cells, index): OneRosterRow[] => {
		if (cells.every((cell) => cell.trim() === '')) return [];
		const get = (heading: string) => cleanText(cells[columns.get(heading) ?? -1] ?? '');
		return [{ line: grid.lines[index + 1] ?? 0, file, get }];
	});
	return { file, headings: new Set(columns.keys()), rows };
}

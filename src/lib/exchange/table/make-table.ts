import type { ImportSubject } from '#lib/domain/import/plan.ts';
import { cleanText } from '../text/clean-text.ts';
import type { Grid } from '../text/csv.ts';
import { meaningOf, normaliseHeading } from './headings.ts';
import type { LeftOut, Table } from './table.ts';

/** Rows above the headings (a title, a date of printing) that are looked at. */
const titleRows = 20;
const linesKept = 100;

/**
 * A table of the cells of a sheet or CSV file: finds the row of headings, and leaves out empty rows,
 * totals and repeated headings. null: nothing that is a table.
 */
export function makeTable(
	grid: Grid,
	{ file, sheet }: { readonly file: string; readonly sheet: string | null }
): Table | null {
	const found = findHeadings(grid);
	if (!found) return null;
	const { subject, at } = found;
	const headings = at === null ? [] : trimEnd(cleanRow(grid.rows[at] ?? []));
	const body = bodyOf(grid, at ?? -1, headings);
	if (body.rows.length === 0) return null;
	const width = body.rows.reduce((most, row) => Math.max(most, row.length), headings.length);
	if (width < 2) return null;
	const named = namedSubject(sheet ?? file);
	return {
		file,
		sheet,
		subject: named ?? subject,
		headings: Array.from({ length: width }, (_, column) => headings[column] ?? ''),
		rows: body.rows,
		lineNumbers: body.lines,
		leftOut: leftOut(body, file)
	};
}

interface FoundHeadings {
	readonly subject: ImportSubject;
	/** null: the first row is data. */
	readonly at: number | null;
}

/** The row near the top in which most headings are known; else the first row with two cells. */
function findHeadings(grid: Grid): FoundHeadings | null {
	let best: { subject: ImportSubject; at: number; score: number } | null = null;
	let first: number | null = null;
	for (let at = 0, seen = 0; at < grid.rows.length && seen < titleRows; at++) {
		const row = cleanRow(grid.rows[at] ?? []);
		if (row.every((cell) => cell === '')) continue;
		seen++;
		if (first === null && row.filter((cell) => cell !== '').length > 1) first = at;
		for (const subject of ['pupil', 'guardian', 'staff'] as const) {
			const score = headingScore(row, subject);
			if (score > (best?.score ?? 1)) best = { subject, at, score };
		}
	}
	if (best) return best;
	if (first === null) return null;
	return { subject: 'pupil', at: looksLikeData(grid.rows[first] ?? []) ? null : first };
}

/** Fields that are recognised; well-known headings count for a little more. */
function headingScore(row: readonly string[], subject: ImportSubject): number {
	const ranks = new Map<string, number>();
	for (const cell of row) {
		const meaning = meaningOf(cell, subject);
		if (meaning) ranks.set(meaning.field, Math.min(meaning.rank, ranks.get(meaning.field) ?? 99));
	}
	let score = 0;
	for (const rank of ranks.values()) score += 1 + 0.2 / (1 + rank);
	return score;
}

/** A date or a number of three digits or more is no heading. */
function looksLikeData(row: readonly string[]): boolean {
	return row.some((cell) => /^\d{3,}$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(cell.trim()));
}

interface Body {
	readonly rows: string[][];
	readonly lines: number[];
	readonly totals: number[];
	readonly repeated: number[];
}

function bodyOf(grid: Grid, headingsAt: number, headings: readonly string[]): Body {
	const body: Body = { rows: [], lines: [], totals: [], repeated: [] };
	for (let at = headingsAt + 1; at < grid.rows.length; at++) {
		const row = trimEnd(cleanRow(grid.rows[at] ?? []));
		const line = grid.lines[at] ?? 0;
		if (row.length === 0) continue;
		if (isTotal(row)) body.totals.push(line);
		else if (headings.length > 1 && repeats(row, headings)) body.repeated.push(line);
		else {
			body.rows.push(row);
			body.lines.push(line);
		}
	}
	return body;
}

/** `Totaal: 412`, `Aantal leerlingen | 412`, `Pagina 3 van 9`: hardly any cells, and a number. */
function isTotal(row: readonly string[]): boolean {
	const filled = row.filter((cell) => cell !== '');
	if (filled.length > 3) return false;
	const text = filled.join(' ');
	return (
		/^(sub|eind)?(totaal|total)\b|^(aantal|gemiddelde|pagina|page|number of|count|afgedrukt op|printed on)\b/i.test(
			text
		) && /\d/.test(text)
	);
}

function repeats(row: readonly string[], headings: readonly string[]): boolean {
	return (
		row.length === headings.length &&
		row.every((cell, column) => normaliseHeading(cell) === normaliseHeading(headings[column] ?? ''))
	);
}

function cleanRow(row: readonly string[]): string[] {
	return row.map(cleanCell);
}

function cleanCell(cell: string): string {
	const text = cleanText(cell);
	// What our own export puts before a text that a spreadsheet would take for a formula.
	return /^'[=+\-@]/.test(text) ? text.slice(1) : text;
}

function trimEnd(row: string[]): string[] {
	let length = row.length;
	while (length > 0 && row[length - 1] === '') length--;
	return length === row.length ? row : row.slice(0, length);
}

function namedSubject(name: string): ImportSubject | null {
	const text = normaliseHeading(name);
	if (/leerling|pupil|student/.test(text)) return 'pupil';
	if (/ouder|verzorger|guardian|parent|contactpersonen/.test(text)) return 'guardian';
	return /personeel|leerkracht|docent|medewerker|staff|teacher/.test(text) ? 'staff' : null;
}

function leftOut({ totals, repeated }: Body, file: string): LeftOut[] {
	const of = (reason: LeftOut['reason'], lines: readonly number[]): LeftOut[] =>
		lines.length === 0
			? []
			: [{ reason, count: lines.length, lines: lines.slice(0, linesKept), file }];
	return [...of('total', totals), ...of('repeatedHeading', repeated)];
}

import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { limits, type Limits } from './limits.ts';

/** Cells as they stand in the file, and the line each row begins at, from 1. */
export interface Grid {
	readonly rows: string[][];
	readonly lines: number[];
}

export type CsvProblem =
	| { readonly code: 'quoteNotClosed'; readonly line: number }
	| { readonly code: 'cellTooLong'; readonly line: number; readonly max: number }
	| { readonly code: 'tooManyRows'; readonly max: number };

export type Delimiter = ';' | ',' | '\t' | '|';

/**
 * Reads delimited text (RFC 4180, and laxer: any line end, a quote inside an unquoted cell is a
 * quote). Rows may have different lengths; an empty line is a row with one empty cell.
 */
export function parseCsv(
	text: string,
	delimiter: Delimiter,
	max: Pick<Limits, 'rows' | 'cell' | 'cells'> = limits
): Result<Grid, CsvProblem> {
	const grid: Grid = { rows: [], lines: [] };
	let cells = 0;
	const cursor: Cursor = { text, at: 0, line: 1, delimiter, cell: '' };
	while (cursor.at < text.length) {
		if (grid.rows.length >= max.rows || cells > max.cells) {
			return refuse({ code: 'tooManyRows', max: max.rows });
		}
		grid.lines.push(cursor.line);
		const row: string[] = [];
		grid.rows.push(row);
		for (let more = true; more;) {
			const { line } = cursor;
			const end = text[cursor.at] === '"' ? readQuoted(cursor) : readPlain(cursor);
			if (end === 'notClosed') return refuse({ code: 'quoteNotClosed', line });
			if (cursor.cell.length > max.cell) {
				return refuse({ code: 'cellTooLong', line, max: max.cell });
			}
			row.push(cursor.cell);
			more = end === 'cell';
		}
		cells += row.length;
	}
	return ok(grid);
}

interface Cursor {
	readonly text: string;
	readonly delimiter: Delimiter;
	at: number;
	line: number;
	cell: string;
}

type CellEnd = 'cell' | 'row' | 'notClosed';

function readPlain(cursor: Cursor): CellEnd {
	const { text, delimiter, at: start } = cursor;
	let at = start;
	for (; at < text.length; at++) {
		const char = text[at];
		if (char === delimiter || char === '\n' || char === '\r') break;
	}
	cursor.cell = text.slice(start, at);
	cursor.at = at;
	return endCell(cursor);
}

function readQuoted(cursor: Cursor): CellEnd {
	const { text } = cursor;
	let cell = '';
	let start = cursor.at + 1;
	for (;;) {
		const quote = text.indexOf('"', start);
		if (quote < 0) return 'notClosed';
		cell += text.slice(start, quote);
		if (text[quote + 1] !== '"') {
			cursor.at = quote + 1;
			break;
		}
		cell += '"';
		start = quote + 2;
	}
	cursor.line += countLines(cell);
	// Something behind the closing quote is not allowed, and does occur: it belongs to the cell.
	const end = readPlain(cursor);
	cursor.cell = cell + cursor.cell;
	return end;
}

/** Steps over the delimiter or line end that a cell stops at. */
function endCell(cursor: Cursor): CellEnd {
	const { text, at } = cursor;
	if (text[at] === cursor.delimiter) {
		cursor.at++;
		return 'cell';
	}
	cursor.at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
	cursor.line++;
	return 'row';
}

function countLines(text: string): number {
	if (!/[\r\n]/.test(text)) return 0;
	return text.split(/\r\n|\r|\n/).length - 1;
}

/** Characters looked at to tell which delimiter a text has. */
const sampleLength = 65_536;

/**
 * The delimiter that splits the most rows into the same number of cells; null where none gives two
 * cells. A first line `sep=;`, as Excel writes it, is not looked at: see `skipSeparatorLine`.
 */
export function detectDelimiter(text: string): Delimiter | null {
	const sample = wholeLines(text);
	let best: { delimiter: Delimiter; score: number } | null = null;
	for (const delimiter of [';', ',', '\t', '|'] as const) {
		const parsed = parseCsv(sample, delimiter, { ...limits, rows: 100 });
		const rows = parsed.ok ? parsed.value.rows : parseWithoutQuotes(sample, delimiter);
		const score = scoreOf(rows);
		if (score > (best?.score ?? 0)) best = { delimiter, score };
	}
	return best?.delimiter ?? null;
}

function wholeLines(text: string): string {
	const sample = text.slice(0, sampleLength);
	const lines = sample.split(/\r\n|\r|\n/, 100);
	return lines.join('\n');
}

/** For a sample that a quoted cell was cut off in. */
function parseWithoutQuotes(sample: string, delimiter: Delimiter): string[][] {
	return sample.split('\n').map((line) => line.split(delimiter));
}

function scoreOf(rows: readonly (readonly string[])[]): number {
	const counts = new Map<number, number>();
	for (const { length } of rows) {
		if (length > 1) counts.set(length, (counts.get(length) ?? 0) + 1);
	}
	const scores = [...counts].map(([length, rowCount]) => rowCount * rowCount * Math.log2(length));
	return Math.max(0, ...scores);
}

/** The delimiter of a first line `sep=;` and the text behind it. */
export function skipSeparatorLine(text: string): { delimiter: Delimiter | null; skipped: number } {
	const found = /^sep=([;,\t|])(\r\n|\r|\n)/i.exec(text);
	return { delimiter: (found?.[1] as Delimiter) ?? null, skipped: found?.[0].length ?? 0 };
}

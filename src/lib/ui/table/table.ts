import { compareNames } from '#lib/domain/kernel/text/compare-names.ts';
import type { Snippet } from 'svelte';
import type { StatusLook } from '../look/tone.ts';

/** A column of a DataTable. Its text is what is sorted, printed and, without a snippet, shown. */
export interface Column<Row> {
	readonly key: string;
	readonly title: string;
	readonly text: (row: Row) => string;
	/** Drawn instead of the text. */
	readonly cell?: Snippet<[Row]>;
	/** Drawn as a dot beside the text. */
	readonly look?: (row: Row) => StatusLook;
	/** Sorts by this instead of the text. */
	readonly sortBy?: (row: Row) => string | number;
	/** Sorts in this order, instead of by a text or number. */
	readonly order?: (one: Row, other: Row) => number;
	/** false: no button in the header. */
	readonly sortable?: boolean;
	/** A CSS grid track; `minmax(6rem, 1fr)` by default. */
	readonly width?: string;
	readonly align?: 'start' | 'end';
	/**
	 * Where it goes in the list on a phone: the bold line, the line below it, a third line of its own,
	 * the end, or nowhere.
	 */
	readonly list?: 'title' | 'line' | 'below' | 'end' | 'none';
	/** User names and passwords: set so that letters cannot be mistaken. */
	readonly code?: boolean;
	/** Numbers, in figures of one width. */
	readonly figures?: boolean;
}

/** A column that says how a row stands. */
export function statusColumn<Row>(
	column: Omit<Column<Row>, 'text' | 'cell' | 'look'>,
	look: (row: Row) => StatusLook
): Column<Row> {
	return { list: 'end', ...column, text: (row) => look(row).text, look };
}

export interface Sort {
	readonly key: string;
	readonly direction: 'ascending' | 'descending';
}

/** Returns the order after a press on a header: first up, then down. */
export function nextSort(sort: Sort | null, key: string): Sort {
	const up = sort?.key === key && sort.direction === 'ascending';
	return { key, direction: up ? 'descending' : 'ascending' };
}

/** The rows in the order of a column, as names are sorted; equal ones stay as they were. */
export function sortRows<Row>(
	rows: readonly Row[],
	columns: readonly Column<Row>[],
	sort: Sort | null
): readonly Row[] {
	const column = columns.find(({ key }) => key === sort?.key);
	if (!column || !sort) return rows;
	const turn = sort.direction === 'ascending' ? 1 : -1;
	const { order, sortBy: by = column.text } = column;
	if (order) return rows.toSorted((one, other) => turn * order(one, other));
	return rows
		.map((row) => ({ row, by: by(row) }))
		.sort((a, b) => {
			if (typeof a.by === 'number' && typeof b.by === 'number') return turn * (a.by - b.by);
			return turn * compareNames(String(a.by), String(b.by));
		})
		.map(({ row }) => row);
}

/**
 * Sorts like `sortRows`, and remembers: rows that a filter took out and lets back in keep their places,
 * so that a keystroke in a filter over ten thousand rows compares no names.
 */
export class RowSorter<Row> {
	/** The most rows seen under this order, sorted; and the same as a set. */
	#sorted: readonly Row[] = [];
	#known: ReadonlySet<Row> = new Set();
	#columns: readonly Column<Row>[] | null = null;
	#sort: Sort | null = null;

	sort(rows: readonly Row[], columns: readonly Column<Row>[], sort: Sort | null): readonly Row[] {
		if (!sort) return rows;
		const same =
			columns === this.#columns &&
			sort.key === this.#sort?.key &&
			sort.direction === this.#sort.direction;
		if (same && rows.every((row) => this.#known.has(row))) {
			if (rows.length === this.#sorted.length) return this.#sorted;
			const wanted = new Set(rows);
			return this.#sorted.filter((row) => wanted.has(row));
		}
		const sorted = sortRows(rows, columns, sort);
		[this.#columns, this.#sort] = [columns, sort];
		[this.#sorted, this.#known] = [sorted, new Set(sorted)];
		return sorted;
	}
}

/** The rows to draw: those in view and a few around them. All in px; `end` is exclusive. */
export function rowsInView(view: {
	readonly offset: number;
	readonly height: number;
	readonly rowHeight: number;
	readonly count: number;
}): { readonly start: number; readonly end: number } {
	const around = 8;
	const first = Math.floor(view.offset / view.rowHeight) - around;
	const last = Math.ceil((view.offset + view.height) / view.rowHeight) + around;
	const start = Math.max(0, Math.min(first, view.count));
	return { start, end: Math.max(start, Math.min(last, view.count)) };
}

export type TableAction =
	| { readonly do: 'move'; readonly to: number; readonly extend: boolean }
	| { readonly do: 'toggle' | 'open' | 'all' | 'clear' };

/**
 * Returns the action of a key in a table whose row `index` has the focus; null: the key is not
 * ours.
 */
export function tableAction(
	pressed: { readonly key: string; readonly ctrl: boolean; readonly shift: boolean },
	index: number,
	count: number,
	page: number
): TableAction | null {
	const { key, ctrl, shift } = pressed;
	if (ctrl && key.toLowerCase() === 'a') return { do: 'all' };
	if (key === ' ') return { do: 'toggle' };
	if (key === 'Enter' && !ctrl) return { do: 'open' };
	if (key === 'Escape') return { do: 'clear' };
	const steps: Record<string, number> = {
		ArrowUp: -1,
		ArrowDown: 1,
		PageUp: -page,
		PageDown: page,
		Home: -count,
		End: count
	};
	const step = steps[key];
	if (step === undefined || count === 0) return null;
	return { do: 'move', to: Math.max(0, Math.min(index + step, count - 1)), extend: shift };
}

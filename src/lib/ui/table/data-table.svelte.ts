import type { TableSelection } from './table-selection.svelte.ts';
import { rowsInView, tableAction } from './table.ts';

/** The data that a DataTable hands its model; read anew each time, so that it follows the props. */
export interface TableSource<Row> {
	readonly rows: readonly Row[];
	readonly rowId: (row: Row) => string;
	readonly selection: TableSelection | undefined;
	readonly onopen: (row: Row) => void;
	/** Brings a row into view and gives it the focus. */
	readonly onmove: (index: number) => void;
}

/** Which rows are drawn, which one has the focus, and what keys and clicks do. */
export class DataTableModel<Row> {
	/** In px: how far the rows are scrolled, the height they are seen through, and that of a row. */
	offset = $state(0);
	height = $state(0);
	rowHeight = $state(40);

	readonly #source: () => TableSource<Row>;
	#activeId = $state.raw<string | null>(null);
	readonly order: readonly string[] = $derived.by(() => {
		const { rows, rowId } = this.#source();
		return rows.map(rowId);
	});
	/** The row that Tab reaches: the one last used, else the first. */
	readonly activeIndex: number = $derived.by(() =>
		Math.max(this.#activeId === null ? -1 : this.order.indexOf(this.#activeId), 0)
	);
	/** Indexes of the rows to draw: those in view, and the active one wherever it is. */
	readonly drawn: readonly number[] = $derived.by(() => {
		const { start, end } = rowsInView({
			offset: this.offset,
			height: this.height,
			rowHeight: this.rowHeight,
			count: this.order.length
		});
		const indexes = Array.from({ length: end - start }, (_, at) => start + at);
		const active = this.activeIndex;
		if (active >= this.order.length || (active >= start && active < end)) return indexes;
		return active < start ? [active, ...indexes] : [...indexes, active];
	});

	constructor(source: () => TableSource<Row>) {
		this.#source = source;
	}

	/** The row that a click or the Tab key brought the focus to. */
	focused(index: number): void {
		this.#activeId = this.order[index] ?? null;
	}

	/** Returns whether the key was ours. `index` is the row that has the focus. */
	key(event: KeyboardEvent, index: number): boolean {
		const { selection } = this.#source();
		const pressed = {
			key: event.key,
			ctrl: event.ctrlKey || event.metaKey,
			shift: event.shiftKey
		};
		const page = Math.max(Math.floor(this.height / this.rowHeight) - 1, 1);
		const action = tableAction(pressed, index, this.order.length, page);
		if (action === null || event.altKey) return false;
		if (action.do === 'move') this.#move(index, action.to, action.extend);
		else if (action.do === 'open') this.#open(index);
		else if (!selection) return false;
		else if (action.do === 'toggle') this.toggle(index, false);
		else if (action.do === 'all') selection.setAll(this.order, true);
		else if (selection.count === 0) return false;
		else selection.clear();
		return true;
	}

	/** A tick of a row; with shift, of all from the last one ticked. */
	toggle(index: number, shift: boolean): void {
		const { selection } = this.#source();
		const id = this.order[index];
		if (!selection || id === undefined) return;
		if (shift) selection.extend(this.order, id);
		else selection.toggle(id);
	}

	/** The box in the header. */
	toggleAll(): void {
		const { selection } = this.#source();
		selection?.setAll(this.order, selection.stateOf(this.order) !== 'all');
	}

	#move(from: number, to: number, extend: boolean): void {
		const { selection, onmove } = this.#source();
		const [start, end] = [this.order[from], this.order[to]];
		if (start === undefined || end === undefined) return;
		if (extend && selection) {
			selection.startRange(start);
			selection.extend(this.order, end);
		} else selection?.endRange();
		this.#activeId = end;
		onmove(to);
	}

	#open(index: number): void {
		const { rows, onopen } = this.#source();
		const row = rows[index];
		if (row !== undefined) onopen(row);
	}
}

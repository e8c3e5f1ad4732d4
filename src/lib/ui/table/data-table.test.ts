import { describe, expect, it } from 'vitest';
import { DataTableModel } from './data-table.svelte.ts';
import { TableSelection } from './table-selection.svelte.ts';

const key = (name: string, more: Partial<KeyboardEvent> = {}): KeyboardEvent =>
	({
		key: name,
		ctrlKey: false,
		metaKey: false,
		shiftKey: false,
		altKey: false,
		...more
	}) as KeyboardEvent;

function table(rows: string[]) {
	const selection = new TableSelection();
	const opened: string[] = [];
	const moved: number[] = [];
	const model = new DataTableModel<string>(() => ({
		rows,
		rowId: (row) => row,
		selection,
		onopen: (row) => opened.push(row),
		onmove: (index) => moved.push(index)
	}));
	model.height = 400;
	model.rowHeight = 40;
	return { model, selection, opened, moved };
}

describe('DataTableModel', () => {
	it('ticks what shift and the arrows pass over', () => {
		const { model, selection, moved } = table(['a', 'b', 'c', 'd']);
		model.key(key('ArrowDown'), 0);
		model.key(key('ArrowDown', { shiftKey: true }), 1);
		model.key(key('ArrowDown', { shiftKey: true }), 2);
		expect([...selection.ids]).toEqual(['b', 'c', 'd']);
		expect(moved).toEqual([1, 2, 3]);
		expect(model.activeIndex).toBe(3);
	});
	it('goes a page at a time', () => {
		const { model, moved } = table(Array.from({ length: 100 }, (_, at) => `r${at}`));
		model.key(key('PageDown'), 0);
		expect(moved).toEqual([9]);
	});
	it('opens with Enter, ticks all with Ctrl A, and clears with Escape', () => {
		const { model, selection, opened } = table(['a', 'b']);
		expect(model.key(key('Enter'), 1)).toBe(true);
		expect(opened).toEqual(['b']);
		model.key(key('a', { ctrlKey: true }), 0);
		expect(selection.count).toBe(2);
		expect(model.key(key('Escape'), 0)).toBe(true);
		expect(selection.count).toBe(0);
	});
	it('leaves Escape to others when nothing is ticked', () => {
		expect(table(['a']).model.key(key('Escape'), 0)).toBe(false);
	});
	it('ticks all that is shown from the header, and unticks it', () => {
		const { model, selection } = table(['a', 'b']);
		selection.toggle('a');
		model.toggleAll();
		expect(selection.count).toBe(2);
		model.toggleAll();
		expect(selection.count).toBe(0);
	});
	it('draws a few of many rows, and keeps the one with the focus', () => {
		const { model } = table(Array.from({ length: 10_000 }, (_, at) => `r${at}`));
		model.focused(3);
		model.offset = 200_000;
		expect(model.drawn[0]).toBe(3);
		expect(model.drawn.length).toBeLessThan(40);
		expect(model.drawn).toContain(5000);
	});
});

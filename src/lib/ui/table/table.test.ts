import { describe, expect, it } from 'vitest';
import { nextSort, RowSorter, rowsInView, sortRows, tableAction, type Column } from './table.ts';

const names: Column<string> = { key: 'name', title: 'Naam', text: (row) => row };
const press = (key: string, more: { ctrl?: boolean; shift?: boolean } = {}) => ({
	key,
	ctrl: false,
	shift: false,
	...more
});

describe('sortRows', () => {
	it('sorts as the language does, numbers by their value', () => {
		const rows = ['Zoë', 'Ünal', 'Usta', 'groep 10', 'groep 9'];
		expect(sortRows(rows, [names], { key: 'name', direction: 'ascending' })).toEqual([
			'groep 9',
			'groep 10',
			'Ünal',
			'Usta',
			'Zoë'
		]);
	});
	it('turns round, and leaves equal rows in their order', () => {
		const column: Column<readonly [string, number]> = {
			key: 'n',
			title: 'N',
			text: ([text]) => text,
			sortBy: ([, number]) => number
		};
		const rows = [
			['a', 1],
			['b', 10],
			['c', 1]
		] as const;
		const sorted = sortRows(rows, [column], { key: 'n', direction: 'descending' });
		expect(sorted.map(([text]) => text).join('')).toBe('bac');
	});
	it('leaves the rows alone without an order', () => {
		const rows = ['b', 'a'];
		expect(sortRows(rows, [names], null)).toBe(rows);
	});
});

describe('RowSorter', () => {
	const counted = () => {
		const calls = { count: 0 };
		const column: Column<string> = {
			...names,
			text: (row) => {
				calls.count++;
				return row;
			}
		};
		return { calls, columns: [column] };
	};
	const up = { key: 'name', direction: 'ascending' } as const;

	it('keeps the places of rows that a filter takes out and lets back in', () => {
		const { calls, columns } = counted();
		const sorter = new RowSorter<string>();
		sorter.sort(['c', 'a', 'b'], columns, up);
		const { count } = calls;
		expect(sorter.sort(['c', 'b'], columns, { ...up })).toEqual(['b', 'c']);
		expect(sorter.sort(['c', 'b', 'a'], columns, { ...up })).toEqual(['a', 'b', 'c']);
		expect(calls.count).toBe(count);
	});
	it('sorts anew for a row it has not seen, or another order', () => {
		const { columns } = counted();
		const sorter = new RowSorter<string>();
		sorter.sort(['ö', 'z'], columns, up);
		expect(sorter.sort(['z', 'ö', 'a'], columns, up)).toEqual(['a', 'ö', 'z']);
		const down = { key: 'name', direction: 'descending' } as const;
		expect(sorter.sort(['ö', 'z'], columns, down)).toEqual(['z', 'ö']);
	});
});

describe('nextSort', () => {
	it('goes up first, then down, then up', () => {
		const up = nextSort(null, 'name');
		const down = nextSort(up, 'name');
		expect([up.direction, down.direction, nextSort(down, 'name').direction]).toEqual([
			'ascending',
			'descending',
			'ascending'
		]);
		expect(nextSort(down, 'other')).toEqual({ key: 'other', direction: 'ascending' });
	});
});

describe('rowsInView', () => {
	it('draws what is in view and a few rows around it', () => {
		expect(rowsInView({ offset: 4000, height: 400, rowHeight: 40, count: 10_000 })).toEqual({
			start: 92,
			end: 118
		});
	});
	it('stays within the rows there are', () => {
		expect(rowsInView({ offset: -300, height: 400, rowHeight: 40, count: 3 })).toEqual({
			start: 0,
			end: 3
		});
		expect(rowsInView({ offset: 9000, height: 400, rowHeight: 40, count: 3 })).toEqual({
			start: 3,
			end: 3
		});
	});
});

describe('tableAction', () => {
	it('moves within the rows, by row, by page and to the ends', () => {
		expect(tableAction(press('ArrowDown'), 4, 10, 3)).toEqual({ do: 'move', to: 5, extend: false });
		expect(tableAction(press('PageUp'), 1, 10, 3)).toEqual({ do: 'move', to: 0, extend: false });
		expect(tableAction(press('End'), 1, 10, 3)).toEqual({ do: 'move', to: 9, extend: false });
		expect(tableAction(press('ArrowUp', { shift: true }), 4, 10, 3)).toEqual({
			do: 'move',
			to: 3,
			extend: true
		});
	});
	it('knows the keys for ticking, opening, all and none', () => {
		expect(tableAction(press(' '), 0, 10, 3)).toEqual({ do: 'toggle' });
		expect(tableAction(press('Enter'), 0, 10, 3)).toEqual({ do: 'open' });
		expect(tableAction(press('A', { ctrl: true }), 0, 10, 3)).toEqual({ do: 'all' });
		expect(tableAction(press('Escape'), 0, 10, 3)).toEqual({ do: 'clear' });
	});
	it('leaves other keys, and an empty table, alone', () => {
		expect(tableAction(press('x'), 0, 10, 3)).toBeNull();
		expect(tableAction(press('ArrowDown'), 0, 0, 3)).toBeNull();
	});
});

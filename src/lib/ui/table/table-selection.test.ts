import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TableSelection } from './table-selection.svelte.ts';

const order = ['a', 'b', 'c', 'd', 'e', 'f'];
const ticked = (selection: TableSelection): string => [...selection.ids].sort().join('');

describe('TableSelection', () => {
	it('ticks and unticks one row', () => {
		const selection = new TableSelection();
		selection.toggle('b');
		expect(ticked(selection)).toBe('b');
		selection.toggle('b');
		expect(selection.count).toBe(0);
	});
	it('ticks from the row last ticked to the one shift-clicked, in either direction', () => {
		const selection = new TableSelection();
		selection.toggle('c');
		selection.extend(order, 'e');
		expect(ticked(selection)).toBe('cde');
		selection.extend(order, 'a');
		expect(ticked(selection)).toBe('abc');
	});
	it('unticks a range that starts at an unticked row', () => {
		const selection = new TableSelection();
		selection.setAll(order, true);
		selection.toggle('b');
		selection.extend(order, 'd');
		expect(ticked(selection)).toBe('aef');
	});
	it('gives back what a range that grew and shrank had swallowed', () => {
		const selection = new TableSelection();
		selection.toggle('e');
		selection.toggle('a');
		selection.extend(order, 'f');
		selection.extend(order, 'b');
		expect(ticked(selection)).toBe('abe');
	});
	it('grows with shift and the arrows from where the focus was', () => {
		const selection = new TableSelection();
		selection.startRange('b');
		selection.extend(order, 'c');
		selection.startRange('c');
		selection.extend(order, 'd');
		expect(ticked(selection)).toBe('bcd');
		selection.endRange();
		selection.startRange('f');
		selection.extend(order, 'f');
		expect(ticked(selection)).toBe('bcdf');
	});
	it('keeps what a filter hides, and counts it', () => {
		const selection = new TableSelection();
		selection.setAll(['a', 'b'], true);
		expect(selection.hidden(['b', 'c'])).toBe(1);
		expect(selection.stateOf(['b', 'c'])).toBe('some');
		expect(selection.stateOf(['c'])).toBe('none');
		selection.setAll(['b', 'c'], true);
		expect(ticked(selection)).toBe('abc');
		selection.setAll(['b', 'c'], false);
		expect(ticked(selection)).toBe('a');
	});
	it('starts a range anew when a filter hid the row it would start from', () => {
		const selection = new TableSelection();
		selection.toggle('a');
		selection.extend(['c', 'd', 'e'], 'e');
		expect(ticked(selection)).toBe('ae');
		selection.extend(['c', 'd', 'e'], 'd');
		expect(ticked(selection)).toBe('ade');
	});
	it('says that all is ticked only when every row shown is', () => {
		const selection = new TableSelection();
		selection.setAll(order, true);
		expect(selection.stateOf(order)).toBe('all');
		expect(selection.stateOf([])).toBe('none');
		selection.toggle('f');
		expect(selection.stateOf(order)).toBe('some');
	});
	it('forgets rows that are no more', () => {
		const selection = new TableSelection();
		selection.setAll(order, true);
		selection.keep((id) => id < 'c');
		expect(ticked(selection)).toBe('ab');
	});
	it('never touches a row outside the range, whatever was done before', () => {
		const rows = fc.constantFrom(...order);
		fc.assert(
			fc.property(fc.array(rows), rows, fc.array(rows), (first, anchor, targets) => {
				const selection = new TableSelection();
				first.forEach((id) => selection.toggle(id));
				const before = new Set(selection.ids);
				selection.toggle(anchor);
				targets.forEach((id) => selection.extend(order, id));
				const end = targets.at(-1) ?? anchor;
				const [low, high] = [anchor, end].sort() as [string, string];
				for (const id of order) {
					const inRange = id >= low && id <= high;
					expect(selection.has(id)).toBe(inRange ? !before.has(anchor) : before.has(id));
				}
			})
		);
	});
});

import { describe, expect, it } from 'vitest';
import { letterIndex, rovingIndex } from './roving.ts';

describe('rovingIndex', () => {
	it('goes around at both ends', () => {
		expect(rovingIndex('ArrowDown', 2, 3, 'vertical')).toBe(0);
		expect(rovingIndex('ArrowUp', 0, 3, 'vertical')).toBe(2);
	});
	it('starts at the first or the last when nothing has the focus', () => {
		expect(rovingIndex('ArrowDown', -1, 3, 'vertical')).toBe(0);
		expect(rovingIndex('ArrowUp', -1, 3, 'vertical')).toBe(2);
	});
	it('mirrors from right to left', () => {
		expect(rovingIndex('ArrowLeft', 0, 3, 'horizontal', true)).toBe(1);
		expect(rovingIndex('ArrowRight', 1, 3, 'horizontal', true)).toBe(0);
	});
	it('leaves other keys and empty rows alone', () => {
		expect(rovingIndex('ArrowLeft', 0, 3, 'vertical')).toBeNull();
		expect(rovingIndex('Home', -1, 0, 'vertical')).toBeNull();
	});
	it('goes to the ends with Home and End', () => {
		expect(rovingIndex('Home', 1, 3, 'horizontal')).toBe(0);
		expect(rovingIndex('End', 1, 3, 'horizontal')).toBe(2);
	});
});

describe('letterIndex', () => {
	it('finds the next label with that letter, going around', () => {
		expect(letterIndex('t', 1, ['Taal', 'Vergrendelen', 'Thema'])).toBe(2);
		expect(letterIndex('T', 2, ['Taal', 'Vergrendelen', 'Thema'])).toBe(0);
	});
	it('returns null when no label has it', () => {
		expect(letterIndex('x', 0, ['Taal'])).toBeNull();
	});
});

import { expect, it } from 'vitest';
import { fold } from './fold.ts';
import { search } from './search.ts';

const names = ['Süheda Carabin', 'Jan van der Berg', 'Ольга Петрова'];
const found = (typed: string) => search(names, typed, fold);

it('finds by parts of words, in any order and any spelling', () => {
	expect(found('carab SÜHE')).toEqual(['Süheda Carabin']);
	expect(found('suheda')).toEqual(['Süheda Carabin']);
	expect(found(' der  van ')).toEqual(['Jan van der Berg']);
	expect(found('Ольга')).toEqual(['Ольга Петрова']);
	expect(found('carabin jan')).toEqual([]);
});

it('leaves the rows alone where nothing was typed', () => {
	expect(found('  ')).toBe(names);
});

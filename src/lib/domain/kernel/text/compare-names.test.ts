import { expect, test } from 'vitest';
import { compareNames } from './compare-names.ts';

test('names stand as in a Dutch list: numbers by size, accents beside their letter, capitals or not', () => {
	const names = ['Groep 10', 'Özdemir', 'groep 2', 'Zwart', 'Oosterhuis', 'Éric', 'Erik', 'Eva'];
	expect(names.toSorted(compareNames)).toEqual([
		'Éric',
		'Erik',
		'Eva',
		'groep 2',
		'Groep 10',
		'Oosterhuis',
		'Özdemir',
		'Zwart'
	]);
});

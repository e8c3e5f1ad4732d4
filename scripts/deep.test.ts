import { expect, test } from 'vitest';
import { figureFaults } from './deep.mjs';

const good = [
	{ name: 'kill-points', value: 108 },
	{ name: 'kill-lost', value: 0 }
];

test('a bench whose figures are within bounds has no faults', () => {
	expect(figureFaults('kill', good)).toEqual([]);
});

test('a figure that is out of bounds, above or below, is told', () => {
	const figures = [
		{ name: 'kill-points', value: 99 },
		{ name: 'kill-lost', value: 1 }
	];
	expect(figureFaults('kill', figures)).toEqual([
		'[kill-points] is 99, and must be 100 or more',
		'[kill-lost] is 1, and must be 0 or less'
	]);
});

test('a figure that was not told, or that is no number, is a fault', () => {
	expect(figureFaults('kill', good.slice(1))).toEqual(['[kill-points] was not told']);
	expect(figureFaults('endpoint-kill', good)).toHaveLength(3);
	// Of no runs the least is infinite, which JSON has not.
	const told = JSON.stringify([{ name: 'kill-points', value: Infinity }, good[1]]);
	expect(figureFaults('kill', JSON.parse(told) as typeof good)).toEqual([
		'[kill-points] was not told'
	]);
});

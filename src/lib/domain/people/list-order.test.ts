import { expect, test } from 'vitest';
import { byGroupAndName, byName } from './list-order.ts';

const named = (familyName: string, givenName: string, id = 'a') => ({ id, familyName, givenName });

test('people stand by family name, then given name, and always in the same order', () => {
	const people = [named('Berger', 'Anna'), named('Berg', 'Zoë'), named('Berg', 'Ali', 'b')];
	people.push(named('Berg', 'Ali', 'a'));
	const order = people.toSorted(byName).map(({ familyName, givenName, id }) => {
		return `${givenName} ${familyName} ${id}`;
	});
	expect(order).toEqual(['Ali Berg a', 'Ali Berg b', 'Zoë Berg a', 'Anna Berger a']);
});

test('a class whose name begins as another’s is not mixed with it', () => {
	const listed = [
		{ groupName: '1a', pupil: named('Aarts', 'Bo') },
		{ groupName: '1', pupil: named('Berger', 'Anna') },
		{ groupName: '1', pupil: named('Abels', 'Cor') },
		{ groupName: '', pupil: named('Zwart', 'Sam') }
	];
	expect(
		listed.toSorted(byGroupAndName).map(({ groupName, pupil }) => `${groupName} ${pupil.givenName}`)
	).toEqual([' Sam', '1 Cor', '1 Anna', '1a Bo']);
});

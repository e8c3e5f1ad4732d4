import { expect, test } from 'vitest';
import { rights } from '../kernel/actor.ts';
import { holdersOfPupil, type Holder } from '../kernel/kind.ts';
import { allKinds, declared } from './kinds.ts';
import { schoolTiersOf } from './tiers.ts';

test('kinds of one tier say alike who holds it', () => {
	const said = new Map<string, string>();
	for (const kind of allKinds) {
		const { scopes, seenBy } = declared(kind);
		for (const scope of scopes) {
			const [subject = '', , tier = ''] = scope.split('/');
			const isMeant = (holder: Holder) =>
				holdersOfPupil.some((each) => each === holder) === (subject === 'pupil');
			if (subject !== 'school' && subject !== 'pupil') continue;
			const name = subject === 'pupil' ? `pupil ${tier}` : scope;
			const holders = seenBy.filter(isMeant).toSorted().join(' ');
			expect(`${kind} ${holders}`).toBe(`${kind} ${said.get(name) ?? holders}`);
			said.set(name, holders);
		}
	}
});

test.each(['guardian', 'pupil', 'system'] as const)(
	'a %s holds no tier of the school, whatever rights it came with',
	(role) => {
		expect(schoolTiersOf({ id: 'a', role, rights })).toEqual([]);
	}
);

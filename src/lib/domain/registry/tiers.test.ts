import { expect, test } from 'vitest';
import { allKinds, declared } from './kinds.ts';

test('kinds of one tier say alike who holds it', () => {
	const said = new Map<string, string>();
	for (const kind of allKinds) {
		const { scopes, seenBy } = declared(kind);
		for (const scope of scopes) {
			const [subject = '', , tier = ''] = scope.split('/');
			const ofPupil = ['teacher', 'guardian', 'pupil'];
			const isMeant = (holder: string) => ofPupil.includes(holder) === (subject === 'pupil');
			if (subject !== 'school' && subject !== 'pupil') continue;
			const name = subject === 'pupil' ? `pupil ${tier}` : scope;
			const holders = seenBy.filter(isMeant).toSorted().join(' ');
			expect(`${kind} ${holders}`).toBe(`${kind} ${said.get(name) ?? holders}`);
			said.set(name, holders);
		}
	}
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mutations } from './mutations.ts';
import { askedAbout } from './asked-about.ts';

test('an argument says whom or what a mutation is about, or the record that was given', () => {
	expect(askedAbout('leerId.create@1', { leerIdId: 'l', pupilId: 'p', userName: 'noor' })).toBe(
		'p'
	);
	expect(askedAbout('account.create@1', { account: { id: 'a', displayName: 'An' } })).toBe('a');
	expect(askedAbout('import.start@1', { run: { id: 'i', fileName: 'x.csv' } })).toBe('i');
	expect(askedAbout('school.changeSettings@1', { edit: { name: ['a', 'b'] } })).toBeNull();
	expect(askedAbout('pupil.moveToMars@3', { pupilId: 'p' })).toBeNull();
});

test('whatever was kept, it returns an id or nothing', () => {
	const names = fc.constantFrom(...Object.keys(mutations), 'toString', '');
	fc.assert(
		fc.property(names, fc.jsonValue(), fc.string(), (name, args, text) => {
			for (const kept of [args, { accountId: text, pupilId: text, account: { id: text } }]) {
				expect(askedAbout(name, kept) ?? 'x').toMatch(/^[\w-]{1,64}$/);
			}
		})
	);
});

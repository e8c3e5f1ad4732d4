import { expect, it } from 'vitest';
import { importedUserName } from '../accounts/imported-user-name.ts';
import { emptySchool, importInto, pupilRow, roster } from './testing.ts';

const guardian = {
	line: 2,
	unreadable: [],
	sourceKey: 'g',
	givenName: 'Jan',
	familyName: 'Peeters',
	userName: 'jpeeters7',
	pupils: [{ pupilSourceKey: '1', relation: 'vader' }]
};

it('a user name that a file gives is kept for the account to come, and makes no account', () => {
	const state = emptySchool();
	const pupils = [pupilRow({ pupilNumber: '1', userName: ' Aylin.Peeters ' })];
	importInto(state, roster({ pupils, guardians: [guardian] }));
	const [pupil] = state.all('pupil');
	const [parent] = state.all('guardian');
	const found = () => [pupil, parent].map((person) => importedUserName(state, person?.id ?? ''));
	expect(found()).toEqual(['aylin.peeters', 'jpeeters7']);
	expect(state.count('account') + state.count('leerId')).toBe(0);
	// A file that says nothing of it takes it from nobody; what can be no user name is none.
	const silent = { ...guardian, userName: undefined };
	const odd = [pupilRow({ pupilNumber: '1', userName: 'aylin peeters!' })];
	importInto(state, roster({ pupils: odd, guardians: [silent] }));
	expect(found()).toEqual(['aylin.peeters', 'jpeeters7']);
});

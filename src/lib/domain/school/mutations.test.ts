import { describe, expect, it } from 'vitest';
import type { Account } from '../accounts/kinds.ts';
import { run } from '../registry/run.ts';
import { SchoolState } from '../registry/state.ts';
import {
	administrator,
	administratorWith,
	firstAccount,
	school,
	teacher,
	TestSchool,
	today
} from '../testing/test-school.ts';

const cardKey = {
	kind: 'cardKey',
	id: 'key-1',
	number: 1,
	publicKey: 'public',
	retiredAt: null
} as const;
const cardKeyPrivate = { kind: 'cardKeyPrivate', id: 'key-1', privateKey: 'private' } as const;

function createSchool(state: SchoolState, args = {}) {
	return run(
		state,
		{
			name: 'school.create@1',
			args: { school, account: firstAccount, cardKey, cardKeyPrivate, ...args },
			uid: 'uid-0',
			batch: null,
			actorId: administrator.id,
			madeAt: `${today}T08:00:00.000Z`
		},
		{ actor: administrator, today }
	);
}

describe('a new school', () => {
	it('starts with its first account and its card key', () => {
		const result = createSchool(new SchoolState());
		const kinds = result.ok ? result.value.puts.map(({ kind }) => kind) : [];
		expect(kinds).toEqual(
			expect.arrayContaining(['school', 'account', 'cardKey', 'cardKeyPrivate'])
		);
	});

	it('is made only where there is none', () => {
		expect(createSchool(new TestSchool().state)).toMatchObject({
			refusal: { code: 'alreadyExists', kind: 'school', id: 'school-1' }
		});
	});

	it('needs somebody who can manage accounts, and settings that hold', () => {
		const account = { ...firstAccount, rights: ['leerId'] };
		expect(createSchool(new SchoolState(), { account })).toMatchObject({
			refusal: { code: 'lastAdministrator' }
		});
		const other = { ...school, number: '23AB' };
		expect(createSchool(new SchoolState(), { school: other })).toMatchObject({
			refusal: { code: 'invalidValue', field: 'number' }
		});
		const lonely = { ...cardKeyPrivate, id: 'key-2' };
		expect(createSchool(new SchoolState(), { cardKeyPrivate: lonely })).toMatchObject({
			refusal: { code: 'invalidValue', field: 'cardKeyPrivate' }
		});
	});
});

describe('settings', () => {
	it('change for who has the right, field by field', () => {
		const test = new TestSchool();
		const edit = { lockAfterMinutes: [15, 30] } as const;
		for (const actor of [teacher, administratorWith('accounts')]) {
			expect(test.make('school.changeSettings@1', { edit }, { actor })).toEqual({
				code: 'notAllowed'
			});
		}
		const actor = administratorWith('settings');
		expect(test.make('school.changeSettings@1', { edit }, { actor })).toBeNull();
		const name = { name: ['Basisschool De Sleutel', 'De Sleutel'] } as const;
		expect(test.make('school.changeSettings@1', { edit: name })).toBeNull();
		expect(test.state.get('school', 'school-1')).toMatchObject({
			name: 'De Sleutel',
			lockAfterMinutes: 30
		});
	});

	it.each([
		[{ imagePasswordLength: [5, 2] }, 'imagePasswordLength'],
		[{ imagePasswordChoices: [20, 41] }, 'imagePasswordChoices'],
		[{ lockAfterMinutes: [15, 0.5] }, 'lockAfterMinutes'],
		[{ loginBase: [school.loginBase, 'http://mijn.leerid.be/'] }, 'loginBase'],
		[{ loginBase: [school.loginBase, 'https://mijn.leerid.be/?u='] }, 'loginBase'],
		[{ schoolYearEnd: ['08-31', '02-29'] }, 'schoolYearEnd'],
		[{ name: [school.name, ' '] }, 'name'],
		[{ country: ['BE', 'NL'] }, 'number'],
		[{ id: ['school-1', 'school-2'] }, 'id'],
		[{ unknown: [null, 1] }, 'unknown']
	])('refuse %o', (edit, field) => {
		const test = new TestSchool();
		const args = { edit: edit as never };
		expect(test.make('school.changeSettings@1', args)).toEqual({ code: 'invalidValue', field });
	});

	it('say what somebody else made of a field meanwhile', () => {
		const test = new TestSchool();
		const edit = { lockAfterMinutes: [10, 30] } as const;
		expect(test.make('school.changeSettings@1', { edit })).toMatchObject({
			code: 'changedMeanwhile',
			mine: 30,
			theirs: 15
		});
	});
});

describe('accounts', () => {
	const second: Account = {
		...firstAccount,
		id: 'account-2',
		userName: 'bart.maes',
		displayName: 'Bart Maes',
		rights: ['leerId', 'cards']
	};

	it('are made with a user name of their own', () => {
		const test = new TestSchool();
		expect(test.make('account.create@1', { account: second })).toBeNull();
		const third = { ...second, id: 'account-3' };
		expect(test.make('account.create@1', { account: third })).toEqual({
			code: 'userNameTaken',
			userName: 'bart.maes'
		});
		expect(test.make('account.create@1', { account: second })).toMatchObject({
			code: 'alreadyExists'
		});
		const odd = { ...third, userName: 'Bart Maes' };
		expect(test.make('account.create@1', { account: odd })).toMatchObject({ field: 'userName' });
	});

	it('never lose the last one who can manage them', () => {
		const test = new TestSchool();
		const rights = [firstAccount.rights, ['leerId']] as const;
		const edit = { accountId: 'account-1', edit: { rights } } as const;
		expect(test.make('account.edit@1', edit)).toEqual({ code: 'lastAdministrator' });
		expect(test.make('account.archive@1', { accountId: 'account-1' })).toEqual({
			code: 'lastAdministrator'
		});
		test.make('account.create@1', { account: { ...second, rights: ['accounts'] } });
		expect(test.make('account.edit@1', edit)).toBeNull();
	});

	it('end by archiving alone, and keep their user name', () => {
		const test = new TestSchool();
		test.make('account.create@1', { account: second });
		const edit = { archivedAt: [null, 'now'] } as const;
		expect(test.make('account.edit@1', { accountId: 'account-2', edit })).toMatchObject({
			code: 'invalidValue'
		});
		expect(test.make('account.archive@1', { accountId: 'account-2' })).toBeNull();
		expect(test.make('account.archive@1', { accountId: 'account-2' })).toBeNull();
		const again = { ...second, id: 'account-4' };
		expect(test.make('account.create@1', { account: again })).toMatchObject({
			code: 'userNameTaken'
		});
	});
});

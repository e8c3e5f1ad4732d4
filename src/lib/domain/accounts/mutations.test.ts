import { describe, expect, it } from 'vitest';
import type { Right } from '../kernel/actor.ts';
import { run } from '../registry/run.ts';
import { accountUserNameBase } from '../credentials/user-name.ts';
import {
	administratorWith,
	firstAccount,
	teacher,
	TestSchool,
	today
} from '../testing/test-school.ts';
import { actorFor } from './actors.ts';
import { systemActor } from '../credentials/actor-ids.ts';
import { accountNameOf } from './account-rules.ts';
import {
	bring,
	familySchool,
	guardianAccount,
	guardianActor,
	guardianRecord
} from './test-family.ts';
import { accountCalled } from '../credentials/user-names.ts';

const father = guardianAccount('father');

function withFather(school = familySchool()): TestSchool {
	const refusal = school.make('account.create@1', { account: father });
	if (refusal) throw new Error(refusal.code);
	return school;
}

const accountOf = (school: TestSchool, id = father.id) => school.state.get('account', id);
const secrets = (from: number, to: number) => ({
	accountId: father.id,
	fromSecretId: `secret-father-${from}`,
	secretId: `secret-father-${to}`
});

describe('an account of a guardian', () => {
	it('is made with a password that the school issued, at the time of making', () => {
		const school = withFather();
		expect(accountOf(school)).toMatchObject({
			secretId: 'secret-father-1',
			issuedAt: school.at(1),
			archivedAt: null
		});
		expect(actorFor(father.id, school.state, today)).toEqual(guardianActor('father'));
	});

	it('is for a guardian whom the school knows, and the only one', () => {
		const school = withFather();
		const make = (fields: object) =>
			school.make('account.create@1', { account: guardianAccount('nobody', fields) });
		expect(make({})).toMatchObject({ code: 'notFound', kind: 'guardian' });
		expect(make({ guardianId: 'father' })).toMatchObject({
			code: 'alreadyExists',
			id: 'account-father'
		});
		expect(make({ guardianId: null })).toEqual({ code: 'invalidValue', field: 'role' });
		expect(make({ guardianId: 'mother', rights: ['accounts'] })).toMatchObject({ field: 'rights' });
		expect(make({ guardianId: 'mother', groupIds: ['group-1'] })).toMatchObject({
			field: 'groupIds'
		});
		expect(make({ guardianId: 'mother', email: 'geen adres' })).toMatchObject({ field: 'email' });
	});

	it('takes no id that an account or LeerID has, or that the server uses', () => {
		const school = withFather();
		school.withLeerId('child');
		const make = (id: string) =>
			school.make('account.create@1', { account: guardianAccount('mother', { id }) });
		expect(make(father.id)).toMatchObject({ code: 'alreadyExists', kind: 'account' });
		expect(make('leerId-child')).toMatchObject({ code: 'alreadyExists', kind: 'leerId' });
		for (const id of [systemActor.id, 'school']) {
			expect(make(id)).toEqual({ code: 'invalidValue', field: 'id' });
		}
		expect(make('account-mother')).toBeNull();
	});

	it('takes no name that staff or a pupil has', () => {
		const school = familySchool();
		school.withLeerId('child');
		for (const userName of ['an.peeters', 'user.child']) {
			const account = guardianAccount('father', { userName });
			expect(school.make('account.create@1', { account })).toEqual({
				code: 'userNameTaken',
				userName
			});
		}
	});

	it('is named as its guardian is named today', () => {
		const school = withFather();
		bring(school, guardianRecord('father', { givenName: 'Johan' }));
		const account = accountOf(school) ?? father;
		expect(accountNameOf(school.state, account)).toBe('Johan van der Berg');
		expect(accountNameOf(school.state, firstAccount)).toBe('An Peeters');
	});

	it('is made, renewed and ended by the administration alone, with the right to accounts', () => {
		const school = withFather();
		for (const actor of [teacher, administratorWith('leerId'), guardianActor('father')]) {
			const refused = { code: 'notAllowed' };
			const account = guardianAccount('mother');
			expect(school.make('account.create@1', { account }, { actor })).toEqual(refused);
			expect(school.make('account.renew@1', secrets(1, 2), { actor })).toEqual(refused);
			expect(school.make('account.archive@1', { accountId: father.id }, { actor })).toEqual(
				refused
			);
		}
	});
});

describe('the password of an account', () => {
	it('is renewed from the one that was seen', () => {
		const school = withFather();
		expect(school.make('account.renew@1', secrets(1, 2))).toBeNull();
		expect(accountOf(school)).toMatchObject({
			secretId: 'secret-father-2',
			issuedAt: school.at(2)
		});
		expect(school.make('account.renew@1', secrets(1, 3))).toMatchObject({
			code: 'changedMeanwhile',
			theirs: 'secret-father-2'
		});
		expect(school.make('account.renew@1', secrets(2, 2))).toMatchObject({ code: 'invalidValue' });
	});

	it('is their own once they chose it, and nobody else chooses it', () => {
		const school = withFather();
		const choose = (actor = guardianActor('father')) =>
			school.make('account.choosePassword@1', secrets(1, 2), { actor });
		expect(choose(guardianActor('mother'))).toEqual({ code: 'notAllowed' });
		expect(choose(administratorWith('accounts'))).toEqual({ code: 'notAllowed' });
		expect(choose()).toBeNull();
		expect(accountOf(school)).toMatchObject({ secretId: 'secret-father-2', issuedAt: null });
	});

	it('is void once archived, and what opens the account again is a new one', () => {
		const school = withFather();
		school.make('account.archive@1', { accountId: father.id });
		expect(actorFor(father.id, school.state, today)).toBeNull();
		expect(school.make('account.renew@1', secrets(1, 2))).toEqual({ code: 'accountArchived' });
		expect(school.make('account.reopen@1', secrets(1, 1))).toMatchObject({ code: 'invalidValue' });
		expect(school.make('account.reopen@1', secrets(1, 2))).toBeNull();
		expect(accountOf(school)).toMatchObject({ archivedAt: null, secretId: 'secret-father-2' });
	});

	it('and address are held to what the server found out', () => {
		const school = withFather();
		const actor = guardianActor('father');
		const attempt = (name: string, args: object, door: object | null) => {
			const mutation = {
				...{ name, args, uid: 'uid-x', batch: null },
				...{ actorId: actor.id, madeAt: `${today}T12:00:00.000Z` }
			};
			const knows = { passwordSet: false, emailConfirmed: null, ...door };
			const result = run(school.state, mutation, { actor, today, door: door && knows });
			return result.ok ? null : result.refusal.code;
		};
		const choose = (door: object | null) =>
			attempt('account.choosePassword@1', secrets(1, 2), door);
		expect(choose({})).toBe('passwordNotAccepted');
		expect(choose({ passwordSet: true })).toBeNull();
		expect(choose(null)).toBeNull();
		const email = [null, 'jan@example.org'];
		const change = (door: object | null) =>
			attempt('account.changeEmail@1', { accountId: father.id, email }, door);
		expect(change({})).toBe('emailNotConfirmed');
		expect(change({ emailConfirmed: 'piet@example.org' })).toBe('emailNotConfirmed');
		expect(change({ emailConfirmed: 'jan@example.org' })).toBeNull();
		expect(change(null)).toBeNull();
	});
});

describe('what somebody types to sign in', () => {
	it('is a user name, or an address that is one account’s alone', () => {
		const school = familySchool();
		const shared = 'thuis@example.org';
		for (const guardianId of ['father', 'mother']) {
			const account = guardianAccount(guardianId, { email: shared });
			school.make('account.create@1', { account });
		}
		school.withLeerId('child');
		const called = (typed: string) => accountCalled(school.state, typed);
		expect(called(' UserFather ')).toBe('account-father');
		expect(called('user.child')).toBe('leerId-child');
		expect(called(shared)).toBeNull();
		school.make('account.archive@1', { accountId: 'account-mother' });
		expect(called('Thuis@Example.org')).toBe('account-father');
		expect(called('')).toBeNull();
		expect(called('niemand')).toBeNull();
	});
});

describe('a blocked account', () => {
	it('is unblocked by the administration, of a pupil also with the right to LeerIDs', () => {
		const school = withFather();
		school.withLeerId('child');
		for (const accountId of [father.id, 'leerId-child']) {
			const block = { accountId, cause: 'wrongPasswords' } as const;
			expect(school.make('signIn.block@1', block)).toEqual({ code: 'notAllowed' });
			expect(school.make('signIn.block@1', block, { actor: systemActor })).toBeNull();
		}
		const by = (right: Right) => ({
			actor: administratorWith(right)
		});
		const lift = (accountId: string) => ({ accountId });
		expect(school.make('signIn.unblock@1', lift(father.id), by('leerId'))).toEqual({
			code: 'notAllowed'
		});
		expect(school.make('signIn.unblock@1', lift('leerId-child'), by('leerId'))).toBeNull();
		expect(school.make('signIn.unblock@1', lift(father.id), by('accounts'))).toBeNull();
		expect(school.state.count('signInBlock')).toBe(0);
		expect(school.make('signIn.unblock@1', lift('x'))).toMatchObject({ code: 'notFound' });
	});

	it('still acts where it was signed in, unless it was the administration that blocked it', () => {
		const school = withFather();
		const block = (cause: 'wrongPasswords' | 'administration', actor = systemActor) =>
			school.make('signIn.block@1', { accountId: father.id, cause }, { actor });
		block('wrongPasswords');
		expect(actorFor(father.id, school.state, today)).not.toBeNull();
		expect(block('administration', administratorWith('accounts'))).toBeNull();
		expect(actorFor(father.id, school.state, today)).toBeNull();
		// A stranger who goes on trying makes it no milder.
		block('wrongPasswords');
		expect(school.state.get('signInBlock', father.id)?.cause).toBe('administration');
	});

	it('is never the last one that could lift it', () => {
		const school = new TestSchool();
		const block = { accountId: 'account-1', cause: 'wrongPasswords' } as const;
		const by = { actor: systemActor };
		expect(school.make('signIn.block@1', block, by)).toEqual({ code: 'lastAdministrator' });
		const account = { ...firstAccount, id: 'account-9', userName: 'bmaes' };
		school.make('account.create@1', { account });
		expect(school.make('signIn.block@1', block, by)).toBeNull();
		expect(school.make('account.archive@1', { accountId: 'account-9' })).toEqual({
			code: 'lastAdministrator'
		});
	});

	it('leaves a report of a stranger’s reset until somebody has seen to it', () => {
		const school = withFather();
		const report = { reportId: 'report-1', accountId: father.id };
		expect(school.make('signIn.report@1', report)).toEqual({ code: 'notAllowed' });
		expect(school.make('signIn.report@1', report, { actor: systemActor })).toBeNull();
		expect(school.make('signIn.settleReport@1', { reportId: 'report-1' })).toBeNull();
		expect(school.state.count('signInReport')).toBe(0);
		expect(school.undo(school.uid)).toBeNull();
		expect(school.state.count('signInReport')).toBe(1);
	});
});

describe('the user name of a guardian', () => {
	it.each([
		['J.', 'van der', 'Berg', 'jvanderberg'],
		['A.M.', '', 'Şahin-Öztürk', 'amsahinozturk'],
		['', '', 'Nguyễn', 'nguyen'],
		['É.', "d'", 'Hondt', 'edhondt']
	])('%s %s %s is %s', (initials, namePrefix, familyName, userName) => {
		expect(accountUserNameBase({ initials, namePrefix, familyName }, 'ouder')).toBe(userName);
	});
});

import { describe, expect, it } from 'vitest';
import { systemActor } from '../credentials/actor-ids.ts';
import type { LeerId } from '../credentials/kinds.ts';
import {
	administratorWith,
	firstAccount,
	pupilActor,
	teacher,
	TestSchool
} from '../testing/test-school.ts';

const created = (school: TestSchool, pupilId: string, fields = {}) => ({
	...school.issue(pupilId, 1),
	leerIdId: `leerId-${pupilId}`,
	pupilId,
	type: 'basic' as const,
	userName: `user.${pupilId}`,
	passwordKind: 'word' as const,
	...fields
});

function cards(school: TestSchool, pupilId: string) {
	return school.state
		.find('cardByPupil', pupilId)
		.map(({ issue, state, endedAt }) => ({ issue, state, ended: endedAt !== null }));
}

function leerId(school: TestSchool, id: string): LeerId {
	const found = school.state.get('leerId', id);
	if (!found) throw new Error('no such LeerID');
	return found;
}

describe('creating a LeerID', () => {
	it('makes the account and its first card', () => {
		const school = new TestSchool('a');
		const id = school.withLeerId('a', 'advanced');
		expect(leerId(school, id)).toMatchObject({
			pupilId: 'a',
			passwordKind: 'temporary',
			secretId: 'secret-a-1',
			email: null,
			mustChange: true,
			lastSignInAt: null
		});
		expect(cards(school, 'a')).toEqual([{ issue: 1, state: 'current', ended: false }]);
	});

	it('lets only administration with the right to LeerIDs', () => {
		const school = new TestSchool('a');
		school.startPrint();
		for (const actor of [teacher, administratorWith('cards'), pupilActor('leerId-a')]) {
			expect(school.make('leerId.create@1', created(school, 'a'), { actor })).toEqual({
				code: 'notAllowed'
			});
		}
	});

	it('refuses who is unknown, not enrolled, or has one', () => {
		const school = new TestSchool('a', 'b');
		school.startPrint();
		const make = (pupilId: string, today?: string) =>
			school.make('leerId.create@1', created(school, pupilId), today ? { today } : {});
		expect(make('x')).toEqual({ code: 'notFound', kind: 'pupil', id: 'x' });
		expect(make('a', '2027-09-01')).toEqual({ code: 'notEnrolled' });
		expect(make('a', '2027-08-31')).toBeNull();
		expect(make('a')).toEqual({ code: 'alreadyExists', kind: 'leerId', id: 'leerId-a' });
		// Before the first school day, so that cards are there on it.
		expect(make('b', '2026-08-20')).toBeNull();
	});

	it('refuses an id that an account has, or that the server uses', () => {
		const school = new TestSchool('a');
		school.startPrint();
		const make = (leerIdId: string) =>
			school.make('leerId.create@1', created(school, 'a', { leerIdId }));
		expect(make(firstAccount.id)).toMatchObject({ code: 'alreadyExists', kind: 'account' });
		for (const id of [systemActor.id, 'school']) {
			expect(make(id)).toEqual({ code: 'invalidValue', field: 'id' });
		}
		expect(make('leerId-a')).toBeNull();
	});

	it('refuses a user name that is taken or could not be typed', () => {
		const school = new TestSchool('a', 'b');
		school.withLeerId('a');
		const make = (userName: string) =>
			school.make('leerId.create@1', created(school, 'b', { userName }));
		expect(make('user.a')).toEqual({ code: 'userNameTaken', userName: 'user.a' });
		expect(make('Süheda')).toEqual({ code: 'invalidValue', field: 'userName' });
	});

	it('refuses a kind of password that the type does not have', () => {
		const school = new TestSchool('a');
		school.startPrint();
		const make = (type: 'basic' | 'advanced', passwordKind: 'word' | 'image' | 'temporary') =>
			school.make('leerId.create@1', created(school, 'a', { type, passwordKind }));
		const refused = { code: 'invalidValue', field: 'passwordKind' };
		expect(make('basic', 'temporary')).toEqual(refused);
		expect(make('advanced', 'image')).toEqual(refused);
		expect(make('basic', 'image')).toBeNull();
	});

	it('refuses a card without its print run, or with an id in use', () => {
		const school = new TestSchool('a', 'b');
		school.withLeerId('a');
		const printRunId = 'print-2';
		const args = created(school, 'b');
		expect(school.make('leerId.create@1', { ...args, printRunId })).toMatchObject({
			code: 'notFound',
			kind: 'printRun'
		});
		expect(school.make('leerId.create@1', { ...args, cardId: 'card-a-1' })).toMatchObject({
			code: 'alreadyExists',
			kind: 'credentialCard'
		});
	});
});

describe('renewing a password', () => {
	it('keeps the kind, and replaces the card by the next issue', () => {
		const school = new TestSchool('a');
		const id = school.withLeerId('a');
		expect(school.make('leerId.renew@1', school.renewal('a', 2))).toBeNull();
		expect(leerId(school, id)).toMatchObject({
			secretId: 'secret-a-2',
			passwordKind: 'word',
			mustChange: false
		});
		expect(cards(school, 'a')).toEqual([
			{ issue: 1, state: 'replaced', ended: true },
			{ issue: 2, state: 'current', ended: false }
		]);
	});

	it('gives a temporary password to whoever had chosen their own without an e-mail address', () => {
		const school = new TestSchool('a');
		const leerIdId = school.withLeerId('a', 'advanced');
		const chosen = { leerIdId, fromSecretId: 'secret-a-1', secretId: 'own' };
		expect(
			school.make('leerId.choosePassword@1', chosen, { actor: pupilActor(leerIdId) })
		).toBeNull();
		expect(leerId(school, leerIdId)).toMatchObject({ passwordKind: 'own', mustChange: false });
		expect(
			school.make('leerId.renew@1', { ...school.renewal('a', 2), fromSecretId: 'own' })
		).toBeNull();
		expect(leerId(school, leerIdId)).toMatchObject({ passwordKind: 'temporary', mustChange: true });
	});

	it('leaves a password alone that is the pupil’s own', () => {
		const school = new TestSchool('a');
		const leerIdId = school.withLeerId('a', 'advanced');
		const email = [null, 'a@school.be'] as const;
		school.make('leerId.linkEmail@1', { leerIdId, email }, { actor: pupilActor(leerIdId) });
		expect(school.make('leerId.renew@1', school.renewal('a', 2))).toEqual({
			code: 'passwordIsPupilsOwn'
		});
	});

	it('refuses when somebody else renewed it meanwhile', () => {
		const school = new TestSchool('a');
		school.withLeerId('a');
		school.make('leerId.renew@1', school.renewal('a', 2));
		expect(
			school.make('leerId.renew@1', { ...school.renewal('a', 3), fromSecretId: 'secret-a-1' })
		).toMatchObject({ code: 'changedMeanwhile', field: 'secretId', theirs: 'secret-a-2' });
	});

	it('refuses an account that is inactive', () => {
		const school = new TestSchool('a');
		school.withLeerId('a');
		expect(school.make('leerId.renew@1', school.renewal('a', 2), { today: '2027-09-01' })).toEqual({
			code: 'notEnrolled'
		});
	});
});

describe('adjusting one LeerID', () => {
	const adjustment = (school: TestSchool, userName: readonly [string, string]) => ({
		...school.issue('a', 2),
		leerIdId: 'leerId-a',
		fromSecretId: 'secret-a-1',
		userName,
		passwordKind: 'temporary' as const
	});

	it('gives a new password and unlinks the e-mail address', () => {
		const school = new TestSchool('a');
		const leerIdId = school.withLeerId('a', 'advanced');
		const email = [null, 'a@school.be'] as const;
		school.make('leerId.linkEmail@1', { leerIdId, email }, { actor: pupilActor(leerIdId) });
		expect(school.make('leerId.adjust@1', adjustment(school, ['user.a', 'user.a']))).toBeNull();
		expect(leerId(school, leerIdId)).toMatchObject({
			email: null,
			secretId: 'secret-a-2',
			mustChange: true,
			userName: 'user.a'
		});
	});

	it('refuses a user name that is taken, malformed, or changed by somebody else', () => {
		const school = new TestSchool('a', 'b');
		school.withLeerId('a', 'advanced');
		school.withLeerId('b');
		const adjust = (from: string, to: string) =>
			school.make('leerId.adjust@1', adjustment(school, [from, to]));
		expect(adjust('user.a', 'user.b')).toEqual({ code: 'userNameTaken', userName: 'user.b' });
		expect(adjust('user.a', 'user a')).toEqual({ code: 'invalidValue', field: 'userName' });
		expect(adjust('user.old', 'user.new')).toMatchObject({
			code: 'changedMeanwhile',
			mine: 'user.new',
			theirs: 'user.a'
		});
		expect(adjust('user.a', 'user.new')).toBeNull();
		expect(school.state.find('leerIdByUserName', 'user.new')).toHaveLength(1);
		expect(school.state.find('leerIdByUserName', 'user.a')).toHaveLength(0);
	});
});

describe('what a pupil does', () => {
	it('is for that pupil alone', () => {
		const school = new TestSchool('a', 'b');
		const leerIdId = school.withLeerId('a', 'advanced');
		const actor = pupilActor('leerId-b');
		expect(school.make('leerId.signedIn@1', { leerIdId }, { actor })).toEqual({
			code: 'notAllowed'
		});
		expect(school.make('leerId.signedIn@1', { leerIdId })).toEqual({ code: 'notAllowed' });
	});

	it('links an address only to an advanced account', () => {
		const school = new TestSchool('a', 'b');
		const basic = school.withLeerId('a');
		const advanced = school.withLeerId('b', 'advanced');
		const link = (leerIdId: string, email: string) =>
			school.make(
				'leerId.linkEmail@1',
				{ leerIdId, email: [null, email] },
				{ actor: pupilActor(leerIdId) }
			);
		expect(link(basic, 'a@school.be')).toEqual({ code: 'notAllowed' });
		expect(link(advanced, 'nothing')).toEqual({ code: 'invalidValue', field: 'email' });
		expect(link(advanced, 'b@school.be')).toBeNull();
		expect(link(advanced, 'other@school.be')).toMatchObject({ code: 'changedMeanwhile' });
	});

	it('keeps the last sign-in, whichever arrives first', () => {
		const school = new TestSchool('a');
		const leerIdId = school.withLeerId('a');
		const actor = pupilActor(leerIdId);
		school.make('leerId.signedIn@1', { leerIdId }, { actor, madeAt: '2026-11-21T12:00:00.000Z' });
		school.make('leerId.signedIn@1', { leerIdId }, { actor, madeAt: '2026-11-21T11:00:00.000Z' });
		expect(leerId(school, leerIdId).lastSignInAt).toBe('2026-11-21T12:00:00.000Z');
	});
});

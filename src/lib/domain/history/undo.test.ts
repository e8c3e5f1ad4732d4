import { describe, expect, it } from 'vitest';
import {
	administrator,
	administratorWith,
	firstAccount,
	pupilActor,
	snapshot,
	teacher,
	TestSchool,
	today
} from '../testing/test-school.ts';
import { rootOf } from './standing.ts';
import { canUndo } from './undo-plan.ts';

function renamed(school: TestSchool, from: string, to: string): string {
	expect(school.make('school.changeSettings@1', { edit: { name: [from, to] } })).toBeNull();
	return school.uid;
}

describe('undoing an edit', () => {
	it('puts the old value back, and again the new one', () => {
		const school = new TestSchool();
		const before = snapshot(school.state);
		const uid = renamed(school, 'Basisschool De Sleutel', 'De Sleutel');
		const after = snapshot(school.state);
		expect(school.undo(uid)).toBeNull();
		expect(snapshot(school.state)).toEqual(before);
		expect(school.undo(school.uid)).toBeNull();
		expect(snapshot(school.state)).toEqual(after);
		expect(school.undo(school.uid)).toBeNull();
		expect(snapshot(school.state)).toEqual(before);
	});

	it('is refused once the field was changed again, and possible once that is undone', () => {
		const school = new TestSchool();
		const first = renamed(school, 'Basisschool De Sleutel', 'De Sleutel');
		const second = renamed(school, 'De Sleutel', 'Sleutelschool');
		expect(school.undo(first)).toEqual({ code: 'overtaken' });
		expect(school.undo(second)).toBeNull();
		expect(school.undo(first)).toBeNull();
	});

	it('does not mind that another field was changed', () => {
		const school = new TestSchool();
		const uid = renamed(school, 'Basisschool De Sleutel', 'De Sleutel');
		school.make('school.changeSettings@1', { edit: { lockAfterMinutes: [15, 30] } });
		expect(school.undo(uid)).toBeNull();
		expect(school.state.get('school', 'school-1')).toMatchObject({
			name: 'Basisschool De Sleutel',
			lockAfterMinutes: 30
		});
	});

	it('is refused twice over', () => {
		const school = new TestSchool();
		const uid = renamed(school, 'Basisschool De Sleutel', 'De Sleutel');
		expect(school.undo(uid)).toBeNull();
		expect(school.undo(uid)).toEqual({ code: 'overtaken' });
		expect(school.undo('nothing')).toEqual({ code: 'notFound', kind: 'history', id: 'nothing' });
	});
});

describe('undoing issued passwords', () => {
	it('brings the former password back, and its card', () => {
		const school = new TestSchool('a');
		school.withLeerId('a');
		school.make('leerId.renew@1', school.renewal('a', 2));
		const uid = school.uid;
		expect(school.undo(uid)).toBeNull();
		expect(school.state.get('leerId', 'leerId-a')?.secretId).toBe('secret-a-1');
		expect(school.cards('a')).toEqual(['1 current', '2 revoked']);
		expect(school.undo(school.uid)).toBeNull();
		expect(school.state.get('leerId', 'leerId-a')?.secretId).toBe('secret-a-2');
		expect(school.cards('a')).toEqual(['1 replaced', '2 current']);
	});

	it('takes a LeerID away, keeps its card as revoked, and lets it be made afresh', () => {
		const school = new TestSchool('a');
		school.withLeerId('a');
		expect(school.undo(school.uid)).toBeNull();
		expect(school.state.count('leerId')).toBe(0);
		expect(school.cards('a')).toEqual(['1 revoked']);
		const undone = school.uid;
		const again = { ...school.issue('a', 2), leerIdId: 'leerId-new', pupilId: 'a' } as const;
		const basic = { type: 'basic', userName: 'user.a', passwordKind: 'image' } as const;
		expect(school.make('leerId.create@1', { ...again, ...basic })).toBeNull();
		expect(school.undo(undone)).toEqual({ code: 'overtaken' });
	});

	it('is refused when the pupil was renewed since, until that is undone', () => {
		const school = new TestSchool('a');
		school.withLeerId('a');
		const created = school.uid;
		school.make('leerId.renew@1', school.renewal('a', 2));
		const renewed = school.uid;
		expect(school.undo(created)).toEqual({ code: 'overtaken' });
		expect(school.undo(renewed)).toBeNull();
		expect(school.undo(created)).toBeNull();
	});

	it('is refused for a new account that the pupil has used', () => {
		const school = new TestSchool('a');
		const leerIdId = school.withLeerId('a');
		const created = school.uid;
		school.make('leerId.signedIn@1', { leerIdId }, { actor: pupilActor(leerIdId) });
		expect(school.undo(created)).toEqual({ code: 'overtaken' });
	});

	it('gives the old user name back unless somebody has it now', () => {
		const school = new TestSchool('a', 'b');
		school.withLeerId('a');
		const userName = ['user.a', 'other'] as const;
		const args = { ...school.renewal('a', 2), userName, passwordKind: 'word' } as const;
		school.make('leerId.adjust@1', args);
		const adjusted = school.uid;
		const created = { ...school.issue('b', 1), leerIdId: 'leerId-b', pupilId: 'b' };
		const basic = { type: 'basic', userName: 'user.a', passwordKind: 'word' } as const;
		expect(school.make('leerId.create@1', { ...created, ...basic })).toBeNull();
		const takesTheName = school.uid;
		expect(school.undo(adjusted)).toEqual({ code: 'overtaken' });
		expect(school.undo(takesTheName)).toBeNull();
		expect(school.undo(adjusted)).toBeNull();
		expect(school.state.get('leerId', 'leerId-a')?.userName).toBe('user.a');
	});

	it('is too late after a day', () => {
		const school = new TestSchool('a');
		school.withLeerId('a', 'basic', { madeAt: '2026-11-21T10:00:00.000Z' });
		const uid = school.uid;
		expect(school.undo(uid, [], { madeAt: '2026-11-22T10:00:00.001Z' })).toEqual({
			code: 'tooLate'
		});
		expect(school.undo(uid, [], { madeAt: '2026-11-22T10:00:00.000Z' })).toBeNull();
		const redo = school.undo(school.uid, [], { madeAt: '2026-11-22T11:00:00.000Z' });
		expect(redo).toEqual({ code: 'tooLate' });
	});
});

describe('undoing what was done, taken back and done once more', () => {
	it('takes the last time back, and never an earlier one with it', () => {
		const school = new TestSchool('a');
		school.withLeerId('a');
		const cardId = 'card-a-1';
		const handOut = () => {
			expect(school.make('card.handOut@1', { cardId, ticked: 'hand' })).toBeNull();
			return school.uid;
		};
		const first = handOut();
		school.make('card.takeBack@1', { cardId });
		const takenBack = school.uid;
		const second = handOut();
		expect(school.undo(first)).toEqual({ code: 'overtaken' });
		for (const uid of [second, takenBack, first]) expect(school.undo(uid)).toBeNull();
		expect(school.state.count('cardReceipt')).toBe(0);
	});

	it('holds for a block of somebody’s signing in too', () => {
		const school = new TestSchool('a');
		const accountId = school.withLeerId('a');
		const block = () => {
			school.make('signIn.block@1', { accountId, cause: 'administration' });
			return school.uid;
		};
		const first = block();
		school.make('signIn.unblock@1', { accountId });
		const second = block();
		expect(school.undo(first)).toEqual({ code: 'overtaken' });
		expect(school.undo(second)).toBeNull();
		expect(school.state.count('signInBlock')).toBe(0);
	});
});

describe('who may undo', () => {
	it('is administration with the right of what was done', () => {
		const school = new TestSchool('a');
		school.withLeerId('a');
		const uid = school.uid;
		for (const actor of [teacher, administratorWith('import', 'cards'), pupilActor('leerId-a')]) {
			expect(school.undo(uid, [], { actor })).toEqual({ code: 'notAllowed' });
		}
		expect(school.undo(uid, [], { actor: administratorWith('leerId') })).toBeNull();
	});

	it('is nobody for what asked for a password, which an undo would not', () => {
		const school = new TestSchool('a');
		const leerIdId = school.withLeerId('a', 'advanced');
		const actor = pupilActor(leerIdId);
		const secrets = { fromSecretId: 'secret-a-1', secretId: 'own' };
		const email = [null, 'thomas@school.be'] as const;
		const refusals = [
			school.make('leerId.choosePassword@1', { leerIdId, ...secrets }, { actor }),
			school.make('leerId.linkEmail@1', { leerIdId, email }, { actor })
		];
		expect(refusals).toEqual([null, null]);
		const uids = new Set([...school.state.all('history')].map(({ uid }) => uid));
		const own = [...uids].filter((uid) => rootOf(school.state, uid)?.actorId === actor.id);
		expect(own).toHaveLength(2);
		for (const uid of own) {
			for (const by of [actor, administrator]) {
				expect(school.undo(uid, [], { actor: by })).toEqual({ code: 'notAllowed' });
			}
		}
		const kept = { passwordKind: 'own', email: email[1] };
		expect(school.state.get('leerId', leerIdId)).toMatchObject(kept);
	});

	it('is nobody where two mutations stand under one uid: what belongs together is not known', () => {
		const school = new TestSchool('a');
		const uid = renamed(school, 'Basisschool De Sleutel', 'De Sleutel');
		const [entry] = school.state.find('historyByUid', uid);
		if (!entry) throw new Error('No history');
		const forged = { ...entry, id: `${uid}-7`, actorId: 'leerId-a', changes: [] };
		school.state.apply({ puts: [forged], removes: [] });
		expect(school.undo(uid)).toEqual({ code: 'notFound', kind: 'history', id: uid });
		expect(canUndo(school.state, [uid], { actor: administrator, today, now: school.at(9) })).toBe(
			false
		);
		expect(school.state.get('school', 'school-1')?.name).toBe('De Sleutel');
	});
});

describe('undoing what was done to accounts', () => {
	const second = { ...firstAccount, id: 'account-9', userName: 'bart.maes' };

	it('removes an account that has done nothing', () => {
		const school = new TestSchool();
		school.make('account.create@1', { account: second });
		expect(school.undo(school.uid)).toBeNull();
		expect(school.state.count('account')).toBe(1);
	});

	it('keeps an account that history names', () => {
		const school = new TestSchool();
		school.make('account.create@1', { account: second });
		const created = school.uid;
		const actor = { ...administrator, id: 'account-9' };
		school.make('school.changeSettings@1', { edit: { lockAfterMinutes: [15, 5] } }, { actor });
		expect(school.undo(created)).toEqual({ code: 'overtaken' });
	});

	it('never leaves a school without somebody who manages accounts', () => {
		const school = new TestSchool();
		const helper = { ...second, rights: ['leerId'] as const };
		school.make('account.create@1', { account: helper });
		const rights = [['leerId'], ['leerId', 'accounts']] as const;
		school.make('account.edit@1', { accountId: 'account-9', edit: { rights } });
		const promoted = school.uid;
		expect(school.make('account.archive@1', { accountId: 'account-1' })).toBeNull();
		expect(school.undo(promoted)).toEqual({ code: 'lastAdministrator' });
	});
});

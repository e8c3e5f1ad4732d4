import { describe, expect, it } from 'vitest';
import { systemActor } from '../credentials/actor-ids.ts';
import type { AnyRecord } from '../registry/records.ts';
import {
	administrator,
	administratorWith,
	enrolmentRecord,
	pupilActor,
	pupilRecord,
	TestSchool,
	today
} from '../testing/test-school.ts';
import { describeActions, describeHistory } from './describe.ts';
import { canUndo } from './undo-plan.ts';

function adjusted(): TestSchool {
	const school = new TestSchool('a');
	const leerIdId = school.withLeerId('a', 'advanced');
	const actor = pupilActor(leerIdId);
	const email = [null, 'thomas@school.be'] as const;
	school.make('leerId.linkEmail@1', { leerIdId, email }, { actor });
	const userName = ['user.a', 'thomas.maes'] as const;
	const args = { ...school.renewal('a', 2), userName, passwordKind: 'temporary' } as const;
	school.make('leerId.adjust@1', args);
	return school;
}

const accountKinds = ['leerId', 'credentialCard', 'cardReceipt', 'enrolment'] as const;

function accountHistory(school: TestSchool) {
	return describeHistory(school.state, ['a'], accountKinds);
}

describe('the history of an account', () => {
	it('goes field by field, and never shows an id or a secret', () => {
		const school = adjusted();
		const items = accountHistory(school);
		expect(items[0]?.changes).toEqual([
			{
				op: 'edit',
				kind: 'leerId',
				fields: [
					{ field: 'userName', from: 'user.a', to: 'thomas.maes', hidden: false },
					{ field: 'secretId', from: null, to: null, hidden: true },
					{ field: 'email', from: 't*****s@school.be', to: null, hidden: false }
				]
			},
			{
				op: 'add',
				kind: 'credentialCard',
				fields: [
					{ field: 'issue', from: null, to: 2, hidden: false },
					{ field: 'state', from: null, to: 'current', hidden: false }
				]
			},
			{
				op: 'edit',
				kind: 'credentialCard',
				fields: [{ field: 'state', from: 'current', to: 'replaced', hidden: false }]
			}
		]);
		expect(JSON.stringify(items.map(({ changes }) => changes))).not.toMatch(
			/secret-|card-a|leerId-a|print-1|thomas@school/
		);
	});

	it('tells what was undone', () => {
		const school = adjusted();
		school.make('change.undo@1', { uid: school.uid, except: [] });
		const [latest, undone] = accountHistory(school);
		expect(latest).toMatchObject({ undoes: 'leerId.adjust@1', again: false, undone: false });
		expect(undone).toMatchObject({ undoes: null, again: false, undone: true });
	});

	it('tells an undo of an undo as doing again, and one of that as an undo', () => {
		const school = adjusted();
		let uid = school.uid;
		for (const again of [false, true, false]) {
			school.undo(uid);
			const [latest] = accountHistory(school);
			expect(latest).toMatchObject({ undoes: 'leerId.adjust@1', again });
			uid = latest?.uids[0] ?? '';
		}
	});

	it('tells in one list with the rest when it was blocked, by whom, and when no more', () => {
		const school = adjusted();
		const block = { accountId: 'leerId-a', cause: 'wrongPasswords' } as const;
		expect(school.make('signIn.block@1', block, { actor: systemActor })).toBeNull();
		expect(school.make('signIn.unblock@1', { accountId: 'leerId-a' })).toBeNull();
		const items = describeHistory(
			school.state,
			['a', 'leerId-a'],
			[...accountKinds, 'signInBlock']
		);
		expect(items.map(({ mutation, actorId }) => [mutation, actorId])).toEqual([
			['signIn.unblock@1', 'account-1'],
			['signIn.block@1', 'system'],
			['leerId.adjust@1', 'account-1'],
			['leerId.linkEmail@1', 'leerId-a'],
			['leerId.create@1', 'account-1']
		]);
		expect(items[1]?.changes).toMatchObject([{ op: 'add', kind: 'signInBlock' }]);
	});

	it('says what an account was when it was made, not what it is now', () => {
		const school = adjusted();
		const made = accountHistory(school).at(-1);
		const account = made?.changes.find(({ kind }) => kind === 'leerId');
		expect(account?.fields.find(({ field }) => field === 'userName')).toMatchObject({
			to: 'user.a'
		});
		const card = made?.changes.find(({ kind }) => kind === 'credentialCard');
		expect(card?.fields.find(({ field }) => field === 'state')).toMatchObject({ to: 'current' });
	});
});

describe('the history of a subject', () => {
	const by = { batch: 'batch-1', madeAt: `${today}T09:00:00.000Z` };
	const write = (school: TestSchool, ...records: readonly AnyRecord[]) =>
		school.make(
			'import.write@1',
			{ importRunId: 'import-1', records: records.map((add) => ({ add })) },
			by
		);

	function imported(): TestSchool {
		const school = new TestSchool();
		const run = {
			kind: 'importRun',
			id: 'import-1',
			madeAt: by.madeAt,
			actorId: administrator.id,
			fileName: 'leerlingen.csv',
			format: 'CSV',
			whole: false,
			added: 1,
			changed: 0,
			left: 0,
			skipped: 0,
			undoneAt: null
		} as const;
		expect(school.make('import.start@1', { run }, by)).toBeNull();
		const number = {
			kind: 'nationalNumber',
			id: 'p',
			scheme: 'bis',
			value: '01490700185'
		} as const;
		expect(write(school, pupilRecord('p'), number)).toBeNull();
		expect(write(school, enrolmentRecord('p'))).toBeNull();
		return school;
	}

	it('is grouped by batch, with groups by name and no national number', () => {
		const school = imported();
		const items = describeHistory(school.state, ['p']);
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({ mutation: 'import.write@1', batch: 'batch-1', undone: false });
		expect(items[0]?.uids.toSorted()).toEqual(['uid-2', 'uid-3']);
		const fields = items[0]?.changes.flatMap((change) => change.fields) ?? [];
		expect(fields).toContainEqual({
			field: 'groupId',
			from: null,
			to: '6de leerjaar',
			hidden: false
		});
		expect(fields).toContainEqual({ field: 'value', from: null, to: null, hidden: true });
		expect(JSON.stringify(items)).not.toContain('01490700185');
	});

	it('lists what was done in the school, the latest first', () => {
		const school = imported();
		school.make('school.changeSettings@1', { edit: { lockAfterMinutes: [15, 30] } });
		const actions = describeActions(school.state, 10);
		expect(actions.map(({ mutation, subjectIds }) => [mutation, subjectIds.toSorted()])).toEqual([
			['school.changeSettings@1', ['school-1']],
			['import.write@1', ['import-1', 'p']]
		]);
		expect(describeActions(school.state, 1)).toHaveLength(1);
	});

	it('lists of what was done only what is asked, an undo with what it undid', () => {
		const school = imported();
		school.make('school.changeSettings@1', { edit: { lockAfterMinutes: [15, 30] } });
		const [done] = describeActions(school.state, 1);
		school.make('change.undo@1', { uid: done?.uids[0] ?? '', except: [] });
		const settings = describeActions(school.state, 10, ({ mutation }) =>
			mutation.startsWith('school.')
		);
		expect(settings.map(({ mutation, undone }) => [mutation, undone])).toEqual([
			['change.undo@1', false],
			['school.changeSettings@1', true]
		]);
		const byOthers = describeActions(school.state, 10, ({ actorId }) => actorId !== 'account-1');
		expect(byOthers).toEqual([]);
	});

	it('says whether an undo can be offered', () => {
		const school = imported();
		const uids = ['uid-1', 'uid-2', 'uid-3'];
		const now = school.at(60);
		expect(canUndo(school.state, uids, { actor: administrator, today, now })).toBe(true);
		const other = administratorWith('leerId');
		expect(canUndo(school.state, uids, { actor: other, today, now })).toBe(false);
		const late = '2027-01-01T00:00:00.000Z';
		expect(canUndo(school.state, uids, { actor: administrator, today, now: late })).toBe(false);
		for (const uid of uids.toReversed()) school.make('change.undo@1', { uid, except: [] });
		expect(canUndo(school.state, uids, { actor: administrator, today, now })).toBe(false);
		expect(describeActions(school.state, 10).at(-1)).toMatchObject({ undone: true });
	});

	it('offers no undo of what was made for somebody who went with an import', () => {
		const school = imported();
		school.withLeerId('p');
		const made = [...school.state.all('history')].filter(({ mutation }) =>
			mutation.startsWith('leerId.create@')
		);
		const uids = made.map(({ uid }) => uid);
		const offered = () =>
			canUndo(school.state, uids, { actor: administrator, today, now: school.at(60) });
		expect(offered()).toBe(true);
		const imports = ['uid-3', 'uid-2', 'uid-1'];
		for (const uid of imports) expect(school.undo(uid)).toBeNull();
		expect(school.state.get('leerId', 'leerId-p')).toBeUndefined();
		expect(offered()).toBe(false);
		// They are back, but their card is on paper and stays revoked.
		for (const uid of imports.toReversed()) {
			const undo = [...school.state.all('history')].find(({ undoes }) => undoes === uid);
			expect(school.undo(undo?.uid ?? '')).toBeNull();
		}
		expect(school.undo(uids[0] ?? '')).not.toBeNull();
		expect(offered()).toBe(false);
	});

	it('offers no undo of what was changed since, until that is undone', () => {
		const school = new TestSchool();
		const rename = (from: string, to: string) => {
			const before = new Set([...school.state.all('history')]);
			school.make('school.changeSettings@1', { edit: { name: [from, to] } });
			const made = [...school.state.all('history')].find((entry) => !before.has(entry));
			return made?.uid ?? '';
		};
		const [name = ''] = [...school.state.all('school')].map((each) => each.name);
		const first = rename(name, 'De Wegwijzer');
		const second = rename('De Wegwijzer', 'De Wegwijzer-Noord');
		const offered = () =>
			canUndo(school.state, [first], { actor: administrator, today, now: school.at(60) });
		expect(offered()).toBe(false);
		school.undo(second);
		expect(offered()).toBe(true);
	});
});

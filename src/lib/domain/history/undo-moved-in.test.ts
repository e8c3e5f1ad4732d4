import { describe, expect, it } from 'vitest';
import {
	administrator,
	firstAccount,
	snapshot,
	TestSchool,
	today
} from '../testing/test-school.ts';
import type { History, RecordChange } from '../registry/records.ts';
import { isForward, isUndone, rootOf } from './standing.ts';
import { describeHistory } from './describe.ts';
import { canUndo } from './undo-plan.ts';

describe('a history that moved in', () => {
	/** An entry as a device would bring it that nobody can trust. */
	function entry(uid: string, undoes: string | null, at = 0): History {
		return {
			kind: 'history',
			id: `${uid}-${at}`,
			uid,
			batch: null,
			mutation: undoes === null ? 'school.changeSettings@1' : 'change.undo@1',
			actorId: administrator.id,
			madeAt: '2026-11-21T08:00:00.000Z',
			undoes,
			subjectId: 'school-1',
			changes: [{ op: 'edit', kind: 'school', id: 'school-1', fields: { name: ['A', 'B'] } }]
		};
	}

	it('may have entries that undo each other: nothing of them can be taken back', () => {
		const school = new TestSchool();
		const around = [entry('itself', 'itself'), entry('one', 'other'), entry('other', 'one')];
		school.state.apply({ puts: around, removes: [] });
		for (const { uid } of around) {
			expect(rootOf(school.state, uid)).toBeUndefined();
			expect(school.undo(uid)).toEqual({ code: 'notFound', kind: 'history', id: uid });
			expect(
				canUndo(school.state, [uid], {
					actor: administrator,
					today,
					now: '2026-11-21T09:00:00.000Z'
				})
			).toBe(false);
		}
		const items = describeHistory(school.state, ['school-1']);
		expect(items.map(({ uids }) => uids)).toEqual([['other'], ['one'], ['itself']]);
	});

	const strange: readonly RecordChange[] = [
		{ op: 'edit', kind: 'school', id: 'school-1', fields: { id: ['other', 'school-1'] } },
		{ op: 'edit', kind: 'school', id: 'school-1', fields: { kind: ['group', 'school'] } },
		{ op: 'edit', kind: 'school', id: 'school-1', fields: { isGod: [true, null] } },
		{ op: 'edit', kind: 'school', id: 'school-1', fields: { toString: [true, null] as const } },
		{ op: 'remove', kind: 'group', id: 'gone', before: { ...firstAccount, userName: 'taken' } },
		{ op: 'remove', kind: 'group', id: 'gone', before: { kind: 'group', id: 'other', name: 'x' } },
		{ op: 'add', kind: 'history', id: 'changed-0' },
		{
			...{ op: 'remove', kind: 'cardKeyPrivate', id: 'k' },
			before: { kind: 'cardKeyPrivate', id: 'k', privateKey: 'lost' }
		}
	];

	it.each(strange.map((change) => [change] as const))(
		'takes nothing back by a change that no app writes: %j',
		(change) => {
			const school = new TestSchool();
			school.state.apply({ puts: [{ ...entry('changed', null), changes: [change] }], removes: [] });
			const before = snapshot(school.state);
			expect(school.undo('changed')).toEqual({ code: 'overtaken' });
			expect(snapshot(school.state)).toEqual(before);
		}
	);

	it('may undo and do again often, with more entries of one subject each time', () => {
		const school = new TestSchool();
		const times = 41;
		const puts = Array.from({ length: times }, (_, at) =>
			[0, 1, 2].map((each) => entry(`uid-${at}`, at === 0 ? null : `uid-${at - 1}`, each))
		).flat();
		school.state.apply({ puts, removes: [] });
		expect(puts.slice(0, 6).map((each) => isUndone(school.state, each))).toEqual([
			...[false, false, false],
			...[true, true, true]
		]);
		expect(isForward(school.state, `uid-${times - 1}`)).toBe(true);
	});
});

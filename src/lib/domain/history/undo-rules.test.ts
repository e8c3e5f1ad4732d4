import { expect, test } from 'vitest';
import { guardianActor } from '../accounts/test-family.ts';
import type { History } from '../registry/records.ts';
import { pupilRecord, TestSchool, today } from '../testing/test-school.ts';
import { mayUndo } from './undo-rules.ts';

test('a maker who still sees a part of what was done undoes none of it', () => {
	const school = new TestSchool('a', 'b');
	const state = school.state;
	const actor = { ...guardianActor('parent'), role: 'teacher' as const };
	const teacher = { ...state.get('account', 'account-1'), id: actor.id, role: 'teacher' as const };
	const pupils = [pupilRecord('a'), { ...pupilRecord('b'), groupId: null }];
	const groupIds = [pupils[0]?.groupId ?? ''];
	state.apply({ puts: [{ ...teacher, groupIds } as never, ...pupils], removes: [] });
	const entry = (subjectId: string): History => ({
		...{ kind: 'history', id: `u-${subjectId}`, uid: 'u', batch: null, mutation: 'x@1' },
		...{ actorId: actor.id, madeAt: `${today}T09:00:00.000Z`, undoes: null, subjectId },
		changes: [{ op: 'edit', kind: 'pupil', id: subjectId, fields: {} }]
	});
	const may = (...entries: readonly History[]) =>
		mayUndo({ by: 'maker', within: null }, { actor, today, state }, { root: entry('a'), entries });
	expect(may(entry('a'))).toBe(true);
	expect(may(entry('b'))).toBe(false);
	expect(may(entry('a'), entry('b'))).toBe(false);
});

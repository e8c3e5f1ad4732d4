import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { describeHistory } from '../history/describe.ts';
import { canUndo } from '../history/undo-plan.ts';
import { mergeEdit } from '../kernel/edit.ts';
import { anyRecord } from '../testing/arbitrary-record.ts';
import { administrator, group, snapshot, TestSchool, today } from '../testing/test-school.ts';
import { declared } from './kinds.ts';
import { bringUp } from './migrations.ts';
import type { AnyRecord, RecordChange } from './records.ts';
import { referencesOf } from './references.ts';

/** As if groups had once held what no rule asks any more. */
vi.mock('./kinds.ts', async (original) => {
	const real = await original<typeof import('./kinds.ts')>();
	const { gone, list, ref, since, text } = await import('../kernel/field.ts');
	const fields = {
		...real.kinds.group.fields,
		mentors: gone(list(ref('staff'))),
		room: gone(since(4, text(), 'unknown'))
	};
	const once = { ...real.kinds.group, fields };
	const declared = (kind: Parameters<typeof real.declared>[0]) =>
		kind === 'group' ? once : real.declared(kind);
	return { ...real, declared };
});

const old = { ...group, mentors: ['staff-of-once'], room: 'B12' } as AnyRecord;

/** A school with a group of an older app, in which somebody did something to the group. */
function schoolWhere(change: Extract<RecordChange, { op: 'edit' }>['fields'], now = old) {
	const school = new TestSchool();
	const entry = {
		kind: 'history',
		id: 'uid-old-0',
		uid: 'uid-old',
		batch: null,
		mutation: 'school.changeSettings@1',
		actorId: administrator.id,
		madeAt: school.at(0),
		undoes: null,
		subjectId: group.id,
		changes: [{ op: 'edit', kind: 'group', id: group.id, fields: change }]
	} as const;
	school.state.apply({ puts: [now, entry], removes: [] });
	return school;
}

const room = ['A1', 'B12'] as const;
const name = ['5A', group.name] as const;

describe('a field of a kind that is gone', () => {
	it('is brought by some records, and left as it is by what brings records up', () => {
		const groups = fc
			.sample(anyRecord, { numRuns: 2000, seed: 9 })
			.filter(({ kind }) => kind === 'group');
		const bringing = groups.filter((record) => 'room' in record);
		expect(bringing.length).toBeGreaterThan(0);
		expect(bringing.length).toBeLessThan(groups.length);
		for (const record of groups) expect(bringUp(record)).toEqual(record);
	});

	it('holds nothing up that it once named', () => {
		expect(referencesOf(old)).toEqual([]);
	});

	it('is left out of history, of what was edited and of what was removed', () => {
		const { state } = schoolWhere({ name, room });
		expect(describeHistory(state, [group.id])[0]?.changes).toEqual([
			{
				op: 'edit',
				kind: 'group',
				fields: [{ field: 'name', from: '5A', to: group.name, hidden: false }]
			}
		]);
		expect(describeHistory(schoolWhere({ room }).state, [group.id])).toEqual([]);
		const [entry] = state.all('history');
		const changes = [{ op: 'remove', kind: 'group', id: group.id, before: old }] as const;
		if (entry) state.apply({ puts: [{ ...entry, changes }], removes: [] });
		const described = describeHistory(state, [group.id])[0]?.changes[0];
		expect(described?.fields.map(({ field }) => field)).toEqual(['name']);
	});

	it.each([
		['still has it', old],
		['was made since without it', group]
	])('keeps no older edit from being taken back where the record %s', (_, now) => {
		const school = schoolWhere({ name, room }, now);
		const by = { actor: administrator, today, now: school.at(9) };
		expect(canUndo(school.state, ['uid-old'], by)).toBe(true);
		expect(school.undo('uid-old')).toBeNull();
		expect(school.state.get('group', group.id)).toEqual({ ...now, name: '5A' });
	});

	it('stays in a record that an older app changes', () => {
		const edit = { name: [group.name, '6A'], room: ['B12', 'C1'] } as never;
		expect(mergeEdit(old, edit, declared('group'))).toEqual({
			ok: true,
			value: { ...old, name: '6A' }
		});
	});

	it('is taken from the file of an older app, in which it may be all that changed', () => {
		const school = new TestSchool();
		const before = snapshot(school.state);
		const run = {
			id: 'import-1',
			madeAt: school.at(0),
			actorId: administrator.id,
			fileName: 'x.csv',
			format: 'CSV',
			whole: false,
			added: 0,
			changed: 1,
			left: 0,
			skipped: 0,
			undoneAt: null
		};
		expect(school.make('import.start@1', { run: { kind: 'importRun', ...run } })).toBeNull();
		const records = [{ kind: 'group', id: group.id, edit: { room } }] as const;
		expect(school.make('import.write@1', { importRunId: 'import-1', records })).toBeNull();
		expect(snapshot(school.state).filter((text) => !text.includes('importRun'))).toEqual(before);
	});
});

import { describe, expect, it, vi } from 'vitest';
import { administrator, group, school, TestSchool } from '#lib/domain/testing/test-school.ts';
import { importRun } from '#lib/domain/history/testing.ts';
import { parseJoinPart } from './join.ts';
import { parseArgs } from './mutation-args.ts';

/** As if groups had got a field after the first endpoints. */
vi.mock('../domain/registry/kinds.ts', async (original) => {
	const real = await original<typeof import('../domain/registry/kinds.ts')>();
	const { since, text } = await import('../domain/kernel/field.ts');
	const fields = { ...real.kinds.group.fields, room: since(4, text(), 'unknown') };
	const later = { ...real.kinds.group, fields };
	const declared = (kind: Parameters<typeof real.declared>[0]) =>
		kind === 'group' ? later : real.declared(kind);
	return { ...real, declared };
});

const add = { ...group, id: 'group-9', name: '6B' };
const written = { importRunId: 'import-1', records: [{ add }], decided: [] };

describe('a field that came later, left out by an app of before', () => {
	it('is filled in where a file brings a record', () => {
		const records = [{ add: { ...add, room: 'unknown' } }];
		expect(parseArgs('import.write@2', written)).toEqual({ ...written, records });
		const known = { ...written, records: [{ add: { ...add, room: 'B12' } }] };
		expect(parseArgs('import.write@2', known)).toEqual(known);
		const bad = { ...written, records: [{ add: { ...add, room: 7 } }] };
		expect(parseArgs('import.write@2', bad)).toBeNull();
	});

	it('is filled in on the device that has the import in its outbox', () => {
		const test = new TestSchool();
		test.make('import.start@1', { run: { ...importRun, actorId: administrator.id } });
		expect(test.make('import.write@2', written)).toBeNull();
		expect(test.state.get('group', 'group-9')).toEqual({ ...add, room: 'unknown' });
	});

	it('is filled in where a school moves in, and in what its history keeps', () => {
		const removal = {
			...{ kind: 'history', id: 'u-0', uid: 'u', batch: null, mutation: 'change.undo@1' },
			...{ actorId: 'account-1', madeAt: importRun.madeAt, undoes: 'w', subjectId: add.id },
			changes: [{ op: 'remove', kind: 'group', id: add.id, before: add }]
		};
		const part = { token: 'token-AAAAAAAAAAAAAAAAAA', school: school.id, part: 0, secrets: [] };
		const parsed = parseJoinPart({ ...part, records: [group, removal] });
		expect(parsed?.records).toMatchObject([
			{ ...group, room: 'unknown' },
			{ changes: [{ before: { room: 'unknown' } }] }
		]);
	});

	it('that came with the first endpoints may not be left out: no app is older', () => {
		const { offlineHours: _, ...older } = school;
		const part = { token: 'token-AAAAAAAAAAAAAAAAAA', school: school.id, part: 0, secrets: [] };
		expect(parseJoinPart({ ...part, records: [older] })).toBeNull();
		expect(parseJoinPart({ ...part, records: [school] })).not.toBeNull();
	});
});

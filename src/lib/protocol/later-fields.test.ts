import { describe, expect, it, vi } from 'vitest';
import { administrator, group, school, TestSchool } from '#lib/domain/testing/test-school.ts';
import { importRun } from '#lib/domain/history/testing.ts';
import { parseJoinPart } from './join.ts';
import { parseArgs } from './mutation-args.ts';

/** As if groups had got a field after the first servers. */
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

	it('that came with the first servers may not be left out: no app is older', () => {
		const { offlineHours: _, ...older } = school;
		const part = { token: 'token-AAAAAAAAAAAAAAAAAA', school: school.id, part: 0, secrets: [] };
		expect(parseJoinPart({ ...part, records: [older] })).toBeNull();
		expect(parseJoinPart({ ...part, records: [school] })).not.toBeNull();
	});
});

/** As if a group's name had had another, before schema 4. */
vi.mock('../domain/kernel/migrations/steps.ts', async (original) => {
	const real = await original<typeof import('../domain/kernel/migrations/steps.ts')>();
	const renamed = ({ title, ...group }: Readonly<Record<string, unknown>>) => ({
		...group,
		name: (title as string).trim()
	});
	return {
		steps: {
			...real.steps,
			4: (record: Readonly<Record<string, unknown>>) =>
				record['kind'] === 'group' && 'title' in record ? renamed(record) : record
		}
	};
});

describe('a record that an app of before sends whole, and that looked otherwise then', () => {
	const { name, ...rest } = add;
	const older = { ...rest, title: ` ${name}` };
	const now = { ...add, room: 'unknown' };

	it('is as it is now where a file brings it', () => {
		const args = { ...written, records: [{ add: older }] };
		expect(parseArgs('import.write@2', args)).toEqual({ ...written, records: [{ add: now }] });
	});

	it('is as it is now where a school moves in', () => {
		const part = { token: 'token-AAAAAAAAAAAAAAAAAA', school: school.id, part: 0, secrets: [] };
		expect(parseJoinPart({ ...part, records: [older] })?.records).toEqual([now]);
	});

	it('is refused when a migration cannot bear it, and nothing throws', () => {
		const args = { ...written, records: [{ add: { ...older, title: 7 } }] };
		expect(parseArgs('import.write@2', args)).toBeNull();
	});
});

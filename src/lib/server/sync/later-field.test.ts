import { expect, it, vi } from 'vitest';
import type { ImportRun } from '#lib/domain/import/kinds.ts';
import { since, text } from '#lib/domain/kernel/field.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import { recordSchema } from '#lib/domain/registry/migrations.ts';
import { sampleRecords } from '#lib/domain/testing/every-kind.ts';
import { administrator, school, TestSchool } from '#lib/domain/testing/test-school.ts';
import { parseJoinPart } from '#lib/protocol/join.ts';
import { recordSchemaOf } from '#lib/protocol/limits.ts';
import { takePart } from '../schools/moving-in.ts';
import { TestEndpoint } from './testing.ts';

// As a version after this one may declare them: records have got fields that apps of before don't know.
vi.mock('#lib/domain/people/kinds.ts', async (original) => {
	const { people } = await original<typeof import('#lib/domain/people/kinds.ts')>();
	const fields = { ...people.pupil.fields, plantedName: since(99, text(), '') };
	return { people: { ...people, pupil: { ...people.pupil, fields } } };
});
vi.mock('#lib/domain/import/kinds.ts', async (original) => {
	const { imports } = await original<typeof import('#lib/domain/import/kinds.ts')>();
	const fields = { ...imports.importRun.fields, plantedSheet: since(99, text(), '') };
	return { imports: { ...imports, importRun: { ...imports.importRun, fields } } };
});

/** As apps of before make them. */
const [pupil] = sampleRecords.pupil;
const run: ImportRun = {
	...sampleRecords.importRun[0],
	id: 'import-9',
	actorId: administrator.id
};
const written = { importRunId: run.id, records: [{ add: pupil }], decided: [] };
const older = { schema: 1 };

async function endpointWith(...records: readonly AnyRecord[]) {
	const endpoint = await TestEndpoint.open();
	await endpoint.addSchool('school-1', [...sampleRecords.group, ...records]);
	return endpoint;
}

it('is of a schema that no app has yet', () => {
	expect(recordSchema).toBe(99);
	expect(recordSchemaOf(older.schema)).toBeLessThan(99);
});

it('is filled in where an older app adds a record whole, at the endpoint', async () => {
	const endpoint = await endpointWith();
	const device = endpoint.device('school-1');
	device.add('import.start@1', { run });
	device.add('import.write@2', written);
	const answer = device.take(await device.send(older));
	expect(answer.results).toMatchObject([{ refusal: null }, { refusal: null }]);
	expect(await endpoint.records('school-1')).toEqual(
		expect.arrayContaining([
			{ ...pupil, plantedName: '' },
			{ ...run, plantedSheet: '' }
		])
	);
});

it('is filled in where what waited on a device is run again', () => {
	const local = new TestSchool();
	local.make('import.start@1', { run });
	local.make('import.write@1', { importRunId: run.id, records: [{ add: pupil }] });
	expect(local.state.get('pupil', pupil.id)).toEqual({ ...pupil, plantedName: '' });
	expect(local.state.get('importRun', run.id)).toEqual({ ...run, plantedSheet: '' });
});

it('stays as it is when an older app changes something else', async () => {
	const named = { ...pupil, plantedName: 'Noortje' };
	const endpoint = await endpointWith(named);
	const device = endpoint.device('school-1');
	device.add('import.start@1', { run });
	const edit = { givenName: [pupil.givenName, 'Nora'] } as const;
	const records = [{ kind: 'pupil', id: pupil.id, edit }] as const;
	device.add('import.write@1', { importRunId: run.id, records });
	const answer = device.take(await device.send(older));
	expect(answer.results).toMatchObject([{ refusal: null }, { refusal: null }]);
	expect(await endpoint.records('school-1')).toContainEqual({ ...named, givenName: 'Nora' });
});

it('is filled in where an older app brings a school that was made on it', async () => {
	const endpoint = await TestEndpoint.open();
	const row = { id: 'invited', number: school.number, name: '', invite_hash: 'hash', made_at: '' };
	await endpoint.store.writeOutside(({ db }) =>
		db
			.insertInto('schools')
			.values({ ...row, state: 'invited' })
			.execute()
	);
	const removed: AnyRecord = {
		kind: 'history',
		id: 'uid-0',
		uid: 'uid',
		batch: null,
		mutation: 'change.undo@1',
		actorId: administrator.id,
		madeAt: '2026-11-21T10:00:00.000Z',
		undoes: null,
		subjectId: pupil.id,
		changes: [{ op: 'remove', kind: 'pupil', id: pupil.id, before: pupil }]
	};
	const part = parseJoinPart({
		token: 'token-AAAAAAAAAAAAAAAAAA',
		school: 'school-1',
		part: 0,
		records: [school, pupil, removed],
		secrets: []
	});
	if (!part) throw new Error('Not a part');
	const tools = { store: endpoint.store, keys: endpoint.keys, clock: () => endpoint.now };
	expect(await takePart(tools, part, 'hash')).toBeNull();
	const before = { ...pupil, plantedName: '' };
	expect(await endpoint.records('school-1')).toEqual(
		expect.arrayContaining([
			before,
			{ ...removed, changes: [{ op: 'remove', kind: 'pupil', id: pupil.id, before }] }
		])
	);
});

import { describe, expect, it } from 'vitest';
import {
	administrator,
	firstAccount,
	group,
	pupilRecord,
	enrolmentRecord,
	school
} from '#lib/domain/testing/test-school.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import { TestEndpoint } from './testing.ts';

const people = ['a', 'b', 'c'].flatMap((id) => [pupilRecord(id), enrolmentRecord(id)]);

async function endpointWithSchool(options = {}) {
	const endpoint = await TestEndpoint.open(options);
	await endpoint.addSchool('school-1', [group, ...people]);
	return endpoint;
}

function rename(from: string, to: string) {
	return { edit: { name: [from, to] } } as const;
}

describe('two devices', () => {
	it('agree once both have been in touch', async () => {
		const endpoint = await endpointWithSchool();
		const one = endpoint.device('school-1');
		const other = endpoint.device('school-1');
		await one.sync();
		await other.sync();
		one.add('school.changeSettings@1', rename(school.name, 'De Sleutel'));
		other.add('school.changeSettings@1', { edit: { lockAfterMinutes: [15, 30] } });
		expect(await one.sync()).toMatchObject([{ number: 1, refusal: null }]);
		expect(await other.sync()).toMatchObject([{ number: 1, refusal: null }]);
		await one.sync();
		expect(one.held).toEqual(other.held);
		expect(one.records.get('school school-1')).toMatchObject({
			name: 'De Sleutel',
			lockAfterMinutes: 30
		});
	});

	it('tell the later one what the other made of it', async () => {
		const endpoint = await endpointWithSchool();
		const one = endpoint.device('school-1');
		const other = endpoint.device('school-1');
		one.add('school.changeSettings@1', rename(school.name, 'Mijn'));
		other.add('school.changeSettings@1', rename(school.name, 'Jouw'));
		await one.sync();
		expect(await other.sync()).toMatchObject([
			{ refusal: { code: 'changedMeanwhile', mine: 'Jouw', theirs: 'Mijn' } }
		]);
	});
});

describe('what was sent', () => {
	it('is applied once, however often it comes', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		device.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		const first = await device.send();
		const again = await device.send();
		expect(again).toMatchObject({ results: (first as { results: unknown }).results });
		device.take(again);
		expect(device.records.has('printRun run')).toBe(true);
	});

	it('keeps its result through a new client, by its uid', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		const uid = device.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		await device.send();
		device.clientId = 'renumbered';
		expect(await device.sync()).toEqual([{ uid, number: 1, refusal: null }]);
		device.add('print.saved@1', { printRunId: 'run' });
		expect(await device.sync()).toMatchObject([{ number: 2, refusal: null }]);
	});

	it.each([
		['a gap', 2, 'uid-new'],
		['another mutation under a number that was used', 1, 'uid-new']
	])('with %s is to be numbered anew', async (_, number, uid) => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		if (number === 1) {
			device.add('print.start@1', { printRunId: 'other', title: 'A', cardCount: 1 });
			await device.sync();
		}
		device.nextNumber = number;
		device.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 }, { uid });
		const lastMadeAt = number === 1 ? endpoint.now.toISOString() : null;
		expect(await device.send()).toEqual({ kind: 'renumber', lastMadeAt });
		const records = await endpoint.records('school-1');
		expect(records.some(({ id }) => id === 'run')).toBe(false);
	});

	it('and refused counts, and holds up nothing behind it', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		device.add('print.saved@1', { printRunId: 'nothing' });
		device.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		expect(await device.sync()).toMatchObject([
			{ number: 1, refusal: { code: 'notFound' } },
			{ number: 2, refusal: null }
		]);
	});

	it('and thrown over by a bug is refused, and holds up nothing behind it', async () => {
		const endpoint = await endpointWithSchool({
			effects: {
				declared: () => Promise.resolve(),
				own: { 'print.saved@1': () => Promise.reject(new Error('bug')) }
			}
		});
		const device = endpoint.device('school-1');
		device.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		device.add('print.saved@1', { printRunId: 'run' });
		device.add('print.start@1', { printRunId: 'run-2', title: 'A', cardCount: 1 });
		expect((await device.sync()).map(({ refusal }) => refusal?.code ?? null)).toEqual([
			null,
			'failed',
			null
		]);
		expect(endpoint.reported).toHaveLength(1);
		expect(device.records.get('printRun run')).toMatchObject({ savedAt: null });
	});

	it('keeps its reason until the device says that it knows', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		const uid = device.add('print.saved@1', { printRunId: 'nothing' });
		const sent = device.outbox;
		await device.send();
		expect((await device.sync())[0]).toMatchObject({ uid, refusal: { code: 'notFound' } });
		await device.sync();
		const known = await device.send({ mutations: sent });
		expect(known).toMatchObject({ results: [{ uid, refusal: { code: 'failed' } }] });
	});
});

describe('a server', () => {
	it('takes what an app sends that reads another meaning, and asks it to update', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		device.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		expect(await device.send({ schema: 0 })).toEqual({ kind: 'update' });
		expect((await endpoint.records('school-1')).some(({ id }) => id === 'run')).toBe(true);
		expect(await device.sync()).toMatchObject([{ refusal: null }]);
	});

	it('has an app that is newer than itself come back', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		expect(await device.send({ schema: schemaVersion + 1 })).toEqual({
			kind: 'refused',
			code: 'busy'
		});
	});

	it('pulls nothing before all of the outbox is there', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		device.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		const answer = await device.send({ unsent: true });
		expect(answer).toMatchObject({ results: [{ refusal: null }], puts: [], more: false });
		device.take(answer);
		await device.sync();
		expect(device.records.has('printRun run')).toBe(true);
	});

	it('undoes what it holds no history of in memory', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		const uid = device.add('school.changeSettings@1', rename(school.name, 'De Sleutel'));
		await device.sync();
		device.add('school.changeSettings@1', { edit: { lockAfterMinutes: [15, 30] } });
		device.add('change.undo@1', { uid, except: [] });
		device.add('change.undo@1', { uid, except: [] });
		const refusals = (await device.sync()).map(({ refusal }) => refusal?.code ?? null);
		expect(refusals).toEqual([null, null, 'overtaken']);
		expect(device.records.get('school school-1')).toMatchObject({
			name: school.name,
			lockAfterMinutes: 30
		});
	});

	it('does not undo the making of an account that acted', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		const account = { ...firstAccount, id: 'account-9', userName: 'bart.maes' };
		const uid = device.add('account.create@1', { account });
		await device.sync();
		const second = endpoint.device('school-1', 'account-9');
		second.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		await second.sync();
		device.add('change.undo@1', { uid, except: [] });
		expect(await device.sync()).toMatchObject([{ refusal: { code: 'overtaken' } }]);
	});

	it('knows the same after a restart', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		device.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		await device.sync();
		const restarted = new TestEndpoint(endpoint.store);
		const other = restarted.device('school-1');
		other.add('print.saved@1', { printRunId: 'run' });
		expect(await other.sync()).toMatchObject([{ refusal: null }]);
		await device.sync();
		expect(device.held).toEqual(other.held);
	});

	it('signs out an account that has ended', async () => {
		const endpoint = await endpointWithSchool();
		const device = endpoint.device('school-1');
		const account = { ...firstAccount, id: 'account-9', userName: 'bart.maes' };
		device.add('account.create@1', { account });
		await device.sync();
		const second = endpoint.device('school-1', 'account-9');
		await second.sync();
		device.add('account.archive@1', { accountId: 'account-9' });
		await device.sync();
		second.add('print.start@1', { printRunId: 'run', title: 'A', cardCount: 1 });
		expect(await second.send()).toEqual({ kind: 'refused', code: 'signedOut' });
		expect(await second.send({ mutations: [] })).toEqual({ kind: 'refused', code: 'signedOut' });
		expect(administrator.id).toBe(device.caller.account);
	});
});

import { beforeEach, expect, it } from 'vitest';
import { TestEndpoint } from '../sync/testing.ts';
import { verifyAudit } from '../audit/verify.ts';
import { forgetKind, Upkeep } from './upkeep.ts';

const hour = 3_600_000;
let endpoint: TestEndpoint;
let failures: unknown[];

beforeEach(async () => {
	endpoint = await TestEndpoint.open();
	failures = [];
	for (const id of ['school-1', 'school-2']) await endpoint.addSchool(id);
	return () => endpoint.store.close();
});

function upkeep(): Upkeep {
	return new Upkeep({
		store: endpoint.store,
		auditDays: 30,
		now: () => endpoint.now,
		failed: (_, error) => failures.push(error)
	});
}

const plans = () =>
	endpoint.store.readOutside(({ db }) =>
		db.selectFrom('due').select(['school', 'at']).where('kind', '=', forgetKind).execute()
	);

it('plans each open school for the night, once, and again after it', async () => {
	const [one, other] = [upkeep(), upkeep()];
	await Promise.all([one.done(), other.done()]);
	const planned = await plans();
	expect(planned.map(({ school }) => school).sort()).toEqual(['school-1', 'school-2']);
	for (const { at } of planned) expect(at).toMatch(/^2026-11-22T0[0-3]:/);
	endpoint.now = new Date('2026-11-22T04:00:00.000Z');
	await one.done();
	for (const { at } of await plans()) expect(at).toMatch(/^2026-11-23T0[0-3]:/);
	await Promise.all([one.stop(), other.stop()]);
	expect(failures).toEqual([]);
});

it('forgets in every school by night', async () => {
	const [first, second] = ['school-1', 'school-2'].map((id) => endpoint.device(id));
	for (const device of [first, second]) {
		device?.add('print.start@1', { printRunId: 'a', title: 'Groep 6', cardCount: 1 });
		await device?.sync();
	}
	const work = upkeep();
	await work.done();
	endpoint.now = new Date(endpoint.now.getTime() + 60 * 24 * hour);
	await work.done();
	await work.stop();
	for (const school of ['school-1', 'school-2']) {
		const left = await endpoint.store.read(school, ({ db }) =>
			db.selectFrom('audit_payload').select('seq').execute()
		);
		expect(left).toEqual([{ seq: 2 }]);
		expect(await verifyAudit(endpoint.store, school)).toMatchObject({ fault: null });
	}
	expect(failures).toEqual([]);
});

it('writes what an account asked in vain as one entry an hour, and loses none in between', async () => {
	const device = endpoint.device('school-1');
	const work = upkeep();
	const refuse = async () => {
		device.add('print.saved@1', { printRunId: 'nothing' });
		await device.sync();
	};
	for (let n = 0; n < 3; n++) await refuse();
	await work.done();
	endpoint.now = new Date(endpoint.now.getTime() + hour);
	await work.done();
	await refuse();
	endpoint.now = new Date(endpoint.now.getTime() + hour);
	await work.done();
	await work.stop();
	const rows = await endpoint.store.read('school-1', ({ db }) =>
		db.selectFrom('audit').select('body').orderBy('seq').execute()
	);
	expect(rows.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
		{ what: 'refused', actorId: 'account-1', counts: { notFound: 3 } },
		{ what: 'refused', actorId: 'account-1', counts: { notFound: 1 } }
	]);
	expect(failures).toEqual([]);
});

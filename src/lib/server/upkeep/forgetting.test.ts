import { beforeEach, describe, expect, it, vi } from 'vitest';
import { startSession, endSessions } from '../session/sessions.ts';
import { administrator } from '#lib/domain/testing/test-school.ts';
import type { Admitted } from '../accounts/write-as.ts';
import { addOutcomes } from '../store/clients.ts';
import type { SchoolTx } from '../store/database.ts';
import { writeUsed } from '../store/quota.ts';
import type { SchoolTables } from '../store/tables.ts';
import { appendAudit } from '../audit/audit.ts';
import { mostMarked } from '../audit/erasing.ts';
import { verifyAudit } from '../audit/verify.ts';
import { TestEndpoint } from '../sync/testing.ts';
import { forgetOld, mostRows } from './forgetting.ts';

const school = 'school-1';
const day = 86_400_000;

let endpoint: TestEndpoint;
beforeEach(async () => {
	endpoint = await TestEndpoint.open();
	await endpoint.addSchool(school);
	return () => endpoint.store.close();
});

const pass = (days: number): void => {
	endpoint.now = new Date(endpoint.now.getTime() + days * day);
};
const change = <T>(work: (tx: SchoolTx) => Promise<T>) => endpoint.store.write(school, work);
const rowsIn = (table: keyof SchoolTables) =>
	endpoint.store.read(school, ({ db }) => db.selectFrom(table).selectAll().execute());
const forget = (auditDays = 365) =>
	forgetOld(endpoint.store, school, { now: endpoint.now, auditDays });

async function print(...runs: readonly string[]): Promise<void> {
	const device = endpoint.device(school);
	for (const printRunId of runs) {
		device.add('print.start@1', { printRunId, title: 'Groep 6', cardCount: 1 });
	}
	await device.sync();
}

function signIn(tx: SchoolTx, now: Date): Promise<string> {
	const admitted = { writing: { tx }, actor: administrator } as unknown as Admitted;
	const device = { deviceName: 'Chrome', vault: null, offlineHours: 72, keyHash: null };
	return startSession(admitted, { ...device, now });
}

describe('the audit log', () => {
	it('forgets what was asked after the days that were set, as one entry, and holds', async () => {
		await print('a', 'b', 'c');
		pass(10);
		await print('d', 'e');
		pass(25);
		await forget(30);
		expect((await rowsIn('audit_payload')).map((row) => 'seq' in row && row.seq)).toEqual([
			4, 5, 6
		]);
		const at = endpoint.now.toISOString();
		const bodies = (await rowsIn('audit')).map(
			(row): unknown => 'body' in row && JSON.parse(row.body)
		);
		expect(bodies[5]).toEqual({ what: 'erased', at, actorId: 'system', seq: 1, to: 3 });
		expect(bodies).toHaveLength(6);
		expect(await verifyAudit(endpoint.store, school)).toMatchObject({ entries: 6, fault: null });
	});

	it('forgets more than one transaction marks', async () => {
		const at = endpoint.now.toISOString();
		const made = { what: 'mutation', mutation: 'x@1', actorId: 'a', refusal: null } as const;
		const entries = Array.from({ length: mostMarked + 1 }, (_, index) => ({
			body: { ...made, at, uid: `u${index}` },
			payload: null
		}));
		await change((tx) => appendAudit(tx, entries));
		pass(40);
		await forget(30);
		// Those of the two entries that say so.
		expect(await rowsIn('audit_payload')).toHaveLength(2);
		expect(await verifyAudit(endpoint.store, school)).toMatchObject({
			entries: mostMarked + 3,
			fault: null
		});
	});

	it('adds nothing while nothing is old', async () => {
		await print('a');
		pass(29);
		await forget(30);
		expect(await rowsIn('audit')).toHaveLength(1);
		expect(await rowsIn('audit_payload')).toHaveLength(1);
	});

	it('holds whenever it is interrupted, and shows what goes without saying so', async () => {
		await print('a', 'b', 'c');
		pass(40);
		await forget(30);
		await print('d');
		await change(({ db }) => db.deleteFrom('audit_payload').where('seq', '=', 5).execute());
		expect(await verifyAudit(endpoint.store, school)).toMatchObject({
			fault: { seq: 5, fault: 'payloadMissing' }
		});
	});
});

describe('in time are forgotten', () => {
	it('why mutations were refused, after 180 days, and never that they were', async () => {
		const refused = { uid: 'u', client: 'c', number: 1, refused: true } as const;
		const outcome = { ...refused, refusal: { code: 'notAllowed' } } as const;
		await change((tx) => addOutcomes(tx, [outcome], endpoint.now.toISOString()));
		pass(179);
		await forget();
		expect(await rowsIn('outcome')).toMatchObject([{ refusal: '{"code":"notAllowed"}' }]);
		pass(2);
		await forget();
		expect(await rowsIn('outcome')).toMatchObject([{ uid: 'u', refused: 1, refusal: null }]);
	});

	it('those that an older version wrote without saying when', async () => {
		const row = { uid: 'u', client: 'c', number: 1, refused: 1, refusal: '{}' } as const;
		await change(({ db }) => db.insertInto('outcome').values(row).execute());
		await forget();
		expect(await rowsIn('outcome')).toMatchObject([{ refusal: '{}' }]);
		pass(181);
		await forget();
		expect(await rowsIn('outcome')).toMatchObject([{ refusal: null }]);
	});

	it('sessions a year after they ended, and those that nobody used since', async () => {
		const { now } = endpoint;
		await change((tx) => signIn(tx, now));
		await change((tx) => endSessions(tx, { account: administrator.id, now }));
		await change((tx) => signIn(tx, now));
		pass(364);
		await change((tx) => signIn(tx, endpoint.now));
		await forget();
		expect(await rowsIn('session')).toHaveLength(3);
		pass(10);
		await forget();
		expect(await rowsIn('session')).toHaveLength(1);
	});

	it('quotas that have leaked away', async () => {
		const until = endpoint.now.toISOString();
		await change((tx) => writeUsed(tx, 'a', { mutationsUntil: until, bytesUntil: until }));
		await forget();
		expect(await rowsIn('quota')).toHaveLength(1);
		pass(1);
		await forget();
		expect(await rowsIn('quota')).toEqual([]);
	});
});

it('takes no more rows at once than others can wait for, whatever there is', async () => {
	const at = endpoint.now.toISOString();
	const outcomes = Array.from({ length: 2 * mostRows + 5 }, (_, number) => {
		const refusal = { code: 'notAllowed' } as const;
		return { uid: `u${number}`, client: 'c', number, refused: true, refusal };
	});
	await change((tx) => addOutcomes(tx, outcomes, at));
	const removals = outcomes.map(({ uid: id }) => ({ id, scope: 'school' as const }));
	await change(async ({ db }) => {
		for (const { id, scope } of removals) {
			const row = { scope, kind: 'group', id, version: 1, op: 'remove', made_at: at } as const;
			await db.insertInto('change').values(row).execute();
		}
	});
	pass(181);
	const write = vi.spyOn(endpoint.store, 'write');
	await forget();
	expect(write.mock.calls.length).toBeGreaterThan(2 * 3);
	const left = await rowsIn('outcome');
	expect(left).toHaveLength(outcomes.length);
	expect(left.filter((row) => 'refusal' in row && row.refusal !== null)).toEqual([]);
	expect((await rowsIn('change')).filter((row) => 'op' in row && row.op === 'remove')).toEqual([]);
	expect((await endpoint.store.counter(school))?.pruned).toBe(1);
});

it('is never the work of whoever asks something', async () => {
	const at = endpoint.now.toISOString();
	const removal = { scope: 'school', kind: 'group', id: 'g', version: 1, made_at: at } as const;
	await change(({ db }) =>
		db
			.insertInto('change')
			.values({ ...removal, op: 'remove' })
			.execute()
	);
	pass(400);
	await print('a');
	expect(await rowsIn('change')).toContainEqual(expect.objectContaining(removal));
});

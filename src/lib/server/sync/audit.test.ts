import { describe, expect, it } from 'vitest';
import { eraseAuditPayload } from './audit.ts';
import { verifyAudit } from './audit-verify.ts';
import { TestEndpoint } from './testing.ts';

async function endpointWithAudit() {
	const endpoint = await TestEndpoint.open();
	await endpoint.addSchool('school-1');
	const device = endpoint.device('school-1');
	for (const printRunId of ['a', 'b', 'c']) {
		device.add('print.start@1', { printRunId, title: 'Groep 6', cardCount: 1 });
	}
	device.add('print.start@1', { printRunId: 'd', title: 'Groep 7', cardCount: 1 });
	await device.sync();
	const change = (what: Parameters<typeof endpoint.store.write>[1]) =>
		endpoint.store.write('school-1', what);
	return { endpoint, change, verdict: () => verifyAudit(endpoint.store, 'school-1') };
}

describe('the audit log', () => {
	it('holds every mutation that was done, by ids only', async () => {
		const { endpoint, verdict } = await endpointWithAudit();
		expect(await verdict()).toMatchObject({ entries: 4, fault: null });
		const rows = await endpoint.store.read('school-1', ({ db }) =>
			db.selectFrom('audit').select('body').orderBy('seq').execute()
		);
		expect(JSON.parse(rows[3]?.body ?? '')).toEqual({
			what: 'mutation',
			at: endpoint.now.toISOString(),
			mutation: 'print.start@1',
			uid: expect.any(String) as string,
			actorId: 'account-1',
			refusal: null
		});
		expect(JSON.stringify(rows)).not.toContain('Groep 6');
	});

	it('shows an entry that was changed', async () => {
		const { change, verdict } = await endpointWithAudit();
		await change(({ db }) =>
			db.updateTable('audit').set({ body: '{}' }).where('seq', '=', 2).execute()
		);
		expect(await verdict()).toMatchObject({ entries: 1, fault: { seq: 2, fault: 'broken' } });
	});

	it('shows an entry that was taken out', async () => {
		const { change, verdict } = await endpointWithAudit();
		await change(({ db }) => db.deleteFrom('audit').where('seq', '=', 2).execute());
		expect(await verdict()).toMatchObject({ fault: { seq: 2, fault: 'missing' } });
	});

	it('shows a payload that was changed, or taken out without saying so', async () => {
		const { change, verdict } = await endpointWithAudit();
		await change(({ db }) => db.deleteFrom('audit_payload').where('seq', '=', 3).execute());
		expect(await verdict()).toMatchObject({
			entries: 4,
			fault: { seq: 3, fault: 'payloadMissing' }
		});
		await change(({ db }) =>
			db.updateTable('audit_payload').set({ payload: '{}' }).where('seq', '=', 1).execute()
		);
		expect(await verdict()).toMatchObject({ fault: { seq: 1, fault: 'payloadChanged' } });
	});

	it('holds when a payload was erased, which is an entry too', async () => {
		const { endpoint, change, verdict } = await endpointWithAudit();
		const at = endpoint.now.toISOString();
		await change((tx) => eraseAuditPayload(tx, 2, { actorId: 'account-1', at }));
		expect(await verdict()).toMatchObject({ entries: 5, fault: null });
	});

	it('shows by its last hash whether its end was cut off', async () => {
		const { change, verdict } = await endpointWithAudit();
		const { lastHash } = await verdict();
		await change(({ db }) => db.deleteFrom('audit').where('seq', '=', 4).execute());
		const cut = await verdict();
		expect(cut.fault).toBeNull();
		expect(cut.lastHash).not.toBe(lastHash);
	});
});

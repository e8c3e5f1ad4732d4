import { describe, expect, it } from 'vitest';
import type { SchoolTx } from '../store/database.ts';
import { appendAudit, eraseAuditPayload } from './audit.ts';
import { forgetErasedPayloads, markOldErased } from './erasing.ts';
import { verifyAudit } from './verify.ts';
import { TestEndpoint } from '../sync/testing.ts';

async function endpointWithAudit() {
	const endpoint = await TestEndpoint.open();
	await endpoint.addSchool('school-1');
	const device = endpoint.device('school-1');
	for (const printRunId of ['a', 'b', 'c']) {
		device.add('print.start@1', { printRunId, title: 'Groep 6', cardCount: 1 });
	}
	device.add('print.start@1', { printRunId: 'd', title: 'Groep 7', cardCount: 1 });
	await device.sync();
	const change = <T>(what: (tx: SchoolTx) => Promise<T>) => endpoint.store.write('school-1', what);
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

	it('holds when a range of payloads was erased, and only for those before the entry', async () => {
		const { endpoint, change, verdict } = await endpointWithAudit();
		const erasing = { before: '2027-01-01T00:00:00.000Z', actorId: 'system', at: '' };
		const at = endpoint.now.toISOString();
		const range = await change((tx) => markOldErased(tx, { ...erasing, at }));
		expect(range).toEqual({ from: 1, to: 4 });
		expect(await verdict()).toMatchObject({ entries: 5, fault: null });
		if (range) await change((tx) => forgetErasedPayloads(tx, range, 3));
		expect(await verdict()).toMatchObject({ entries: 5, fault: null });
		if (range) await change((tx) => forgetErasedPayloads(tx, range, 3));
		expect(await verdict()).toMatchObject({ entries: 5, fault: null });
		await change(({ db }) => db.deleteFrom('audit_payload').execute());
		expect(await verdict()).toMatchObject({ fault: { seq: 5, fault: 'payloadMissing' } });
	});

	it('erases up to a moment, and nothing where nothing is so old', async () => {
		const { endpoint, change } = await endpointWithAudit();
		const erasing = { actorId: 'system', at: endpoint.now.toISOString() };
		const before = endpoint.now.toISOString();
		expect(await change((tx) => markOldErased(tx, { ...erasing, before }))).toBeNull();
		const device = endpoint.device('school-1');
		endpoint.now = new Date(endpoint.now.getTime() + 1_000);
		device.add('print.start@1', { printRunId: 'e', title: 'Groep 8', cardCount: 1 });
		await device.sync();
		const later = endpoint.now.toISOString();
		expect(await change((tx) => markOldErased(tx, { ...erasing, before: later }))).toEqual({
			from: 1,
			to: 4
		});
	});
});

describe('verifying a long log', () => {
	const entry = (size: number) => ({
		body: {
			what: 'mutation',
			at: '2026-11-21T10:00:00.000Z',
			mutation: 'print.start@1',
			uid: 'u',
			actorId: 'a',
			refusal: null
		} as const,
		payload: { title: 'x'.repeat(size) }
	});

	async function longLog(count: number, size = 10) {
		const endpoint = await TestEndpoint.open();
		await endpoint.addSchool('school-1');
		const entries = Array.from({ length: count }, () => entry(size));
		await endpoint.store.write('school-1', (tx) => appendAudit(tx, entries));
		return endpoint.store;
	}

	it('says how far it is, and lets others have their turn between its pieces', async () => {
		const store = await longLog(260);
		let turns = 0;
		let verifying = true;
		const watch = () => {
			turns++;
			if (verifying) setImmediate(watch);
		};
		setImmediate(watch);
		const told: [number, number][] = [];
		const onProgress = (...progress: [number, number]) => void told.push(progress);
		const verdict = await verifyAudit(store, 'school-1', { onProgress });
		verifying = false;
		expect(verdict).toMatchObject({ entries: 260, fault: null });
		expect(told.slice(0, 3)).toEqual([
			[100, 260],
			[200, 260],
			[260, 260]
		]);
		expect(told.at(-1)).toEqual([260, 260]);
		expect(turns).toBeGreaterThanOrEqual(3);
	});

	it('reads few large payloads at once', async () => {
		const store = await longLog(12, 250_000);
		let most = 0;
		const read: typeof store.read = (school, work) =>
			store.read(school, (tx) => {
				const run: typeof tx.run = async (statement, values) => {
					const rows = await tx.run(statement, values);
					most = Math.max(most, JSON.stringify(rows).length);
					return rows;
				};
				return work({ ...tx, run });
			});
		expect(await verifyAudit({ ...store, read }, 'school-1')).toMatchObject({ entries: 12 });
		expect(most).toBeGreaterThan(250_000);
		expect(most).toBeLessThan(1_000_000);
	});

	it('ends when nobody waits for it any more', async () => {
		const store = await longLog(300);
		const stopping = new AbortController();
		const told: number[] = [];
		const onProgress = (checked: number) => {
			told.push(checked);
			stopping.abort();
		};
		const { signal } = stopping;
		await expect(verifyAudit(store, 'school-1', { onProgress, signal })).rejects.toThrow();
		expect(told).toEqual([100]);
	});
});

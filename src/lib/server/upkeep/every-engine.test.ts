import { expect, it } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { overEveryEngine } from '../store/testing/engines.ts';
import { logRefusals } from '../audit/refusal-log.ts';
import { keepSecrets } from '../sync/secret-table.ts';
import { TestEndpoint } from '../sync/testing.ts';
import { verifyAudit } from '../audit/verify.ts';
import { forgetOld } from './forgetting.ts';

overEveryEngine((tried) => {
	it('what is old is forgotten, refusals are logged, and the audit log holds', async () => {
		const endpoint = new TestEndpoint(tried.store);
		const { store, keys } = endpoint;
		const school = newId();
		await endpoint.addSchool(school);
		const device = endpoint.device(school);
		for (const printRunId of ['a', 'b']) {
			device.add('print.start@1', { printRunId, title: 'Groep 6', cardCount: 1 });
			device.add('print.saved@1', { printRunId: 'nothing' });
		}
		await device.sync();
		await store.write(school, async (tx) => {
			const removal = { scope: 'school', kind: 'group', id: 'g', version: 1 } as const;
			const made_at = endpoint.now.toISOString();
			await tx.db
				.insertInto('change')
				.values({ ...removal, op: 'remove', made_at })
				.execute();
			for (const id of ['first', 'second']) {
				const secret = { kind: 'word', text: 'boomhut27' } as const;
				const now = new Date(endpoint.now.getTime() + (id === 'first' ? 0 : 1)).toISOString();
				await keepSecrets(tx, [{ id, account: 'x', secret }], { keys, now });
			}
		});
		expect(await store.write(school, (tx) => logRefusals(tx, endpoint.now))).toEqual({
			more: false
		});
		endpoint.now = new Date(endpoint.now.getTime() + 400 * 86_400_000);
		await forgetOld(store, school, { now: endpoint.now, auditDays: 365 });
		await store.read(school, async ({ db }) => {
			const left = async (table: 'secret' | 'quota' | 'refused' | 'due') =>
				(await db.selectFrom(table).selectAll().execute()).length;
			expect(await left('secret')).toBe(1);
			expect(await left('quota')).toBe(0);
			expect(await left('refused')).toBe(0);
			expect(await left('due')).toBe(0);
			const removed = db.selectFrom('change').select('id').where('op', '=', 'remove');
			expect(await removed.execute()).toEqual([]);
			const outcomes = await db.selectFrom('outcome').select('refusal').execute();
			expect(outcomes.map(({ refusal }) => refusal)).toEqual([null, null, null, null]);
			const payloads = await db.selectFrom('audit_payload').select('seq').execute();
			expect(payloads).toEqual([{ seq: 4 }]);
		});
		expect(await verifyAudit(store, school)).toMatchObject({ entries: 4, fault: null });
		endpoint.schools.close();
	});
});

import { describe, expect, it } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { firstAccount } from '#lib/domain/testing/test-school.ts';
import { overEveryEngine, type Tried } from '../store/testing/engines.ts';
import { verifyAudit } from '../audit/verify.ts';
import { TestEndpoint } from './testing.ts';

const rounds = 15;

/** Two endpoints over one database, or one twice where the database has but one connection. */
async function endpointsOver(tried: Tried) {
	const { store } = tried;
	const one = new TestEndpoint(store);
	const second = tried.opensTwice ? await tried.open() : store;
	const close = () => (second === store ? Promise.resolve() : second.close());
	return { one, other: new TestEndpoint(second), close };
}

overEveryEngine((tried) => {
	describe('two endpoints over one database', () => {
		it('take what comes at once, each mutation once, and agree', async () => {
			const { one, other, close } = await endpointsOver(tried);
			const school = newId();
			await one.addSchool(school);
			const devices = [one, other, one, other].map((endpoint) => endpoint.device(school));
			let taken = 0;
			await Promise.all(
				devices.map(async (device, which) => {
					for (let at = 0; at < rounds; at++) {
						const printRunId = `run-${which}-${at}`;
						device.add('print.start@1', { printRunId, title: 'A', cardCount: 1 });
						const now = (device.records.get(`school ${school}`) ?? {}) as { offlineHours?: number };
						const hours = now.offlineHours ?? 72;
						device.add('school.changeSettings@1', { edit: { offlineHours: [hours, at + 1] } });
						const results = await device.sync();
						expect(results[0]).toMatchObject({ refusal: null });
						taken += results.filter(({ refusal }) => refusal === null).length;
					}
				})
			);
			for (const device of devices) await device.sync();
			expect(new Set(devices.map(({ held }) => held.join())).size).toBe(1);
			const runs = [...(devices[0]?.records.keys() ?? [])].filter((key) => key.startsWith('print'));
			expect(runs).toHaveLength(devices.length * rounds);
			expect(await verifyAudit(one.store, school)).toMatchObject({
				entries: taken,
				fault: null
			});
			expect([...one.reported, ...other.reported]).toEqual([]);
			await close();
		}, 60_000);

		it('learn of removals from each other', async () => {
			const { one, other, close } = await endpointsOver(tried);
			const school = newId();
			const colleague = { ...firstAccount, id: 'account-9', userName: 'bart.maes' };
			await one.addSchool(school, [colleague]);
			const here = one.device(school);
			const there = other.device(school);
			here.add('signIn.block@1', { accountId: 'account-9', cause: 'administration' });
			await here.sync();
			there.add('signIn.unblock@1', { accountId: 'account-9' });
			await there.sync();
			const block = await one.schools.read(school, ({ state }) =>
				Promise.resolve(state.get('signInBlock', 'account-9'))
			);
			expect(block).toBeUndefined();
			await here.sync();
			expect(here.held).toEqual(there.held);
			await close();
		});
	});
});

import { describe, expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import type { Store } from '../database.ts';
import { addDue, claimDue, finishDue, retryDue, type DueWork } from '../due.ts';
import type { Tried } from './engines.ts';
import { newSchool } from './school-row.ts';

const now = '2026-11-21T08:00:00.000Z';
const leaseUntil = '2026-11-21T08:01:00.000Z';
const afterLease = '2026-11-21T08:02:00.000Z';

function claim(store: Store, kind: string, at = now, until = leaseUntil): Promise<DueWork[]> {
	const request = { kinds: [kind], now: at, leaseUntil: until, limit: 100 };
	return store.writeOutside((tx) => claimDue(tx, request));
}

/** Work for later, shared by several processes. */
export function dueContract(tried: Tried): void {
	describe('work for later', () => {
		test('is there only if the transaction that asked for it was written', async () => {
			const [school, kind] = [await newSchool(tried.store), newId()];
			const work = { kind, body: { to: 'ouder' }, at: now };
			await tried.store.write(school, (tx) => addDue(tx, work));
			const failed = tried.store.write(school, async (tx) => {
				await addDue(tx, work);
				throw new Error('Stop');
			});
			await expect(failed).rejects.toThrow('Stop');
			const [claimed, ...others] = await claim(tried.store, kind);
			expect(claimed).toMatchObject({ kind, school, body: { to: 'ouder' }, attempts: 1 });
			expect(others).toEqual([]);
		});

		test('waits for its moment', async () => {
			const kind = newId();
			await tried.store.write(await newSchool(tried.store), (tx) =>
				addDue(tx, { kind, body: 1, at: afterLease })
			);
			expect(await claim(tried.store, kind)).toEqual([]);
			expect(await claim(tried.store, kind, afterLease)).toHaveLength(1);
		});

		test('is claimed again when its lease ended, and then only the last may finish it', async () => {
			const kind = newId();
			await tried.store.write(await newSchool(tried.store), (tx) =>
				addDue(tx, { kind, body: 1, at: now })
			);
			const [first] = await claim(tried.store, kind);
			expect(await claim(tried.store, kind)).toEqual([]);
			const [second] = await claim(tried.store, kind, afterLease, '2026-11-21T08:03:00.000Z');
			if (!first || !second) throw new Error('Nothing was claimed');
			expect(second.attempts).toBe(2);
			expect(await tried.store.writeOutside((tx) => finishDue(tx, first))).toBe(false);
			expect(await tried.store.writeOutside((tx) => finishDue(tx, second))).toBe(true);
			expect(await claim(tried.store, kind, '2026-11-22T08:00:00.000Z')).toEqual([]);
		});

		test('that failed is tried again at its new moment', async () => {
			const kind = newId();
			await tried.store.write(await newSchool(tried.store), (tx) =>
				addDue(tx, { kind, body: 1, at: now })
			);
			const [work] = await claim(tried.store, kind);
			if (!work) throw new Error('Nothing was claimed');
			await tried.store.writeOutside((tx) => retryDue(tx, work, afterLease));
			expect(await claim(tried.store, kind)).toEqual([]);
			expect(await claim(tried.store, kind, afterLease)).toMatchObject([{ attempts: 2 }]);
		});

		test.runIf(tried.opensTwice)('is claimed once, however many processes ask', async () => {
			const [school, kind] = [await newSchool(tried.store), newId()];
			await tried.store.write(school, async (tx) => {
				for (let body = 0; body < 40; body++) await addDue(tx, { kind, body, at: now });
			});
			const stores = await Promise.all([tried.open(), tried.open()]);
			const claims = await Promise.all(
				[...stores, ...stores, tried.store].map((store) => claim(store, kind))
			);
			const bodies = claims.flat().map(({ body }) => body as number);
			expect(bodies.sort((one, other) => one - other)).toEqual(
				Array.from({ length: 40 }, (_, index) => index)
			);
			await Promise.all(stores.map((store) => store.close()));
		});
	});
}

import { describe, expect, test } from 'vitest';
import { readUsed, RefusalCounts, writeUsed } from '#lib/server/limits/quota-table.ts';
import type { Tried } from './engines.ts';
import { newSchool } from './school-row.ts';

const at = '2026-11-21T08:00:00.000Z';
const later = '2026-11-21T09:00:00.000Z';

/**
 * Holds stores to what they keep of quotas: what accounts have used of their hour, and how often
 * they were refused.
 */
export function quotaContract(tried: Tried): void {
	describe('a quota', () => {
		test('is as it was last written, for each account of each school', async () => {
			const [school, other] = [await newSchool(tried.store), await newSchool(tried.store)];
			const used = { mutationsUntil: at, bytesUntil: later };
			await tried.store.write(school, (tx) => writeUsed(tx, 'a', used));
			await tried.store.write(other, (tx) => writeUsed(tx, 'b', used));
			const more = { mutationsUntil: later, bytesUntil: later };
			await tried.store.write(school, (tx) => writeUsed(tx, 'a', more));
			await tried.store.read(school, async (tx) => {
				expect(await readUsed(tx, 'a')).toEqual(more);
				expect(await readUsed(tx, 'b')).toBeNull();
			});
		});

		test('counts refusals of several requests together, since the first', async () => {
			const school = await newSchool(tried.store);
			for (const since of [at, later]) {
				const counts = new RefusalCounts();
				for (let n = 0; n < 3; n++) counts.add('a', { code: 'notAllowed' });
				counts.add('b', { code: 'failed' });
				await tried.store.write(school, (tx) => counts.write(tx, since));
			}
			const rows = await tried.store.read(school, ({ db }) =>
				db.selectFrom('refused').selectAll().orderBy('account').execute()
			);
			expect(rows).toMatchObject([
				{ account: 'a', code: 'notAllowed', count: 6, since: at },
				{ account: 'b', code: 'failed', count: 2, since: at }
			]);
		});
	});
}

import { describe, expect, test } from 'vitest';
import {
	addKnownUids,
	addOutcomes,
	confirmOutcomes,
	lastMadeAt,
	noClient,
	readClient,
	readOutcomes,
	writeClient,
	type Client,
	type Outcome
} from '../clients.ts';
import type { Tried } from './engines.ts';
import { newSchool } from './school-row.ts';

const at = '2026-11-21T08:00:00.000Z';

/** Devices' numbering, and what became of their mutations. */
export function clientContract(tried: Tried): void {
	test('a device goes on where it was', async () => {
		const school = await newSchool(tried.store);
		const client: Client = {
			id: 'c',
			account: 'a',
			nextNumber: 4,
			lastMadeAt: null,
			seenAt: at
		};
		await tried.store.write(school, (tx) => writeClient(tx, client));
		const later = { ...client, nextNumber: 9, lastMadeAt: at };
		await tried.store.write(school, (tx) => writeClient(tx, later));
		const other = { ...client, id: 'd', lastMadeAt: '2026-11-20T08:00:00.000Z' };
		await tried.store.write(school, (tx) => writeClient(tx, other));
		await tried.store.read(school, async (tx) => {
			expect(await readClient(tx, 'c')).toEqual(later);
			expect(await readClient(tx, 'e')).toBeNull();
			expect(await lastMadeAt(tx, 'a')).toBe(at);
			expect(await lastMadeAt(tx, 'b')).toBeNull();
		});
	});

	describe('an outcome', () => {
		const done: Outcome = { uid: 'u1', client: 'c', number: 1, refused: false, refusal: null };
		const refused: Outcome = {
			uid: 'u2',
			client: 'c',
			number: 2,
			refused: true,
			refusal: { code: 'notAllowed' }
		};

		test('is known by its uid ever after, and why only until the device knows', async () => {
			const school = await newSchool(tried.store);
			const next = { ...refused, uid: 'u3', number: 3 };
			await tried.store.write(school, (tx) => addOutcomes(tx, [done, refused, next], at));
			await tried.store.write(school, (tx) => confirmOutcomes(tx, 'c', 2));
			const found = await tried.store.read(school, (tx) =>
				readOutcomes(tx, ['u1', 'u2', 'u3', 'u4'])
			);
			expect(found).toEqual(
				new Map([
					['u1', { ...done, account: null }],
					['u2', { ...refused, refusal: null, account: null }],
					['u3', { ...next, account: null }]
				])
			);
		});

		test('is of the account whose client sent it', async () => {
			const school = await newSchool(tried.store);
			const client = { id: 'c', account: 'a', nextNumber: 2, lastMadeAt: null, seenAt: at };
			const found = await tried.store.write(school, async (tx) => {
				await writeClient(tx, client);
				await addOutcomes(tx, [done], at);
				return readOutcomes(tx, ['u1']);
			});
			expect(found.get('u1')).toEqual({ ...done, account: 'a' });
		});

		test('stays as it is where its uid is made known once more', async () => {
			const school = await newSchool(tried.store);
			const found = await tried.store.write(school, async (tx) => {
				await addOutcomes(tx, [refused], at);
				await addKnownUids(tx, ['u2', 'u9', 'u9']);
				return readOutcomes(tx, ['u2', 'u9']);
			});
			expect(found.get('u2')).toMatchObject(refused);
			expect(found.get('u9')).toMatchObject({ client: noClient, refused: false, account: null });
		});

		test('can not be written twice', async () => {
			const school = await newSchool(tried.store);
			await tried.store.write(school, (tx) => addOutcomes(tx, [done], at));
			const again = tried.store.write(school, (tx) => addOutcomes(tx, [done], at));
			await expect(again).rejects.toThrow();
		});
	});
}

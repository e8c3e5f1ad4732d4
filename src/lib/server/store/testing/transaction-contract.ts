import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { UnknownSchool, type SchoolTx, type Store } from '../database.ts';
import { setVersion } from '../write-change.ts';
import type { Tried } from './engines.ts';
import { newSchool } from './school-row.ts';

function put({ db }: SchoolTx, id: string, body = '{}') {
	return db.insertInto('record').values({ kind: 'group', id, version: 1, body }).execute();
}

async function idsIn({ db }: SchoolTx): Promise<string[]> {
	const rows = await db.selectFrom('record').select('id').orderBy('id').execute();
	return rows.map(({ id }) => id);
}

async function count(store: Store, school: string): Promise<void> {
	await store.write(school, async (tx) => {
		// Long enough for another writer to come between, if it could.
		await idsIn(tx);
		await setVersion(tx, tx.counter.version + 1);
	});
}

/** Everything that `Database` promises. */
export function transactionContract(tried: Tried): void {
	const { opensTwice } = tried;

	describe('a transaction', () => {
		test('is written whole, or not at all', async () => {
			const school = await newSchool(tried.store);
			await tried.store.write(school, (tx) => put(tx, 'a'));
			const failed = tried.store.write(school, async (tx) => {
				await put(tx, 'b');
				await setVersion(tx, 7);
				throw new Error('Stop');
			});
			await expect(failed).rejects.toThrow('Stop');
			expect(await tried.store.read(school, idsIn)).toEqual(['a']);
			expect((await tried.store.counter(school))?.version).toBe(0);
		});

		test('is not written when a statement in it failed, though the error was caught', async () => {
			const school = await newSchool(tried.store);
			const written = tried.store.write(school, async (tx) => {
				await put(tx, 'a');
				await put(tx, 'a').catch(() => undefined);
			});
			await expect(written).rejects.toThrow();
			await expect(tried.store.read(school, idsIn)).rejects.toThrow(UnknownSchool);
		});

		test('is not written when a statement in it was not awaited', async () => {
			const school = await newSchool(tried.store);
			const written = tried.store.write(school, async (tx) => {
				await put(tx, 'a');
				for (let n = 0; n < 50; n++) void put(tx, `b${n}`).catch(() => undefined);
			});
			await expect(written).rejects.toThrow('not awaited');
		});

		test('waits for the one before it, so that no count is lost', async () => {
			const school = await newSchool(tried.store);
			await Promise.all(Array.from({ length: 20 }, () => count(tried.store, school)));
			expect((await tried.store.counter(school))?.version).toBe(20);
		});

		test('begins with the counter that the one before it left', async () => {
			const school = await newSchool(tried.store);
			const first = await tried.store.write(school, async (tx) => {
				await setVersion(tx, 3);
				return tx.counter;
			});
			expect(first).toMatchObject({ version: 0, pruned: 0 });
			const second = await tried.store.read(school, (tx) => Promise.resolve(tx.counter));
			expect(second).toEqual({ ...first, version: 3 });
			expect(await tried.store.counter(school)).toEqual(second);
		});

		test('is not begun on a school that is made up, which leaves no row', async () => {
			const school = newId();
			let begun = false;
			const written = tried.store.write(school, async (tx) => {
				begun = true;
				await put(tx, 'a');
			});
			await expect(written).rejects.toThrow(UnknownSchool);
			expect([begun, await tried.store.counter(school)]).toEqual([false, null]);
		});

		test('may not read a school that nothing was ever written to', async () => {
			const school = await newSchool(tried.store);
			await expect(tried.store.read(school, idsIn)).rejects.toThrow(UnknownSchool);
			expect(await tried.store.counter(school)).toBeNull();
		});
	});

	describe('a savepoint', () => {
		test('takes back only what was written in it', async () => {
			const school = await newSchool(tried.store);
			await tried.store.write(school, async (tx) => {
				await put(tx, 'a');
				const failed = tx.savepoint(async () => {
					await put(tx, 'b');
					await tx.savepoint(() => put(tx, 'c'));
					await put(tx, 'a');
				});
				await expect(failed).rejects.toThrow();
				expect(await tx.savepoint(() => put(tx, 'd').then(() => 'done'))).toBe('done');
			});
			expect(await tried.store.read(school, idsIn)).toEqual(['a', 'd']);
		});
	});

	describe('a school', () => {
		test('neither sees nor changes another', async () => {
			const [one, other] = [await newSchool(tried.store), await newSchool(tried.store)];
			for (const school of [one, other]) {
				await tried.store.write(school, (tx) => put(tx, 'a', school));
			}
			await tried.store.write(one, async ({ db }) => {
				await db.updateTable('record').set({ version: 9 }).execute();
				await db.deleteFrom('record').where('id', '=', 'b').execute();
				const upsert = { kind: 'group', id: 'a', version: 10, body: one } as const;
				await db
					.insertInto('record')
					.values(upsert)
					.onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet({ version: 10 }))
					.execute();
			});
			const rows = ({ db }: SchoolTx) =>
				db.selectFrom('record').select(['version', 'body']).execute();
			expect(await tried.store.read(one, rows)).toEqual([{ version: 10, body: one }]);
			expect(await tried.store.read(other, rows)).toEqual([{ version: 1, body: other }]);
		});

		test('sees its own work for later and its own row, and no other', async () => {
			const [one, other] = [await newSchool(tried.store), await newSchool(tried.store)];
			for (const school of [one, other]) {
				await tried.store.write(school, (tx) => setVersion(tx, 1));
			}
			const names = ({ db }: SchoolTx) => db.selectFrom('schools').select('name').execute();
			expect(await tried.store.read(one, names)).toEqual([{ name: one }]);
			const outside = await tried.store.readOutside(({ db }) =>
				db.selectFrom('schools').select(['id', 'name']).where('id', 'in', [one, other]).execute()
			);
			expect(outside).toHaveLength(2);
		});

		test('is named by the store alone: a statement that names one fails', async () => {
			const school = await newSchool(tried.store);
			const naming = tried.store.write(school, (tx) =>
				tx.db
					.selectFrom('record')
					.select('id')
					.where('school' as 'id', 'in', ['a', 'b'])
					.execute()
			);
			await expect(naming).rejects.toThrow('The school is named here');
			const plain = tried.store.write(school, (tx) => sql`select * from record`.execute(tx.db));
			await expect(plain).rejects.toThrow('No statement as plain text');
			const outside = tried.store.readOutside((tx) =>
				tx.db
					.selectFrom('record' as 'due')
					.selectAll()
					.execute()
			);
			await expect(outside).rejects.toThrow("a school's own");
		});
	});

	test.runIf(opensTwice)('a read is one snapshot, whatever is written meanwhile', async () => {
		const school = await newSchool(tried.store);
		const other = await tried.open();
		await tried.store.write(school, (tx) => put(tx, 'a'));
		const seen = await tried.store.read(school, async (tx) => {
			await other.write(school, (writing) => put(writing, 'b'));
			return idsIn(tx);
		});
		expect(seen).toEqual(['a']);
		expect(await tried.store.read(school, idsIn)).toEqual(['a', 'b']);
		await other.close();
	});

	test.runIf(opensTwice)('two processes count together, and see what the other wrote', async () => {
		const school = await newSchool(tried.store);
		const other = await tried.open();
		const counting = Array.from({ length: 30 }, (_, index) =>
			count(index % 2 === 0 ? tried.store : other, school)
		);
		await Promise.all(counting);
		expect((await tried.store.counter(school))?.version).toBe(30);
		expect(await other.counter(school)).toEqual(await tried.store.counter(school));
		await other.close();
	});

	test.runIf(opensTwice)('two processes may start at the same time', async () => {
		const stores = await Promise.all([tried.open(), tried.open(), tried.open()]);
		await Promise.all(stores.map((store) => store.close()));
	});
}

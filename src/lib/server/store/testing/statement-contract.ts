import { expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Store } from '../database.ts';
import { statement } from '../statement.ts';
import type { ChangeTable, OutcomeTable } from '../tables.ts';
import type { Tried } from './engines.ts';
import { newSchool } from './school-row.ts';

const at = '2026-11-21T08:00:00.000Z';

const add = statement((db, { uid, client, number, refused, refusal, refused_at }: OutcomeTable) =>
	db.insertInto('outcome').values({ uid, client, number, refused, refusal, refused_at })
);

const byClient = statement((db, { client }: { readonly client: Id }) =>
	db.selectFrom('outcome').selectAll().where('client', '=', client).orderBy('number')
);

/** A constant stands among its values. */
const put = statement((db, { id, version }: Pick<ChangeTable, 'id' | 'version'>) =>
	db
		.insertInto('change')
		.values({ scope: 'school', kind: 'group', id, version, op: 'put', made_at: at })
		.onConflict((conflict) =>
			conflict.columns(['scope', 'kind', 'id']).doUpdateSet((row) => ({
				version: row.ref('excluded.version')
			}))
		)
);

/** Statements that are compiled once, for every school. */
export function statementContract(tried: Tried): void {
	function outcomes(count: number): OutcomeTable[] {
		return Array.from({ length: count }, (_, index) => ({
			uid: newId(),
			client: 'c',
			number: index + 1,
			refused: index % 2 === 0 ? 0 : 1,
			refusal: index % 2 === 0 ? null : `{"code":"Łukasz, \\\\ \\" ' {NULL}"}`,
			refused_at: null
		}));
	}

	function read(store: Store, school: Id): Promise<OutcomeTable[]> {
		return store.read(school, (tx) => tx.run(byClient, { client: 'c' }));
	}

	test('rows by the thousand arrive as they were, in their own school alone', async () => {
		const [school, other] = [await newSchool(tried.store), await newSchool(tried.store)];
		const [rows, others] = [outcomes(1201), outcomes(1)];
		await tried.store.write(school, (tx) => tx.insertEach(add, rows));
		await tried.store.write(other, (tx) => tx.insertEach(add, others));
		expect(await read(tried.store, school)).toMatchObject(rows);
		expect(await read(tried.store, other)).toMatchObject(others);
		await tried.store.write(other, (tx) => tx.insertEach(add, []));
		expect(await read(tried.store, other)).toHaveLength(1);
	});

	test('a row that is there already is changed where the statement says so', async () => {
		const school = await newSchool(tried.store);
		await tried.store.write(school, (tx) => tx.insertEach(put, [{ id: 'g', version: 1 }]));
		const again = ['g', 'h'].map((id) => ({ id, version: 2 }));
		await tried.store.write(school, (tx) => tx.insertEach(put, again));
		const rows = await tried.store.read(school, ({ db }) =>
			db.selectFrom('change').select(['id', 'version', 'op']).orderBy('id').execute()
		);
		expect(rows).toEqual(again.map((row) => ({ ...row, op: 'put' })));
	});

	test('one that cannot be inserted takes the others back', async () => {
		const school = await newSchool(tried.store);
		const [first, ...rest] = outcomes(3);
		if (!first) throw new Error('Three were asked for');
		const twice = [...rest, first, first];
		await expect(
			tried.store.write(school, async (tx) => {
				await tx.insertEach(add, twice).catch(() => undefined);
			})
		).rejects.toThrow('A statement failed');
		await tried.store.write(school, (tx) => tx.insertEach(add, [first]));
		expect(await read(tried.store, school)).toHaveLength(1);
	});

	test('a savepoint takes back what was inserted in it, and no more', async () => {
		const school = await newSchool(tried.store);
		await tried.store.write(school, async (tx) => {
			await tx.insertEach(add, outcomes(2));
			const part = tx.savepoint(async () => {
				await tx.insertEach(add, outcomes(5));
				throw new Error('No');
			});
			await expect(part).rejects.toThrow('No');
		});
		expect(await read(tried.store, school)).toHaveLength(2);
	});
}

import {
	DummyDriver,
	Kysely,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
	sql,
	type Compilable,
	type KyselyPlugin
} from 'kysely';
import { describe, expect, test } from 'vitest';
import { OneSchool } from './one-school.ts';
import type { SchoolTables } from './tables.ts';

const oneSchool = new OneSchool('mine');
const plugin: KyselyPlugin = {
	transformQuery: ({ node, queryId }) => oneSchool.transformNode(node, queryId),
	transformResult: ({ result }) => Promise.resolve(result)
};

const db = new Kysely<SchoolTables>({
	dialect: {
		createAdapter: () => new SqliteAdapter(),
		createDriver: () => new DummyDriver(),
		createIntrospector: (kysely) => new SqliteIntrospector(kysely),
		createQueryCompiler: () => new SqliteQueryCompiler()
	},
	plugins: [plugin]
});

function textOf(query: Compilable): string {
	const { sql: text, parameters } = query.compile();
	let index = 0;
	return text.replaceAll('"', '').replaceAll('?', () => String(parameters[index++]));
}

describe('a statement is tied to its school', () => {
	test('when it reads, whatever its own condition', () => {
		const query = db
			.selectFrom('record')
			.select('id')
			.where((row) => row.or([row('id', '=', 'a'), row('version', '>', 1)]));
		expect(textOf(query)).toBe(
			'select id from record where record.school = mine and ((id = a or version > 1))'
		);
		const plain = db
			.selectFrom('record')
			.select('id')
			.where(sql<boolean>`id = 'a' or true`);
		expect(textOf(plain)).toBe(
			"select id from record where record.school = mine and (id = 'a' or true)"
		);
	});

	test('in each table that it joins, by the name it has there', () => {
		const query = db
			.selectFrom('change as c')
			.leftJoin('record as r', 'r.id', 'c.id')
			.select('r.body');
		expect(textOf(query)).toBe(
			'select r.body from change as c left join record as r on r.school = mine and (r.id = c.id) where c.school = mine'
		);
		const two = db.selectFrom(['change as c', 'record as r']).select('r.body');
		expect(textOf(two)).toContain('where c.school = mine and r.school = mine');
	});

	test('in subqueries and unions', () => {
		const query = db
			.deleteFrom('client')
			.where('id', 'in', (row) => row.selectFrom('outcome').select('client'));
		expect(textOf(query)).toBe(
			'delete from client where client.school = mine and (id in (select client from outcome where outcome.school = mine))'
		);
		const union = db
			.selectFrom('client')
			.select('id')
			.unionAll(db.selectFrom('secret').select('id'));
		expect(textOf(union)).toBe(
			'select id from client where client.school = mine union all select id from secret where secret.school = mine'
		);
		const derived = db.selectFrom(db.selectFrom('client').select('id').as('x')).select('x.id');
		expect(textOf(derived)).toContain('from client where client.school = mine');
	});

	test('when it writes', () => {
		const row = { id: 'a', kind: 'group', version: 1, body: '{}' } as const;
		const query = db
			.insertInto('record')
			.values([row, { ...row, id: 'b' }])
			.onConflict((conflict) => conflict.columns(['kind', 'id']).doUpdateSet({ version: 2 }));
		expect(textOf(query)).toBe(
			'insert into record (school, id, kind, version, body) values (mine, a, group, 1, {}), (mine, b, group, 1, {}) on conflict (school, kind, id) do update set version = 2'
		);
		expect(textOf(db.updateTable('record').set({ version: 3 }))).toBe(
			'update record set version = 3 where record.school = mine'
		);
	});
});

describe('a statement fails that', () => {
	test.each<[string, () => Compilable]>([
		['names a school to find', () => db.selectFrom('record').where('school' as 'id', '=', 'x')],
		['names several', () => db.selectFrom('record').where('school' as 'id', 'in', ['x', 'y'])],
		['gives a row another school', () => db.insertInto('due').values({ school: 'x' } as never)],
		['gives a school another id', () => db.insertInto('schools').values({ id: 'x' } as never)],
		['moves a row', () => db.updateTable('record').set({ school: 'x' } as never)],
		['moves a school', () => db.updateTable('schools').set({ id: 'x' } as never)],
		['is plain text', () => sql`select * from record`.$castTo<object>() as never],
		[
			'hides a table in text',
			() => db.selectFrom('client').select(sql<string>`(select body from record)`.as('body'))
		],
		[
			'copies rows from a table',
			() => db.insertInto('record').expression(db.selectFrom('record').selectAll())
		],
		['names a table elsewhere', () => db.selectFrom('other.record' as 'record').selectAll()],
		['names no table of ours', () => db.selectFrom('sqlite_schema' as 'record').selectAll()],
		[
			'has a common table expression',
			() =>
				db
					.with('x', (query) => query.selectFrom('record').selectAll())
					.selectFrom('x')
					.selectAll()
		],
		['updates from a table', () => db.updateTable('record').from('change').set({ version: 1 })],
		['joins without a condition', () => db.selectFrom('record').crossJoin('change').selectAll()]
	])('%s', (_, query) => {
		expect(() => query().compile()).toThrow();
	});
});

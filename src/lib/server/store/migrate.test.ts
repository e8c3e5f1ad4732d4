import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sqliteWords } from './migrate.ts';
import { first } from './migrations/0001-first.ts';
import { openStore } from './open-store.ts';

let folder: string;
let file: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'migrate-'));
	file = join(folder, 'store.sqlite');
});

afterEach(() => rmSync(folder, { recursive: true }));

async function open(): Promise<void> {
	const store = await openStore({ kind: 'file', file });
	await store.close();
}

function rowsOf(text: string): Record<string, unknown>[] {
	const database = new DatabaseSync(file);
	try {
		return database.prepare(text).all();
	} finally {
		database.close();
	}
}

test('every key of a school begins with the school', async () => {
	await open();
	const keys = rowsOf(
		`select t.name, i.name as key_name, (select name from pragma_index_info(i.name) where seqno = 0)
			as first from pragma_table_list t join pragma_index_list(t.name) i
			where t.schema = 'main' and t.name not in ('schools', 'due', 'migration')`
	);
	expect(new Set(keys.map(({ name }) => name)).size).toBeGreaterThan(12);
	for (const key of keys) expect(key).toMatchObject({ first: 'school' });
});

test('migrations run once, and those of a newer version are left alone', async () => {
	await open();
	const before = rowsOf('select * from migration');
	rowsOf("insert into migration (number, run_at) values (999, 'later')");
	rowsOf('alter table record add column newer text');
	await open();
	expect(rowsOf('select * from migration where number < 999')).toEqual(before);
});

test('a released database keeps what it has, but for the counters of schools that never were', async () => {
	const database = new DatabaseSync(file);
	for (const statement of first(sqliteWords)) database.exec(statement);
	database.exec(`create table migration (number integer primary key, run_at text not null) strict;
		insert into migration values (1, 'then');
		insert into schools values ('here', '12345', 'De Sleutel', null, 'open', 'then');
		insert into counter values ('here', 7, 'epoch', 0), ('made-up', 0, 'epoch', 0);
		insert into outcome values ('here', 'u', 'c', 1, 1, '{"code":"notAllowed"}')`);
	database.close();
	await open();
	expect(rowsOf('select school, version from counter')).toEqual([{ school: 'here', version: 7 }]);
	expect(rowsOf('select uid, refusal, refused_at from outcome')).toEqual([
		{ uid: 'u', refusal: '{"code":"notAllowed"}', refused_at: null }
	]);
});

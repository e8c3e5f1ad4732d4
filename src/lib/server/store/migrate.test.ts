import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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

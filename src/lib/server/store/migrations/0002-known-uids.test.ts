import { CompiledQuery, type DatabaseConnection } from 'kysely';
import { expect, test } from 'vitest';
import type { Engine } from '../engine.ts';
import { migrate } from '../migrate.ts';
import { sqliteEngine } from '../sqlite.ts';
import { pgliteEngine } from '../testing/pglite.ts';
import { knownUids } from './0002-known-uids.ts';

const engines: readonly (readonly [string, () => Engine | Promise<Engine>])[] = [
	['SQLite', () => sqliteEngine(':memory:')],
	['PostgreSQL', pgliteEngine]
];

async function rowsOf(connection: DatabaseConnection, text: string): Promise<unknown[]> {
	return (await connection.executeQuery(CompiledQuery.raw(text))).rows;
}

test.each(engines)(
	'on %s what history names becomes known, once',
	async (_, engineOf) => {
		const engine = await engineOf();
		const driver = engine.dialect.createDriver();
		await driver.init();
		const connection = await driver.acquireConnection();
		try {
			await migrate(connection, engine.words);
			for (const id of ['u-1-0', 'u-1-1', 'u2-0']) {
				const uid = id.slice(0, id.lastIndexOf('-'));
				const body = JSON.stringify({ kind: 'history', id, uid });
				const values = `'s', 'history', '${id}', 1, '${body}'`;
				await rowsOf(connection, `insert into record values (${values})`);
			}
			await rowsOf(
				connection,
				"insert into outcome (school, uid, client, number, refused) values ('s', 'u2', 'c', 7, 1)"
			);
			for (const statement of knownUids(engine.words)) await rowsOf(connection, statement);
			const text = 'select uid, client, number, refused from outcome order by uid';
			expect(await rowsOf(connection, text)).toEqual([
				{ uid: 'u-1', client: '', number: 0, refused: 0 },
				{ uid: 'u2', client: 'c', number: 7, refused: 1 }
			]);
		} finally {
			await driver.releaseConnection(connection);
			await driver.destroy();
		}
	},
	60_000
);

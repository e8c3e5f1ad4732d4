import { PGlite } from '@electric-sql/pglite';
import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import { postgresEngineOver } from '../postgres.ts';
import type { Engine } from '../engine.ts';

/** PostgreSQL inside this process, in memory. It has one connection. */
export async function pgliteEngine(): Promise<Engine> {
	const int8 = 20;
	const database = await PGlite.create({ parsers: { [int8]: Number } });
	return postgresEngineOver(poolOf(database));
}

function poolOf(database: PGlite): PostgresPool {
	let free = Promise.resolve();
	return {
		async connect() {
			const before = free;
			const { promise, resolve } = Promise.withResolvers<undefined>();
			free = promise;
			await before;
			return clientOf(database, () => resolve(undefined));
		},
		end: () => database.close()
	};
}

function clientOf(database: PGlite, release: () => void): PostgresPoolClient {
	const query = async (text: string, parameters: readonly unknown[]) => {
		const { rows, affectedRows } = await database.query(text, [...parameters]);
		const command = text.slice(0, 6).toUpperCase();
		return { command, rowCount: affectedRows ?? rows.length, rows } as PostgresQueryResult<unknown>;
	};
	return { query: query as PostgresPoolClient['query'], release };
}

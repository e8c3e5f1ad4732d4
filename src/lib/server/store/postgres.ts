import { CompiledQuery, PostgresDialect, type DatabaseConnection, type PostgresPool } from 'kysely';
import { Pool, TypeOverrides, types } from 'pg';
import { chunksOf } from './chunks.ts';
import type { MigrationWords } from './migrate.ts';
import type { CompiledStatement } from './statement.ts';
import type { Engine } from './engine.ts';

/** An arbitrary number under which one process migrates at a time. */
const migrationLock = 5_720_194;

const words: MigrationWords = {
	// By bytes: an index over the server's own collation breaks when its locale data changes.
	text: 'text collate "C"',
	integer: 'bigint',
	table: '',
	clustered: '',
	begin: 'begin',
	lock: `select pg_advisory_xact_lock(${migrationLock})`,
	textOf: (column, field) => `${column}::json ->> '${field}'`
};

/** PostgreSQL, or what speaks its language; `url` as in `postgres://user@host/name`. */
export function postgresEngine(url: string, connections = 10): Engine {
	const numbers = new TypeOverrides();
	numbers.setTypeParser(types.builtins.INT8, Number);
	const pool = new Pool({
		connectionString: url,
		max: connections,
		connectionTimeoutMillis: 5_000,
		keepAlive: true,
		application_name: 'schoolsleutel',
		// Nothing here takes long: a process that hangs must not hold up a school for ever.
		statement_timeout: 30_000,
		lock_timeout: 10_000,
		idle_in_transaction_session_timeout: 30_000,
		types: numbers
	});
	// A connection that ends fails the statement that waits for it, or is replaced when it is needed;
	// what it emits beside would end the process.
	pool.on('error', () => undefined);
	pool.on('connect', (client) => client.on('error', () => undefined));
	return postgresEngineOver(pool);
}

/** An engine over a pool; its numbers of eight bytes must come as numbers. */
export function postgresEngineOver(pool: PostgresPool): Engine {
	return {
		dialect: new PostgresDialect({ pool, onCreateConnection: followKeys }),
		// Writers of a school wait at its row, so each sees all that came before it.
		begin: {
			write: 'begin isolation level read committed',
			read: 'begin isolation level repeatable read read only'
		},
		words,
		locksRows: true,
		insertEach: async (connection, statement, rows) => {
			for (const some of chunksOf(rows)) {
				await connection.executeQuery(CompiledQuery.raw(...insertOf(statement, some)));
			}
		},
		mayRetry: (error) => retried.test(codeOf(error)) || isLost(error),
		isLost
	};
}

/**
 * Every statement here follows a key to a few rows, whatever the school holds. The planner, left to
 * its guesses, reads a whole table to sort or to join by. Engines that know no such settings need none.
 */
async function followKeys(connection: DatabaseConnection): Promise<void> {
	const off = ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin'].map((way) => `enable_${way}`);
	const settings = off.map((name) => `set_config('${name}', 'off', false)`).join(', ');
	await connection.executeQuery(CompiledQuery.raw(`select ${settings}`)).catch(() => undefined);
}

/**
 * One statement that inserts all rows, of one that inserts the first. Its values come as an array a
 * column: parameters of their own take longer to parse than to insert.
 */
function insertOf(
	{ sql, varies }: CompiledStatement,
	rows: readonly (readonly unknown[])[]
): [sql: string, parameters: unknown[]] {
	const [first = []] = rows;
	const columns = first.map((_, at) => rows.map((row) => row[at]));
	const types = columns.map((values) => typeOf(values));
	const varying = [...columns.keys()].filter((at) => varies[at]);
	const parameters = columns.map((values, at) => (varies[at] ? values : values[0]));
	const [values = ''] = /\bvalues \([^)]*\)/.exec(sql) ?? [];
	const selected = values
		.slice('values ('.length, -1)
		.replaceAll(/\$(\d+)/g, (name, number: string) =>
			varies[Number(number) - 1] ? `c${number}` : `${name}::${types[Number(number) - 1]}`
		);
	const arrays = varying.map((at) => `$${at + 1}::${types[at]}[]`).join(', ');
	const names = varying.map((at) => `c${at + 1}`).join(', ');
	const select = `select ${selected} from unnest(${arrays}) as rows (${names})`;
	return [sql.replace(values, () => select), parameters];
}

/** Of a column: all that there are here hold numbers or text. */
function typeOf(values: readonly unknown[]): 'bigint' | 'text' {
	const known = values.find((value) => value !== null);
	return typeof known === 'number' ? 'bigint' : 'text';
}

/** Serialization failure and deadlock. */
const retried = /^40(?:001|P01)$/;
/** Connection exceptions, an operator's shutdown, and the same from the socket; 40003 says so itself. */
const lost =
	/^(?:08...|57P0[123]|25P03|40003|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/;

function isLost(error: unknown): boolean {
	return (
		lost.test(codeOf(error)) ||
		// The error of `pg` for a socket that closed has no code.
		(error instanceof Error &&
			/^(?:Connection terminated|Client has encountered)/.test(error.message))
	);
}

function codeOf(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? error.code : undefined;
	return typeof code === 'string' ? code : '';
}

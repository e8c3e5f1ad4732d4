import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import { sqliteWords } from './migrate.ts';
import type { Engine } from './engine.ts';

/**
 * How long a statement waits for another process that writes, in ms. Everything else here waits with
 * it, so it is short, and the transaction is tried again.
 */
const busyTimeout = 20;

const settings = {
	journal_mode: 'wal',
	synchronous: 'full',
	// Pages of the log; at a quieter moment they are worked in before it comes to that.
	wal_autocheckpoint: 8_000,
	// A deleted row is overwritten, where that costs nothing more.
	secure_delete: 'fast',
	// In KiB, when negative.
	cache_size: -32 * 1024
};

/** How long after the last commit the log is worked into the file, in ms; it takes a while. */
const quiet = 250;

/** Statements that are kept prepared: those that come again, so not those with long lists. */
const mostPrepared = 300;
const longestPrepared = 2_000;

/**
 * SQLite in a file, or in memory (`:memory:`). One connection, whose work is done one after the
 * other; synchronous=FULL, so that what was committed survives a power cut.
 */
export function sqliteEngine(file: string): Engine {
	const database = new DatabaseSync(file, { timeout: busyTimeout });
	for (const [name, value] of Object.entries(settings)) database.exec(`pragma ${name} = ${value}`);
	const prepared = new PreparedDatabase(database);
	return {
		dialect: new SqliteDialect({ database: prepared }),
		begin: { write: 'begin immediate', read: 'begin' },
		words: sqliteWords,
		locksRows: false,
		afterCommit: () => prepared.checkpointWhenQuiet(),
		// One after the other, in one go: nothing else has the connection meanwhile.
		insertEach: (_, { sql }, rows) => {
			const statement = prepared.prepare(sql);
			for (const row of rows) statement.run(row);
			return Promise.resolve();
		},
		mayRetry: isBusy,
		isLost: () => false
	};
}

/** `node:sqlite` as Kysely asks for it, with its statements kept. */
class PreparedDatabase implements SqliteDatabase {
	readonly #database: DatabaseSync;
	readonly #statements = new Map<string, SqliteStatement>();
	#checkpoint: NodeJS.Timeout | null = null;

	constructor(database: DatabaseSync) {
		this.#database = database;
	}

	prepare(text: string): SqliteStatement {
		const known = this.#statements.get(text);
		if (known) return known;
		const statement = shim(this.#database.prepare(text));
		if (text.length > longestPrepared) return statement;
		this.#statements.set(text, statement);
		if (this.#statements.size > mostPrepared) this.#forgetOldest();
		return statement;
	}

	/** Works the log into the file, so that no commit has to. */
	checkpointWhenQuiet(): void {
		this.#checkpoint ??= setTimeout(() => {
			this.#checkpoint = null;
			if (this.#database.isTransaction) this.checkpointWhenQuiet();
			else this.#workIn();
		}, quiet).unref();
		this.#checkpoint.refresh();
	}

	close(): void {
		if (this.#checkpoint) clearTimeout(this.#checkpoint);
		this.#statements.clear();
		this.#database.close();
	}

	#workIn(): void {
		try {
			this.#database.exec('pragma wal_checkpoint(passive)');
		} catch {
			// A full disk: nothing is lost by it, and the next commit says so.
		}
	}

	#forgetOldest(): void {
		for (const text of this.#statements.keys()) {
			this.#statements.delete(text);
			return;
		}
	}
}

function shim(statement: StatementSync): SqliteStatement {
	return {
		reader: statement.columns().length > 0,
		all: (parameters) => statement.all(...values(parameters)),
		run: (parameters) => statement.run(...values(parameters)),
		iterate: (parameters) => statement.iterate(...values(parameters))
	};
}

function values(parameters: readonly unknown[]): SQLInputValue[] {
	return parameters as SQLInputValue[];
}

function isBusy(error: unknown): boolean {
	const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
	const busy = 5;
	return typeof code === 'number' && (code & 0xff) === busy;
}

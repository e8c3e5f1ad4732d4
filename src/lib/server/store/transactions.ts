import {
	CompiledQuery,
	Kysely,
	type Dialect,
	type KyselyPlugin,
	type OperationNodeTransformer
} from 'kysely';
import { newId } from '#lib/crypto/random.ts';
import type { Id } from '#lib/domain/records.ts';
import {
	OutcomeUnknown,
	UnknownSchool,
	type Counter,
	type OutsideTx,
	type SchoolTx,
	type Store
} from './database.ts';
import { migrate, type MigrationWords } from './migrate.ts';
import { OneSchool } from './one-school.ts';
import { OnlyOutside } from './only-outside.ts';
import type { OutsideTables, SchoolTables } from './tables.ts';

/** What differs between the databases that a store can stand on. */
export interface Engine {
	readonly dialect: Dialect;
	/** How a transaction that writes begins, and one that reads a snapshot. */
	readonly begin: { readonly write: string; readonly read: string };
	readonly words: MigrationWords;
	/** Whether writers of one school wait for each other at its counter's row. */
	readonly locksRows: boolean;
	/** Nothing was written, and the same work may succeed when it is run again. */
	mayRetry(error: unknown): boolean;
	/** The connection went away; had it been committing, nobody knows the outcome. */
	isLost(error: unknown): boolean;
}

/** Told how many rows each statement answered: for measuring. */
export type CountRows = (rows: number) => void;

type Connection = Kysely<unknown>;

/** How long work that may be retried is retried, in ms. */
const patience = 10_000;

/** Opens a store over an engine, making and migrating its tables as needed. */
export async function openOver(engine: Engine, countRows?: CountRows): Promise<Store> {
	const store = new TransactionStore(engine, countRows);
	try {
		await store.migrate();
		return store;
	} catch (error) {
		await store.close();
		throw error;
	}
}

class TransactionStore implements Store {
	readonly #engine: Engine;
	readonly #kysely: Kysely<unknown>;

	readonly #countRows: CountRows;

	constructor(engine: Engine, countRows: CountRows = () => undefined) {
		this.#engine = engine;
		this.#kysely = new Kysely({ dialect: engine.dialect });
		this.#countRows = countRows;
	}

	async write<T>(school: Id, work: (tx: SchoolTx) => Promise<T>): Promise<T> {
		return this.#transact(this.#engine.begin.write, async (connection, statements) => {
			const db = tied(connection, statements, new OneSchool(school));
			const counter = await this.#lockedCounter(db);
			return work({ school, db, counter, savepoint: savepointsOf(connection, statements) });
		});
	}

	async read<T>(school: Id, work: (tx: SchoolTx) => Promise<T>): Promise<T> {
		return this.#transact(this.#engine.begin.read, async (connection, statements) => {
			const db = tied(connection, statements, new OneSchool(school));
			const counter = await counterIn(db).executeTakeFirst();
			if (!counter) throw new UnknownSchool('Nothing was ever written to this school');
			return work({ school, db, counter, savepoint: savepointsOf(connection, statements) });
		});
	}

	writeOutside<T>(work: (tx: OutsideTx) => Promise<T>): Promise<T> {
		return this.#outside(this.#engine.begin.write, work);
	}

	readOutside<T>(work: (tx: OutsideTx) => Promise<T>): Promise<T> {
		return this.#outside(this.#engine.begin.read, work);
	}

	async counter(school: Id): Promise<Counter | null> {
		const db = tied<SchoolTables>(
			this.#kysely,
			new Statements(this.#countRows),
			new OneSchool(school)
		);
		return (await counterIn(db).executeTakeFirst()) ?? null;
	}

	migrate(): Promise<void> {
		return this.#retrying(() => migrate(this.#kysely, this.#engine.words));
	}

	close(): Promise<void> {
		return this.#kysely.destroy();
	}

	#outside<T>(begin: string, work: (tx: OutsideTx) => Promise<T>): Promise<T> {
		return this.#transact(begin, (connection, statements) =>
			work({ db: tied<OutsideTables>(connection, statements, new OnlyOutside()) })
		);
	}

	/** Writers of a school wait here for each other, and see what the one before them wrote. */
	async #lockedCounter(db: Kysely<SchoolTables>): Promise<Counter> {
		const locked = () =>
			counterIn(db)
				.$if(this.#engine.locksRows, (query) => query.forUpdate())
				.executeTakeFirst();
		const found = await locked();
		if (found) return found;
		const first = { version: 0, epoch: newId(), pruned: 0 };
		await db
			.insertInto('counter')
			.values(first)
			.onConflict((conflict) => conflict.columns([]).doNothing())
			.execute();
		// Another process may have been first.
		return (await locked()) ?? first;
	}

	#transact<T>(
		begin: string,
		work: (connection: Connection, statements: Statements) => Promise<T>
	): Promise<T> {
		return this.#retrying(() => this.#attempt(begin, work));
	}

	async #retrying<T>(work: () => Promise<T>): Promise<T> {
		const giveUpAt = performance.now() + patience;
		for (let attempt = 1; ; attempt++) {
			try {
				return await work();
			} catch (error) {
				if (!this.#engine.mayRetry(error) || performance.now() > giveUpAt) throw error;
				await pause(Math.random() * Math.min(2 ** attempt, 100));
			}
		}
	}

	#attempt<T>(
		begin: string,
		work: (connection: Connection, statements: Statements) => Promise<T>
	): Promise<T> {
		return this.#kysely.connection().execute(async (connection) => {
			const statements = new Statements(this.#countRows, (error) => this.#engine.mayRetry(error));
			await runPlain(connection, begin);
			let value: T;
			try {
				value = await work(connection, statements);
				statements.checkAll();
			} catch (error) {
				await rollBack(connection);
				throw statements.fatal ?? error;
			}
			try {
				await runPlain(connection, 'commit');
			} catch (error) {
				if (this.#engine.isLost(error)) {
					throw new OutcomeUnknown('The connection was lost while committing', { cause: error });
				}
				await rollBack(connection);
				throw error;
			}
			return value;
		});
	}
}

/**
 * Counts statements begun and done in a transaction. A statement that failed takes the transaction
 * with it on every engine alike, though its error be caught; so does one that was not awaited.
 */
class Statements {
	#begun = 0;
	#done = 0;
	readonly #countRows: CountRows;
	readonly #isFatal: (error: unknown) => boolean;
	/** What was thrown in a savepoint but concerns the whole transaction. */
	fatal: Error | null = null;

	constructor(countRows: CountRows, isFatal: (error: unknown) => boolean = () => false) {
		this.#countRows = countRows;
		this.#isFatal = isFatal;
	}

	begin(): void {
		this.#begun++;
	}

	finish(rows: number): void {
		this.#done++;
		this.#countRows(rows);
	}

	/** A savepoint took back whatever failed. */
	forgive(error: unknown): void {
		if (error instanceof Error && this.#isFatal(error)) this.fatal ??= error;
		this.#done = this.#begun;
	}

	checkAll(): void {
		if (this.fatal !== null) throw this.fatal;
		if (this.#done !== this.#begun) throw new Error('A statement failed, or was not awaited');
	}
}

function tied<Tables>(
	connection: Connection,
	statements: Statements,
	transformer: OperationNodeTransformer
): Kysely<Tables> {
	const plugin: KyselyPlugin = {
		transformQuery({ node, queryId }) {
			const transformed = transformer.transformNode(node, queryId);
			statements.begin();
			return transformed;
		},
		transformResult({ result }) {
			statements.finish(result.rows.length);
			return Promise.resolve(result);
		}
	};
	return (connection as Kysely<Tables>).withPlugin(plugin);
}

function savepointsOf(connection: Connection, statements: Statements): SchoolTx['savepoint'] {
	let depth = 0;
	return async (work) => {
		statements.checkAll();
		const name = `savepoint_${++depth}`;
		await runPlain(connection, `savepoint ${name}`);
		try {
			const value = await work();
			statements.checkAll();
			await runPlain(connection, `release savepoint ${name}`);
			return value;
		} catch (error) {
			statements.forgive(error);
			await runPlain(connection, `rollback to savepoint ${name}`);
			await runPlain(connection, `release savepoint ${name}`);
			throw error;
		} finally {
			depth--;
		}
	};
}

function counterIn(db: Kysely<SchoolTables>) {
	return db.selectFrom('counter').select(['version', 'epoch', 'pruned']);
}

async function runPlain(connection: Connection, text: string): Promise<void> {
	await connection.executeQuery(CompiledQuery.raw(text));
}

/** The transaction may be over already, or its connection gone; both undo it. */
async function rollBack(connection: Connection): Promise<void> {
	await runPlain(connection, 'rollback').catch(() => undefined);
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

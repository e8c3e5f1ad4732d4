import {
	CompiledQuery,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type Kysely
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
import { compile, schoolSlot, type CompiledStatement, type Statement } from './statement.ts';
import type { OutsideTables, SchoolTables } from './tables.ts';
import { queriesOn, TxConnection } from './tx-connection.ts';

/** What differs between the databases that a store can stand on. */
export interface Engine {
	readonly dialect: Dialect;
	/** How a transaction that writes begins, and one that reads a snapshot. */
	readonly begin: { readonly write: string; readonly read: string };
	readonly words: MigrationWords;
	/** Whether writers of one school wait for each other at its counter's row. */
	readonly locksRows: boolean;
	/** Inserts rows by a statement that inserts one; `rows` are its parameters. */
	insertEach(
		connection: DatabaseConnection,
		statement: CompiledStatement,
		rows: readonly (readonly unknown[])[]
	): Promise<void>;
	/** Called after each commit of what writes. */
	afterCommit?(): void;
	/** Nothing was written, and the same work may succeed when it is run again. */
	mayRetry(error: unknown): boolean;
	/** The connection went away; had it been committing, nobody knows the outcome. */
	isLost(error: unknown): boolean;
}

/** Told how many rows each statement answered: for measuring. */
export type CountRows = (rows: number) => void;

/** How long work that may be retried is retried, in ms. */
const patience = 10_000;

/** Opens a store over an engine, making and migrating its tables as needed. */
export async function openOver(engine: Engine, countRows?: CountRows): Promise<Store> {
	const store = new TransactionStore(engine, countRows);
	try {
		await store.start();
		return store;
	} catch (error) {
		await store.close();
		throw error;
	}
}

class TransactionStore implements Store {
	readonly #engine: Engine;
	readonly #driver: Driver;
	readonly #countRows: CountRows;
	readonly #compiled = new Map<object, CompiledStatement>();

	constructor(engine: Engine, countRows: CountRows = () => undefined) {
		this.#engine = engine;
		this.#driver = engine.dialect.createDriver();
		this.#countRows = countRows;
	}

	async start(): Promise<void> {
		await this.#driver.init();
		const { words } = this.#engine;
		await this.#retrying(() => this.#connected((connection) => migrate(connection, words)));
	}

	write<T>(school: Id, work: (tx: SchoolTx) => Promise<T>): Promise<T> {
		return this.#transact('write', async (transaction) => {
			const db = this.#schoolQueries(transaction.connection, school);
			const counter = await this.#lockedCounter(db);
			return work(this.#schoolTx(transaction, { school, db, counter }));
		});
	}

	read<T>(school: Id, work: (tx: SchoolTx) => Promise<T>): Promise<T> {
		return this.#transact('read', async (transaction) => {
			const db = this.#schoolQueries(transaction.connection, school);
			const counter = await counterIn(db).executeTakeFirst();
			if (!counter) throw new UnknownSchool('Nothing was ever written to this school');
			return work(this.#schoolTx(transaction, { school, db, counter }));
		});
	}

	writeOutside<T>(work: (tx: OutsideTx) => Promise<T>): Promise<T> {
		return this.#outside('write', work);
	}

	readOutside<T>(work: (tx: OutsideTx) => Promise<T>): Promise<T> {
		return this.#outside('read', work);
	}

	async counter(school: Id): Promise<Counter | null> {
		const found = await this.#retrying(() =>
			this.#connected((connection) =>
				counterIn(this.#schoolQueries(connection, school)).executeTakeFirst()
			)
		);
		return found ?? null;
	}

	close(): Promise<void> {
		return this.#driver.destroy();
	}

	#schoolTx(
		transaction: Transaction,
		on: Pick<SchoolTx, 'school' | 'db' | 'counter'>
	): SchoolTx {
		const { school } = on;
		const { connection } = transaction;
		return {
			...on,
			run: async <Values extends object, Row>(
				statement: Statement<Values, Row>,
				values: Values
			): Promise<Row[]> => {
				const compiled = this.#compile(statement);
				const query = CompiledQuery.raw(compiled.sql, compiled.parameters(school, values));
				return (await connection.executeQuery<Row>(query)).rows;
			},
			insertEach: async (statement, rows) => {
				if (rows.length === 0) return;
				const compiled = this.#compile(statement);
				const parameters = rows.map((row) => compiled.parameters(school, row));
				await connection.run((plain) => this.#engine.insertEach(plain, compiled, parameters));
			},
			savepoint: (part) => transaction.savepoint(part)
		};
	}

	#compile<Values extends object, Row>(statement: Statement<Values, Row>): CompiledStatement {
		let compiled = this.#compiled.get(statement);
		if (!compiled) {
			const db = queriesOn<SchoolTables>(
				nowhere,
				this.#engine.dialect,
				new OneSchool(schoolSlot)
			);
			this.#compiled.set(statement, (compiled = compile(statement, db)));
		}
		return compiled;
	}

	#schoolQueries(connection: DatabaseConnection, school: Id): Kysely<SchoolTables> {
		return queriesOn(connection, this.#engine.dialect, new OneSchool(school));
	}

	#outside<T>(mode: 'write' | 'read', work: (tx: OutsideTx) => Promise<T>): Promise<T> {
		return this.#transact(mode, ({ connection }) => {
			const { dialect } = this.#engine;
			return work({ db: queriesOn<OutsideTables>(connection, dialect, new OnlyOutside()) });
		});
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

	#transact<T>(mode: 'write' | 'read', work: (transaction: Transaction) => Promise<T>): Promise<T> {
		return this.#retrying(() =>
			this.#connected(async (connection) => {
				const transaction = new Transaction(this.#engine, connection, this.#countRows);
				await transaction.begin(mode);
				const value = await transaction.run(work);
				if (mode === 'write') this.#engine.afterCommit?.();
				return value;
			})
		);
	}

	async #connected<T>(work: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
		const connection = await this.#driver.acquireConnection();
		try {
			return await work(connection);
		} finally {
			await this.#driver.releaseConnection(connection);
		}
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
}

/** For statements that are only compiled. */
const nowhere: DatabaseConnection = {
	executeQuery: () => Promise.reject(new Error('Run it with a transaction')),
	streamQuery: () => {
		throw new Error('Run it with a transaction');
	}
};

class Transaction {
	/** For the work's statements. */
	readonly connection: TxConnection;
	readonly #engine: Engine;
	readonly #plain: DatabaseConnection;
	#depth = 0;
	/** What was thrown in a savepoint but concerns the whole transaction. */
	#fatal: Error | null = null;

	constructor(engine: Engine, connection: DatabaseConnection, countRows: CountRows) {
		this.#engine = engine;
		this.#plain = connection;
		this.connection = new TxConnection(connection, countRows);
	}

	begin(mode: 'write' | 'read'): Promise<void> {
		return this.#say(this.#engine.begin[mode]);
	}

	async run<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
		let value: T;
		try {
			value = await work(this);
			if (this.#fatal) throw this.#fatal;
			this.connection.checkAll();
		} catch (error) {
			await this.connection.end();
			await this.#rollBack();
			throw this.#fatal ?? error;
		}
		await this.connection.end();
		await this.#commit();
		return value;
	}

	async savepoint<T>(work: () => Promise<T>): Promise<T> {
		this.connection.checkAll();
		const name = `savepoint_${++this.#depth}`;
		await this.#say(`savepoint ${name}`);
		try {
			const value = await work();
			this.connection.checkAll();
			await this.#say(`release savepoint ${name}`);
			return value;
		} catch (error) {
			if (error instanceof Error && this.#engine.mayRetry(error)) this.#fatal ??= error;
			this.connection.forgive();
			await this.#say(`rollback to savepoint ${name}`);
			await this.#say(`release savepoint ${name}`);
			throw error;
		} finally {
			this.#depth--;
		}
	}

	async #commit(): Promise<void> {
		try {
			await this.#say('commit');
		} catch (error) {
			if (this.#engine.isLost(error)) {
				throw new OutcomeUnknown('The connection was lost while committing', { cause: error });
			}
			await this.#rollBack();
			throw error;
		}
	}

	/** The transaction may be over already, or its connection gone; both undo it. */
	async #rollBack(): Promise<void> {
		await this.#say('rollback').catch(() => undefined);
	}

	async #say(text: string): Promise<void> {
		await this.#plain.executeQuery(CompiledQuery.raw(text));
	}
}

function counterIn(db: Kysely<SchoolTables>) {
	return db.selectFrom('counter').select(['version', 'epoch', 'pruned']);
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

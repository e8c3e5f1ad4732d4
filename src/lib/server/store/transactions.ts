import { CompiledQuery, type DatabaseConnection, type Driver } from 'kysely';
import { newId } from '#lib/crypto/random.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import {
	UnknownSchool,
	type Counter,
	type OutsideTx,
	type SchoolTx,
	type Store
} from './database.ts';
import type { Engine } from './engine.ts';
import { migrate } from './migrate.ts';
import { OneSchool } from './one-school.ts';
import { OnlyOutside } from './only-outside.ts';
import {
	anySchool,
	compile,
	statement,
	type CompiledStatement,
	type Statement
} from './statement.ts';
import type { OutsideTables, SchoolTables } from './tables.ts';
import { Transaction } from './transaction.ts';
import { queriesOn, type CountRows } from './tx-connection.ts';

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
			const counter = await this.#lockedCounter(transaction.connection, school);
			return work(this.#schoolTx(transaction, school, counter));
		});
	}

	read<T>(school: Id, work: (tx: SchoolTx) => Promise<T>): Promise<T> {
		return this.#transact('read', async (transaction) => {
			const [counter] = await this.#run(transaction.connection, school, ownCounter, {});
			if (!counter) throw new UnknownSchool('Nothing was ever written to this school');
			return work(this.#schoolTx(transaction, school, counter));
		});
	}

	writeOutside<T>(work: (tx: OutsideTx) => Promise<T>): Promise<T> {
		return this.#outside('write', work);
	}

	readOutside<T>(work: (tx: OutsideTx) => Promise<T>): Promise<T> {
		return this.#outside('read', work);
	}

	async counter(school: Id): Promise<Counter | null> {
		const [found] = await this.#retrying(() =>
			this.#connected((connection) => this.#run(connection, school, ownCounter, {}))
		);
		return found ?? null;
	}

	close(): Promise<void> {
		return this.#driver.destroy();
	}

	#schoolTx(transaction: Transaction, school: Id, counter: Counter): SchoolTx {
		const { connection } = transaction;
		return {
			school,
			counter,
			db: queriesOn(connection, this.#engine.dialect, new OneSchool(school)),
			run: (statement, values) => this.#run(connection, school, statement, values),
			insertEach: async (statement, rows) => {
				if (rows.length === 0) return;
				const compiled = this.#compile(statement);
				const parameters = rows.map((row) => compiled.parameters(school, row));
				await connection.run((plain) => this.#engine.insertEach(plain, compiled, parameters));
			},
			savepoint: (part) => transaction.savepoint(part)
		};
	}

	async #run<Values extends object, Row>(
		connection: DatabaseConnection,
		school: Id,
		statement: Statement<Values, Row>,
		values: Values
	): Promise<Row[]> {
		const compiled = this.#compile(statement);
		const query = CompiledQuery.raw(compiled.sql, compiled.parameters(school, values));
		return (await connection.executeQuery<Row>(query)).rows;
	}

	#compile<Values extends object, Row>(statement: Statement<Values, Row>): CompiledStatement {
		let compiled = this.#compiled.get(statement);
		if (!compiled) {
			const { dialect } = this.#engine;
			compiled = compile(statement, queriesOn<SchoolTables>(nowhere, dialect, anySchool));
			this.#compiled.set(statement, compiled);
		}
		return compiled;
	}

	#outside<T>(mode: 'write' | 'read', work: (tx: OutsideTx) => Promise<T>): Promise<T> {
		return this.#transact(mode, ({ connection }) => {
			const { dialect } = this.#engine;
			return work({ db: queriesOn<OutsideTables>(connection, dialect, new OnlyOutside()) });
		});
	}

	/** Writers of a school wait here for each other, and see what the one before them wrote. */
	async #lockedCounter(connection: DatabaseConnection, school: Id): Promise<Counter> {
		const asked = this.#engine.locksRows ? lockedCounter : ownCounter;
		const [found] = await this.#run(connection, school, asked, {});
		if (found) return found;
		// An id that somebody made up makes no row.
		const [known] = await this.#run(connection, school, ownRow, {});
		if (!known) throw new UnknownSchool('There is no such school');
		const first = { version: 0, epoch: newId(), pruned: 0 };
		await this.#run(connection, school, firstCounter, first);
		// Another process may have been first.
		const [now = first] = await this.#run(connection, school, asked, {});
		return now;
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

const ownCounter = statement((db) =>
	db.selectFrom('counter').select(['version', 'epoch', 'pruned'])
);
const lockedCounter = statement((db) =>
	db.selectFrom('counter').select(['version', 'epoch', 'pruned']).forUpdate()
);
const ownRow = statement((db) => db.selectFrom('schools').select('state'));
const firstCounter = statement((db, { version, epoch, pruned }: Counter) =>
	db
		.insertInto('counter')
		.values({ version, epoch, pruned })
		.onConflict((conflict) => conflict.columns([]).doNothing())
);

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

import {
	DummyDriver,
	Kysely,
	type CompiledQuery,
	type DatabaseConnection,
	type Dialect,
	type KyselyPlugin,
	type OperationNodeTransformer,
	type QueryResult
} from 'kysely';

/** Hears how many rows each statement returned: for measuring. */
export type CountRows = (rows: number) => void;

/**
 * The connection of one transaction, as its work sees it. It counts statements begun and done: one
 * that failed takes the transaction with it on every engine alike, though its error be caught, and
 * so does one that was not awaited.
 */
export class TxConnection implements DatabaseConnection {
	readonly #connection: DatabaseConnection;
	readonly #countRows: CountRows;
	#last: Promise<unknown> = Promise.resolve();
	#begun = 0;
	#done = 0;
	#isOver = false;

	constructor(connection: DatabaseConnection, countRows: CountRows) {
		this.#connection = connection;
		this.#countRows = countRows;
	}

	async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
		const result = await this.run((connection) => connection.executeQuery<R>(query));
		this.#countRows(result.rows.length);
		return result;
	}

	/** Several statements that count as one. */
	async run<T>(work: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
		this.#begun++;
		const running = this.#last.then(() => {
			if (this.#isOver) throw new Error('The transaction is over');
			return work(this.#connection);
		});
		// A connection runs one statement at a time.
		this.#last = running.catch(() => undefined);
		const result = await running;
		this.#done++;
		return result;
	}

	streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
		throw new Error('Read in pages');
	}

	/** A savepoint took back whatever failed. */
	forgive(): void {
		this.#done = this.#begun;
	}

	checkAll(): void {
		if (this.#done !== this.#begun) throw new Error('A statement failed, or was not awaited');
	}

	/** Runs nothing more, and waits for what runs. */
	async end(): Promise<void> {
		this.#isOver = true;
		await this.#last;
	}
}

/** Statements on a connection, each changed by a transformer before it is run. */
export function queriesOn<Tables>(
	connection: DatabaseConnection,
	dialect: Dialect,
	transformer: OperationNodeTransformer
): Kysely<Tables> {
	const plugin: KyselyPlugin = {
		transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
		transformResult: ({ result }) => Promise.resolve(result)
	};
	return new Kysely<Tables>({
		dialect: {
			createAdapter: () => dialect.createAdapter(),
			createIntrospector: (kysely) => dialect.createIntrospector(kysely),
			createQueryCompiler: () => dialect.createQueryCompiler(),
			createDriver: () => new OneConnection(connection)
		},
		plugins: [plugin]
	});
}

class OneConnection extends DummyDriver {
	readonly #connection: DatabaseConnection;

	constructor(connection: DatabaseConnection) {
		super();
		this.#connection = connection;
	}

	override acquireConnection(): Promise<DatabaseConnection> {
		return Promise.resolve(this.#connection);
	}
}

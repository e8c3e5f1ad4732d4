import { CompiledQuery, type DatabaseConnection } from 'kysely';
import { OutcomeUnknown } from './database.ts';
import type { Engine } from './engine.ts';
import { TxConnection, type CountRows } from './tx-connection.ts';

/** One transaction on one connection, from its beginning to its commit. */
export class Transaction {
	/** For the work's statements. */
	readonly connection: TxConnection;
	readonly #engine: Engine;
	readonly #plain: DatabaseConnection;
	#depth = 0;
	/** An error that was thrown in a savepoint but concerns the whole transaction. */
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

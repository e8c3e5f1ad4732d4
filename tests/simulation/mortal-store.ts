import type { KyselyPlugin } from 'kysely';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolTx, Store } from '#lib/server/store/database.ts';
import { Dead } from './mortal-disk.ts';

/** A store whose process ends when it was told to: before a statement, a commit, or its answer. */
export class MortalStore implements Store {
	readonly #store: Store;
	#left = Infinity;
	readonly #plugin: KyselyPlugin = {
		transformQuery: ({ node }) => {
			this.#step();
			return node;
		},
		transformResult: ({ result }) => Promise.resolve(result)
	};

	constructor(store: Store) {
		this.#store = store;
	}

	get isDead(): boolean {
		return this.#left < 0;
	}

	dieAfter(steps: number): void {
		this.#left = steps;
	}

	revive(): void {
		this.#left = Infinity;
	}

	async write<T>(school: Id, work: (tx: SchoolTx) => Promise<T>): Promise<T> {
		this.#step();
		const value = await this.#store.write(school, (tx) => this.#work(tx, work));
		// It was committed, and nobody hears of it.
		this.#step();
		return value;
	}

	async read<T>(school: Id, work: (tx: SchoolTx) => Promise<T>): Promise<T> {
		this.#step();
		return this.#store.read(school, (tx) => this.#work(tx, work));
	}

	writeOutside: Store['writeOutside'] = (work) => this.#store.writeOutside(work);
	readOutside: Store['readOutside'] = (work) => this.#store.readOutside(work);
	counter: Store['counter'] = (school) => this.#store.counter(school);
	close: Store['close'] = () => this.#store.close();

	async #work<T>(tx: SchoolTx, work: (tx: SchoolTx) => Promise<T>): Promise<T> {
		const value = await work({
			...tx,
			db: tx.db.withPlugin(this.#plugin),
			run: (statement, values) => {
				this.#step();
				return tx.run(statement, values);
			},
			insertEach: (statement, rows) => {
				this.#step();
				return tx.insertEach(statement, rows);
			}
		});
		this.#step();
		return value;
	}

	#step(): void {
		if (this.#left < 0 || this.#left-- === 0) throw new Dead('endpoint');
	}
}

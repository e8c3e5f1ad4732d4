import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Keys } from '../base/keys.ts';
import type { Store } from '../store/database.ts';
import { openSecret } from '../sync/secret-table.ts';
import type { Passwords } from './passwords.ts';

export interface HashQueueOptions {
	readonly store: Store;
	readonly keys: Keys;
	readonly passwords: Passwords;
	/** Told of what failed; the next poke tries again. */
	readonly failed: (error: unknown) => void;
	/** How long after a poke it looks, in milliseconds: the transaction that poked must be over. */
	readonly pauseMs?: number;
}

const atOnce = 20;

/**
 * Hashes passwords that came sealed: a thousand at once would hold up those who sign in meanwhile,
 * so they are hashed one after the other. Work that a crash left is found when the queue starts
 * again.
 */
export class HashQueue {
	readonly #options: HashQueueOptions;
	readonly #schools = new Set<Id>();
	#timer: NodeJS.Timeout | undefined;
	#running: Promise<void> = Promise.resolve();
	#stopped = false;

	constructor(options: HashQueueOptions) {
		this.#options = options;
	}

	/** Looks through every school that is in use. */
	async start(): Promise<void> {
		const rows = await this.#options.store.readOutside(({ db }) =>
			db.selectFrom('schools').select('id').where('state', '=', 'open').execute()
		);
		for (const { id } of rows) this.poke(id);
	}

	/** A school has passwords to hash, or soon will. */
	poke(school: Id): void {
		this.#schools.add(school);
		if (this.#stopped || this.#timer) return;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.#running = this.#running.then(() => this.#run());
		}, this.#options.pauseMs ?? 3_000).unref();
	}

	/** Finishes the password it is at. */
	async stop(): Promise<void> {
		this.#stopped = true;
		clearTimeout(this.#timer);
		await this.#running;
	}

	async #run(): Promise<void> {
		for (const school of [...this.#schools]) {
			this.#schools.delete(school);
			try {
				while (!this.#stopped && (await this.#hashSome(school)));
			} catch (error) {
				this.#options.failed(error);
			}
		}
	}

	/** Returns whether there may be more. */
	async #hashSome(school: Id): Promise<boolean> {
		const { store, keys, passwords } = this.#options;
		const rows = await store.read(school, ({ db }) =>
			db
				.selectFrom('secret')
				.select(['id', 'sealed'])
				.where('sealed', 'is not', null)
				.limit(atOnce)
				.execute()
		);
		for (const { id, sealed } of rows) {
			if (this.#stopped || sealed === null) break;
			const hash = await passwords.hash(openSecret(keys, school, id, sealed));
			await store.write(school, ({ db }) =>
				db
					.updateTable('secret')
					.set({ hash, sealed: null })
					.where('id', '=', id)
					// Another may be kept under this id meanwhile.
					.where('sealed', '=', sealed)
					.execute()
			);
		}
		return rows.length === atOnce;
	}
}

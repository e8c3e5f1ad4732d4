import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import { scopesFor, type Scope } from '#lib/domain/registry/scopes.ts';
import type { Change, StateReader } from '#lib/domain/registry/state.ts';
import type { SchoolTx, Store } from '../store/database.ts';
import { LiveBus, type LiveTimes } from './live-bus.ts';
import type { AnswerLimit } from './pull.ts';
import { Residents, StaleSnapshot } from './residents.ts';
import { schoolDay } from './school-day.ts';
import { SchoolWriting, type WritingTools } from './school-writing.ts';
import { scopesTouched, scopesTouchedSince } from './touched.ts';

/** A school in one snapshot. `state` is to be used before anything is awaited, and lacks history. */
export interface Seen {
	readonly tx: SchoolTx;
	readonly state: StateReader;
	readonly today: IsoDate;
	readonly now: Date;
}

export interface SchoolsOptions extends WritingTools {
	readonly store: Store;
	readonly clock?: () => Date;
	/** Records in memory, of all schools together. */
	readonly mostRecords?: number;
	readonly live?: LiveTimes;
	readonly answerLimit?: AnswerLimit;
}

const mostRecordsInMemory = 500_000;
const liveTimes: LiveTimes = { every: 2_000, jitter: 1_000 };
const mostPerAnswer: AnswerLimit = { rows: 5_000, length: 3_000_000 };
const mostReadings = 20;

/** The schools of the server: their records in the store, and those used last in memory. */
export class Schools {
	readonly live: LiveBus;
	readonly answerLimit: AnswerLimit;
	readonly #store: Store;
	readonly #tools: WritingTools;
	readonly #clock: () => Date;
	readonly #residents: Residents;
	/** A school opens once, and for good. */
	readonly #open = new Set<Id>();

	constructor(options: SchoolsOptions) {
		const { store, clock, mostRecords, live, answerLimit, ...tools } = options;
		this.#store = store;
		this.#tools = tools;
		this.#clock = clock ?? (() => new Date());
		this.#residents = new Residents(mostRecords ?? mostRecordsInMemory);
		this.answerLimit = answerLimit ?? mostPerAnswer;
		this.live = new LiveBus(this.#liveSource(), live ?? liveTimes, tools.report);
	}

	/** How many records are in memory. */
	get recordsInMemory(): number {
		return this.#residents.records;
	}

	/** One transaction in which mutations are made. It may be run more than once. */
	async write<T>(school: Id, work: (writing: SchoolWriting) => Promise<T>): Promise<T> {
		const { value, touched, folding } = await this.#store.write(school, async (tx) => {
			const now = this.#clock();
			const state = await this.#stateToWrite(tx);
			const writing = new SchoolWriting(tx, { state, now, tools: this.#tools });
			const value = await work(writing);
			const { version, change } = await writing.finish();
			const touched = scopesTouched(state, change);
			return { value, touched, folding: { from: tx.counter, version, change: inMemory(change) } };
		});
		this.#residents.fold(school, folding);
		if (touched.size > 0) this.live.touched(school, folding.version, touched);
		return value;
	}

	/** @throws UnknownSchool */
	async read<T>(school: Id, see: (seen: Seen) => Promise<T>): Promise<T> {
		return this.#readFresh(school, (tx) => this.#see(tx, see));
	}

	/**
	 * Reads with what is asked of the store first, in the same snapshot. Where that is null the result
	 * is null too, and the school is not brought into memory.
	 *
	 * @throws UnknownSchool
	 */
	async readAfter<T, Found>(
		school: Id,
		ask: (tx: SchoolTx) => Promise<Found | null>,
		see: (seen: Seen, found: Found) => T | Promise<T>
	): Promise<T | null> {
		return this.#readFresh(school, async (tx) => {
			const found = await ask(tx);
			return found === null ? null : this.#see(tx, (seen) => see(seen, found));
		});
	}

	async #see<T>(tx: SchoolTx, see: (seen: Seen) => T | Promise<T>): Promise<T> {
		return this.#residents.use(tx, (state) => {
			const now = this.#clock();
			return see({ tx, state, now, today: schoolDay(state, now) });
		});
	}

	/** In a snapshot that is not older than what is in memory. */
	async #readFresh<T>(school: Id, work: (tx: SchoolTx) => Promise<T>): Promise<T> {
		for (let reading = 1; ; reading++) {
			try {
				return await this.#store.read(school, work);
			} catch (error) {
				if (!(error instanceof StaleSnapshot) || reading === mostReadings) throw error;
			}
		}
	}

	/** Tells whether a school is whole and in use, rather than being moved in. */
	async isOpen({ db, school }: SchoolTx): Promise<boolean> {
		if (this.#open.has(school)) return true;
		const row = await db.selectFrom('schools').select('state').executeTakeFirst();
		if (row?.state !== 'open') return false;
		this.#open.add(school);
		return true;
	}

	close(): void {
		this.live.close();
	}

	async #stateToWrite(tx: SchoolTx): Promise<StateReader> {
		const { school } = tx;
		try {
			return await this.#residents.use(tx, (state) => state);
		} catch (error) {
			if (!(error instanceof StaleSnapshot)) throw error;
			// Nobody else writes meanwhile: the store itself went back.
			this.#residents.forget(school);
			return this.#residents.use(tx, (state) => state);
		}
	}

	#liveSource() {
		return {
			version: async (school: Id) => (await this.#store.counter(school))?.version ?? null,
			touchedSince: (school: Id, version: number) =>
				this.#store.read(school, (tx) => scopesTouchedSince(tx, version)),
			held: (school: Id, accounts: ReadonlySet<Id>) =>
				this.read(school, ({ state, today }) => {
					const held = new Map<Id, ReadonlySet<Scope> | null>();
					for (const account of accounts) {
						const actor = actorFor(account, state, today);
						held.set(account, actor && scopesFor(actor, state, today));
					}
					return Promise.resolve(held);
				})
		};
	}
}

/** The part of a change that is kept in memory. */
function inMemory({ puts, removes }: Change): Change {
	return { puts: puts.filter(({ kind }) => kind !== 'history'), removes };
}

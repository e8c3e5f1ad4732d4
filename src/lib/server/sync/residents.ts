import type { Id } from '#lib/domain/kernel/ids.ts';
import { SchoolState, type Change } from '#lib/domain/registry/state.ts';
import type { Counter, SchoolTx } from '../store/database.ts';
import { loadRecords, recordsNewer } from '../store/records.ts';

/** A school in memory, without its history, as it was at a version. */
interface Resident {
	readonly epoch: Id;
	readonly state: SchoolState;
	version: number;
	records: number;
}

/** The changes of a transaction, once it is committed. */
export interface Folding {
	readonly from: Counter;
	readonly version: number;
	/** Without history. */
	readonly change: Change;
}

/** Another transaction went on while this one read its snapshot; reading again finds it. */
export class StaleSnapshot extends Error {
	override readonly name = 'StaleSnapshot';
}

/**
 * The schools in memory, those used last. Each is checked against its counter in the transaction that
 * uses it: other processes write the same schools, so what is behind reads what is newer, and what
 * came from elsewhere (a backup) is read again.
 */
export class Residents {
	/** In order of use. */
	readonly #schools = new Map<Id, Resident>();
	readonly #mostRecords: number;

	/** `mostRecords`: of all schools together; a record takes about a kilobyte. */
	constructor(mostRecords: number) {
		this.#mostRecords = mostRecords;
	}

	/** How many records are in memory. */
	get records(): number {
		return this.#schools.values().reduce((sum, { records }) => sum + records, 0);
	}

	/**
	 * Hands over the school as the transaction sees it. A transaction that only reads must be done with
	 * it before it awaits anything: one that writes may fold its change in meanwhile.
	 *
	 * @throws StaleSnapshot
	 */
	async use<T>(tx: SchoolTx, see: (state: SchoolState) => T): Promise<T> {
		for (;;) {
			const found = this.#schools.get(tx.school);
			if (!found || !this.#leadsTo(found, tx.counter)) {
				await this.#load(tx);
				continue;
			}
			if (found.version > tx.counter.version) throw new StaleSnapshot();
			if (found.version < tx.counter.version) {
				await this.#catchUp(tx, found);
				continue;
			}
			this.#keep(tx.school, found);
			return see(found.state);
		}
	}

	/** Folds in what a transaction committed, unless the school in memory has moved on from there. */
	fold(school: Id, { from, version, change }: Folding): void {
		const found = this.#schools.get(school);
		if (found?.epoch !== from.epoch || found.version !== from.version) return;
		apply(found, change);
		found.version = version;
	}

	/** So that it is read from the store when it is next asked for. */
	forget(school: Id): void {
		this.#schools.delete(school);
	}

	#leadsTo({ epoch, version }: Resident, counter: Counter): boolean {
		return epoch === counter.epoch && version >= counter.pruned;
	}

	async #load(tx: SchoolTx): Promise<void> {
		const records = await loadRecords(tx);
		const { epoch, version } = tx.counter;
		const found = this.#schools.get(tx.school);
		// Another transaction of this process came further meanwhile.
		if (found?.epoch === epoch && found.version >= version) return;
		const state = new SchoolState(records);
		this.#keep(tx.school, { epoch, version, state, records: records.length });
	}

	async #catchUp(tx: SchoolTx, resident: Resident): Promise<void> {
		const from = resident.version;
		const { removes, puts } = await recordsNewer(tx, from);
		// Another transaction of this process was first.
		if (resident.version !== from) return;
		apply(resident, { puts: [], removes });
		apply(resident, { puts, removes: [] });
		resident.version = tx.counter.version;
	}

	#keep(school: Id, resident: Resident): void {
		this.#schools.delete(school);
		this.#schools.set(school, resident);
		let records = this.records;
		for (const [oldest, { records: its }] of this.#schools) {
			if (records <= this.#mostRecords || oldest === school) return;
			this.#schools.delete(oldest);
			records -= its;
		}
	}
}

function apply(resident: Resident, change: Change): void {
	const before = resident.state.apply(change);
	resident.records += change.puts.length - before.puts.length;
}

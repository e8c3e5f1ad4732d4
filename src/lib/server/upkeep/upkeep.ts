import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { Again, DueWorker, type DueHandler, type DueWorkerOptions } from '../due/worker.ts';
import type { Store } from '../store/database.ts';
import { logRefusals, refusalsKind } from '../audit/refusal-log.ts';
import { forgetOld } from './forgetting.ts';

/** Nightly work, once a school. */
export const forgetKind = 'forget';

const hour = 3_600_000;
const day = 24 * hour;
/** UTC; where these schools are, most are asleep. */
const firstHour = 0;
const hours = 4;

export interface UpkeepOptions extends Pick<DueWorkerOptions, 'failed' | 'now'> {
	readonly store: Store;
	/** After how many days what was asked goes out of the audit log. */
	readonly auditDays: number;
}

/**
 * What nobody asks for: forgetting, and counts that become entries of the audit log. Each piece is
 * claimed by lease, so that of several processes one does it, one school after the other.
 */
export class Upkeep {
	readonly #options: UpkeepOptions;
	readonly #worker: DueWorker;
	#timer: NodeJS.Timeout | undefined;
	#planning: Promise<void> = Promise.resolve();

	constructor(options: UpkeepOptions) {
		const { store, now, failed } = options;
		this.#options = options;
		this.#worker = new DueWorker({
			database: store,
			handlers: { [refusalsKind]: this.#logRefusals, [forgetKind]: this.#forget },
			now,
			failed,
			atOnce: 1
		});
	}

	/** From now on; and looks for schools that are new, now and every hour. */
	start(): void {
		this.#timer = setInterval(() => void this.#plan(), hour).unref();
		void this.#plan();
		this.#worker.start();
	}

	/** All that is due now is done. */
	async done(): Promise<void> {
		await this.#plan();
		await this.#worker.done();
	}

	/** Finishes what it is at. */
	async stop(): Promise<void> {
		clearInterval(this.#timer);
		await Promise.all([this.#planning, this.#worker.stop()]);
	}

	readonly #logRefusals: DueHandler = async ({ school }) => {
		const { store, now } = this.#options;
		let more = school !== null;
		while (school !== null && more) {
			({ more } = await store.write(school, (tx) => logRefusals(tx, now())));
		}
	};

	readonly #forget: DueHandler = async ({ school }) => {
		const { store, now, auditDays } = this.#options;
		if (school === null) return undefined;
		await forgetOld(store, school, { now: now(), auditDays });
		return new Again(nextNight(now()));
	};

	/** Gives each open school its nightly work; what fails here is tried again in an hour. */
	#plan(): Promise<void> {
		this.#planning = this.#planning.then(() => this.#planAll());
		return this.#planning;
	}

	async #planAll(): Promise<void> {
		const { store, now, failed } = this.#options;
		try {
			await planForgetting(store, now());
		} catch (error) {
			failed({ id: '', kind: forgetKind, school: null, body: null, attempts: 1 }, error, false);
		}
	}
}

async function planForgetting(store: Store, now: Date): Promise<void> {
	await store.writeOutside(async ({ db }) => {
		const planned = await db
			.selectFrom('due')
			.select('school')
			.where('kind', '=', forgetKind)
			.execute();
		const known = new Set(planned.map(({ school }) => school));
		const open = await db.selectFrom('schools').select('id').where('state', '=', 'open').execute();
		for (const { id: school } of open) {
			if (known.has(school)) continue;
			const plan = { id: planId(school), kind: forgetKind, school, at: nextNight(now) };
			await db
				.insertInto('due')
				.values({ ...plan, body: 'null', lease_until: null, attempts: 0 })
				.onConflict((conflict) => conflict.doNothing())
				.execute();
		}
	});
}

function planId(school: Id): Id {
	return `${forgetKind} ${school}`;
}

/** Some moment in the night that comes; by chance, so that not all schools come at once. */
function nextNight(now: Date): Instant {
	const midnight = Math.floor(now.getTime() / day) * day + day;
	return new Date(midnight + (firstHour + Math.random() * hours) * hour).toISOString();
}

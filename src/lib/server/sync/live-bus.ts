import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Scope } from '#lib/domain/registry/scopes.ts';

/** Held scopes that were touched; null: the listener may no longer be signed in. */
export type Poke = (scopes: readonly Scope[] | null) => void;

/** The questions that the bus asks of a school. */
export interface LiveSource {
	/** The version that a school is at; null: there is no such school. */
	version(school: Id): Promise<number | null>;
	/** The scopes in which anything happened since a version. */
	touchedSince(school: Id, version: number): Promise<ReadonlySet<Scope>>;
	/** Returns what each account holds now; null: it may not sign in. */
	held(school: Id, accounts: ReadonlySet<Id>): Promise<ReadonlyMap<Id, ReadonlySet<Scope> | null>>;
}

export interface LiveTimes {
	/** At most one poke in so many milliseconds; as often, other processes' changes are looked for. */
	readonly every: number;
	/** Up to so many milliseconds later, so that a school's devices don't all come at once. */
	readonly jitter: number;
}

interface Listener {
	readonly account: Id;
	readonly poke: Poke;
	held: ReadonlySet<Scope> | null;
}

interface Room {
	readonly listeners: Set<Listener>;
	touched: Set<Scope>;
	/** Changes after it are still to be told. */
	version: number;
}

/**
 * Tells those who listen that there is something to pull. It says which of their scopes were touched
 * and nothing of what is in them. A poke may be lost or come for nothing: the pull is what counts.
 */
export class LiveBus {
	readonly #rooms = new Map<Id, Room>();
	readonly #source: LiveSource;
	readonly #times: LiveTimes;
	readonly #report: (error: unknown, where: string) => void;
	#timer: NodeJS.Timeout | null = null;

	constructor(
		source: LiveSource,
		times: LiveTimes,
		report: (error: unknown, where: string) => void
	) {
		this.#source = source;
		this.#times = times;
		this.#report = report;
	}

	/** A version to listen from, asked for before the listener is told that it is heard. */
	async version(school: Id): Promise<number> {
		return (await this.#source.version(school)) ?? 0;
	}

	/** Pokes for what is written after a version. Returns how to stop. */
	listen(
		{
			school,
			account,
			version
		}: { readonly school: Id; readonly account: Id; readonly version: number },
		poke: Poke
	): () => void {
		const room = this.#rooms.get(school) ?? {
			listeners: new Set(),
			touched: new Set(),
			version
		};
		this.#rooms.set(school, room);
		const listener: Listener = { account, poke, held: null };
		room.listeners.add(listener);
		this.#timer ??= setInterval(() => void this.tick(), this.#times.every);
		return () => {
			room.listeners.delete(listener);
			if (room.listeners.size === 0) this.#rooms.delete(school);
			if (this.#rooms.size === 0) this.close();
		};
	}

	/** Tells the bus what a transaction of this process touched. */
	touched(school: Id, version: number, scopes: ReadonlySet<Scope>): void {
		const room = this.#rooms.get(school);
		if (!room) return;
		room.touched = room.touched.union(scopes);
		// Otherwise another process wrote in between, and polling finds both.
		if (room.version === version - 1) room.version = version;
	}

	close(): void {
		if (this.#timer) clearInterval(this.#timer);
		this.#timer = null;
	}

	/** Looks for what other processes did, and pokes. Of its own every `every` milliseconds. */
	async tick(): Promise<void> {
		for (const [school, room] of this.#rooms) {
			try {
				await this.#poll(school, room);
				await this.#poke(school, room);
			} catch (error) {
				this.#report(error, 'live');
			}
		}
	}

	async #poll(school: Id, room: Room): Promise<void> {
		const version = await this.#source.version(school);
		const from = room.version;
		if (version === null || version === from) return;
		if (version > from) {
			room.touched = room.touched.union(await this.#source.touchedSince(school, from));
		}
		room.version = version;
	}

	async #poke(school: Id, room: Room): Promise<void> {
		const { touched, listeners } = room;
		const isNew = [...listeners].some(({ held }) => held === null);
		if (touched.size === 0 && !isNew) return;
		room.touched = new Set();
		const accounts = new Set([...listeners].map(({ account }) => account));
		const held = await this.#source.held(school, accounts);
		for (const listener of listeners) {
			const before = listener.held;
			const now = held.get(listener.account) ?? null;
			listener.held = now;
			if (!now) this.#soon(room, listener, null);
			else if (before) this.#tell(room, listener, { before, now, touched });
			// It may be in what they held until then.
			else if (touched.size > 0) this.#soon(room, listener, [...touched.intersection(now)]);
		}
	}

	#tell(
		room: Room,
		listener: Listener,
		scopes: {
			readonly before: ReadonlySet<Scope>;
			readonly now: ReadonlySet<Scope>;
			readonly touched: ReadonlySet<Scope>;
		}
	): void {
		const { before, now, touched } = scopes;
		const changed = [...touched.intersection(now), ...now.difference(before)];
		const lost = before.difference(now).size > 0;
		if (changed.length > 0 || lost) this.#soon(room, listener, [...new Set(changed)]);
	}

	#soon({ listeners }: Room, listener: Listener, scopes: readonly Scope[] | null): void {
		const timer = setTimeout(() => {
			if (listeners.has(listener)) listener.poke(scopes);
		}, Math.random() * this.#times.jitter);
		timer.unref();
	}
}

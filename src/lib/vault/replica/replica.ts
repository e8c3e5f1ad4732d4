import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import { ok, type Result } from '#lib/domain/kernel/result.ts';
import { SchoolState, type Change } from '#lib/domain/registry/state.ts';
import type { Entry, Proposal } from '../pages/entry.ts';
import { VaultError, flatten, settle, type VaultFailure } from '../disk/failure.ts';
import { planFold } from './fold.ts';
import type { Membership } from '../pages/head.ts';
import { kindsOf, type IndexedRefusal, type Rules, type Waiting } from './ledger.ts';
import { load, readHistory, readOn, type Loaded } from './loading.ts';
import { migratePages } from './migrating.ts';
import type { Plan } from './revision.ts';
import { readSecrets } from './secrets.ts';
import type { VaultStore } from '../pages/store.ts';
import { Updates, type Update } from './updates.ts';

/** The account that signs for a commit, and the date by which the rules are asked. */
export interface Signature {
	readonly actor: Actor;
	readonly today: IsoDate;
}

export type CommitFailure = IndexedRefusal | VaultFailure;

export interface Committed {
	/** The changes of each mutation, history included. */
	readonly changes: readonly Change[];
}

export interface ReplicaOptions {
	readonly store: VaultStore;
	readonly rules: Rules;
	/** Runs a write while no other tab writes. */
	readonly alone: <T>(write: () => Promise<T>) => Promise<T>;
	/** Tells the other tabs to catch up. */
	readonly announce: () => void;
	readonly now: () => number;
}

/**
 * A school in memory over its vault: confirmed records with the outbox run over them. A change is
 * on the disk before it is in `state`. Work that reads or writes the disk waits its turn.
 */
export class Replica {
	readonly #options: ReplicaOptions;
	readonly #updates = new Updates();
	#loaded: Loaded | null;
	#state: SchoolState;
	#turn: Promise<unknown> = Promise.resolve();

	/** Opens what is on the disk. */
	static async open(options: ReplicaOptions): Promise<Result<Replica, VaultFailure>> {
		return settle(async () => {
			const { store, rules, alone } = options;
			await migratePages(store, alone);
			return new Replica(options, await load(store, rules, { history: false }));
		});
	}

	private constructor(options: ReplicaOptions, loaded: Loaded) {
		this.#options = options;
		this.#loaded = loaded;
		this.#state = loaded.ledger.state;
	}

	/** Empty once locked. Read it again after an update: it may be another object. */
	get state(): SchoolState {
		return this.#state;
	}

	get version(): number {
		return this.#updates.version;
	}

	get historyLoaded(): boolean {
		return this.#loaded?.historyLoaded ?? false;
	}

	/** The outbox, in order. A refusal here is not the last word: the server's is. */
	get waiting(): readonly Waiting[] {
		return this.#loaded?.ledger.entries ?? [];
	}

	/** How many mutations the server refused that nobody has dealt with yet. */
	get refused(): number {
		return this.#loaded?.read.head.refusedCount ?? 0;
	}

	/** The vault's place at a server; null: it has none, or is locked. */
	get membership(): Membership | null {
		return this.#loaded?.read.head.membership ?? null;
	}

	/** Calls back after every change of state, also those of other tabs. Returns how to stop. */
	subscribe(listener: (update: Update) => void): () => void {
		return this.#updates.subscribe(listener);
	}

	/**
	 * Runs mutations in order, writes them down, and only then shows them: all of them or none. The
	 * rules are asked again if another tab was first.
	 */
	async commit(
		proposals: readonly Proposal[],
		signature: Signature
	): Promise<Result<Committed, CommitFailure>> {
		const { actor, today } = signature;
		const entries = proposals.map((proposal) => ({ ...proposal, actor, today }));
		return this.commitEntries(entries);
	}

	/** `commit`, of mutations by several people or made on several days. */
	async commitEntries(entries: readonly Entry[]): Promise<Result<Committed, CommitFailure>> {
		const committed = this.#inTurn(async (): Promise<Result<Committed, CommitFailure>> => {
			if (entries.some(({ mutation }) => this.#options.rules.readsHistory(mutation))) {
				await this.#needHistory();
			}
			// Without the lock, which costs a third of a single change: the transaction sees for itself
			// whether another tab was first.
			const first = await this.#attempt(entries);
			if (first?.ok) return first;
			// Another tab was first, or a refusal may be for what another tab has changed since. Within the
			// lock nobody rewrites pages, and a second tab waits here too.
			return this.#options.alone(async () => {
				for (;;) {
					await this.#catchUp();
					// A connection that broke may have kept the rows and lost the answer.
					const changes = this.#use().ledger.changesOf(entries);
					if (changes) return ok({ changes });
					const again = await this.#attempt(entries);
					if (again) return again;
				}
			});
		});
		return flatten(await committed);
	}

	/** Brings history into `state`; stays there until locked. */
	async loadHistory(): Promise<Result<void, VaultFailure>> {
		return this.#inTurn(() => this.#needHistory());
	}

	/** Passwords by id; those no longer kept are left out. */
	async secrets(ids: readonly Id[]): Promise<Result<ReadonlyMap<Id, Secret>, VaultFailure>> {
		return this.#inTurn(() => readSecrets(this.#options.store, this.#use().ledger, ids));
	}

	/**
	 * Makes confirmed records of the outbox, and lets go of passwords whose time has come: for a
	 * school without a server. Commits go on while it prepares. Returns whether it did anything; when
	 * another tab wrote pages meanwhile, it did not.
	 */
	async fold(): Promise<Result<boolean, VaultFailure>> {
		return settle(async () => {
			const { store, alone, now, announce } = this.#options;
			const { lastSeq, ...loaded } = this.#use();
			// Mutations that a server has not confirmed must still be sent.
			if (loaded.read.head.membership) return false;
			const rewrite = await planFold(store, loaded, { seq: lastSeq, now: now() });
			if (!rewrite) return false;
			const { write } = await store.prepareRewrite(rewrite);
			const done = await this.#inTurn(async () => {
				const generation = await alone(write);
				if (!generation) return false;
				const now = this.#use();
				now.ledger.confirm(lastSeq);
				this.#loaded = { ...now, read: { generation, head: rewrite.head } };
				return true;
			});
			if (!done.ok) throw new VaultError(done.refusal.code);
			if (done.value) announce();
			return done.value;
		});
	}

	/**
	 * Works out a rewrite of pages and outbox and writes it; again if another tab was first. Returns
	 * whether there was anything to write.
	 */
	async revise(plan: Plan): Promise<Result<boolean, VaultFailure>> {
		return this.#inTurn(async () => {
			const { store, alone, announce, now } = this.#options;
			for (let isFirst = true; ; isFirst = false) {
				const loaded = this.#use();
				const revision = await plan(store, loaded, now());
				if (!revision) return false;
				const head = { ...revision.rewrite.head, lastSeq: loaded.lastSeq };
				const rewrite = { ...revision.rewrite, head, on: loaded.read.generation };
				const { numbers, write } = await store.prepareRewrite(rewrite);
				// Without the lock at first: the transaction sees for itself whether another tab was.
				const generation = await (isFirst ? write() : alone(write));
				const { lastSeq } = this.#use();
				if (generation) {
					const kinds = revision.follow(loaded.ledger, numbers);
					const read = { generation, head };
					this.#loaded = { ...loaded, read, lastSeq: numbers.at(-1) ?? lastSeq };
					this.#updates.tell(kinds);
					announce();
					return true;
				}
				await this.#catchUp();
			}
		});
	}

	/** Reads the disk as it belongs to what is loaded; again if another tab wrote in between. */
	async look<T>(
		read: (store: VaultStore, loaded: Loaded) => Promise<T | null>
	): Promise<Result<T, VaultFailure>> {
		return this.#inTurn(async () => {
			for (;;) {
				const found = await read(this.#options.store, this.#use());
				if (found !== null) return found;
				await this.#catchUp();
			}
		});
	}

	/** Reads what other tabs wrote. */
	async catchUp(): Promise<Result<void, VaultFailure>> {
		return this.#inTurn(() => this.#catchUp());
	}

	/** Lets go of everything. Work under way ends with `locked`, done or not done. */
	lock(): void {
		this.#loaded = null;
		this.#state = new SchoolState();
		this.#updates.tell(null);
		this.#updates.end();
	}

	/** One computation and one write; null when another tab was first. */
	async #attempt(entries: readonly Entry[]): Promise<Result<Committed, CommitFailure> | null> {
		const { ledger, lastSeq, read } = this.#use();
		const computed = await ledger.compute(entries);
		if (!computed.ok) return computed;
		const changes = computed.value;
		if (entries.length === 0) return ok({ changes });
		const at = { after: lastSeq, on: read.generation };
		const { numbers, write } = await this.#options.store.prepareAppend(entries, at);
		if (!(await write())) return null;
		const loaded = this.#use();
		loaded.ledger.push(
			entries.map((entry, index) => ({
				...entry,
				seq: numbers[index] ?? lastSeq,
				change: changes[index] ?? { puts: [], removes: [] }
			}))
		);
		this.#loaded = { ...loaded, lastSeq: numbers.at(-1) ?? lastSeq };
		this.#updates.tell(changes.flatMap(kindsOf));
		this.#options.announce();
		return ok({ changes });
	}

	async #catchUp(): Promise<void> {
		const { store, rules } = this.#options;
		const loaded = this.#use();
		const later = await readOn(store, rules, loaded);
		this.#use();
		if (!later) return this.#load(loaded.historyLoaded);
		const kinds = later.follow();
		this.#loaded = later.loaded;
		if (kinds) this.#updates.tell(kinds);
	}

	async #load(history: boolean): Promise<void> {
		const { store, rules } = this.#options;
		const loaded = await load(store, rules, { history });
		this.#use();
		this.#loaded = loaded;
		this.#state = loaded.ledger.state;
		this.#updates.tell(null);
	}

	async #needHistory(): Promise<void> {
		const loaded = this.#use();
		if (loaded.historyLoaded) return;
		const { generation, records } = await readHistory(this.#options.store);
		if (generation !== loaded.read.generation) return this.#load(true);
		const { ledger } = this.#use();
		const unknown = records.filter(({ kind, id }) => !ledger.state.get(kind, id));
		ledger.state.apply({ puts: unknown, removes: [] });
		this.#loaded = { ...loaded, historyLoaded: true };
		this.#updates.tell(['history']);
	}

	#use(): Loaded {
		if (!this.#loaded) throw new VaultError('locked');
		return this.#loaded;
	}

	async #inTurn<T>(work: () => Promise<T>): Promise<Result<T, VaultFailure>> {
		const mine = this.#turn.then(() => settle(work));
		// A bug in one must not stop those behind it.
		this.#turn = mine.catch(() => undefined);
		return mine;
	}
}

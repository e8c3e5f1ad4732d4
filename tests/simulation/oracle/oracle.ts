import { sameJson } from '#lib/domain/kernel/json.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Door, Mutation } from '#lib/domain/kernel/mutation.ts';
import { isMutationName, type MutationName, type ArgsOf } from '#lib/domain/registry/mutations.ts';
import type { AnyRecord, History } from '#lib/domain/registry/records.ts';
import type { Id, Instant, Json } from '#lib/domain/kernel/ids.ts';
import { run } from '#lib/domain/registry/run.ts';
import { SchoolState, type Change } from '#lib/domain/registry/state.ts';
import { everyRecord } from '#lib/domain/testing/every-kind.ts';
import { parseArgs } from '#lib/protocol/mutation-args.ts';
import type { SyncAnswer, Synced } from '#lib/protocol/sync-answer.ts';
import type { SentMutation } from '#lib/protocol/sync-request.ts';
import type { Store } from '#lib/server/store/database.ts';
import { schoolDay } from '#lib/server/sync/school-day.ts';
import { doorOf, secretsBrought, secretsNamed, type Owned } from './brought.ts';
import { checkPatch, checkSecrets, keyOf, must } from './checks.ts';
import {
	readNews,
	readRows,
	type News,
	type Row,
	type Seen,
	type TakenEntry
} from './store-news.ts';
import { inOrderOf } from './same-history.ts';
import { checkUndone } from './undone.ts';
import { mayHaveMade, mayHaveUndone, whoIs } from './who-may.ts';

/** Mutations that came to the server together. */
export interface Asked {
	/** The account whose session it came with. */
	readonly account: Id;
	readonly isSignedIn: boolean;
	readonly clientId: Id;
	readonly mutations: readonly SentMutation[];
}

/** The work of the server at a door of its own, without anybody's outbox. */
export interface AtDoor {
	readonly actorId: Id;
	readonly names: readonly MutationName[];
}

/** A mutation that the server has taken. */
export interface Taken {
	readonly uid: Id;
	readonly name: MutationName;
	readonly args: unknown;
	readonly batch: Id | null;
	readonly actorId: Id;
	readonly madeAt: Instant;
}

/** With what a mutation came. */
type Came =
	| { readonly sent: SentMutation; readonly clientId: Id }
	| { readonly sent: null; readonly door: Door };

const longest = 180 * 86_400_000;

/**
 * Looks into the server's store from outside, after each thing that comes to it, and trusts none of
 * it: it keeps a school of its own, in which it does again what was taken. Each record that changed
 * must be what a mutation that came just then makes of it, made by somebody who may. Throws what is
 * not so.
 */
export class Oracle {
	readonly #store: Store;
	#state = new SchoolState();
	#records = 0;
	#seen: Seen = { version: -1, seq: 0, secrets: new Map() };
	/** Of all that ever ran, by uid. */
	#taken = new Map<Id, Taken>();
	/** The account that was refused a mutation, by uid. */
	#refused = new Map<Id, Id>();
	/** When the mutations of each client were made, by its own clock and by the server's. */
	readonly #dates = new Map<Id, Instant[]>();
	readonly #onTheWay = new Set<Asked | AtDoor>();
	#judging: Promise<void> = Promise.resolve();

	constructor(store: Store) {
		this.#store = store;
	}

	get state(): SchoolState {
		return this.#state;
	}

	get taken(): ReadonlyMap<Id, Taken> {
		return this.#taken;
	}

	get secrets(): Owned {
		return this.#seen.secrets;
	}

	/** Takes what the store holds for what there was before anything came. */
	async begin(): Promise<void> {
		const news = await this.#news();
		const records = news.rows.map(({ body }) => JSON.parse(body) as AnyRecord);
		this.#state = new SchoolState(records);
		this.#keep(news);
		for (const record of records) {
			if (record.kind !== 'history') continue;
			const { uid, batch, actorId, madeAt, undoes } = record;
			const args = undoes === null ? null : { uid: undoes, except: [] };
			const name = record.mutation as MutationName;
			this.#taken.set(uid, { uid, name, args, batch, actorId, madeAt });
		}
	}

	/** Returns what takes all this back to where it is now, as a restored backup does the store. */
	mark(): () => void {
		const [records, count, seen] = [everyRecord(this.#state), this.#records, this.#seen];
		const [taken, refused] = [new Map(this.#taken), new Map(this.#refused)];
		return () => {
			this.#state = new SchoolState(records);
			[this.#records, this.#seen] = [count, seen];
			[this.#taken, this.#refused] = [new Map(taken), new Map(refused)];
		};
	}

	/**
	 * Judges what the server makes of something that comes to it.
	 *
	 * @param work returns what the server answered; null: nothing
	 */
	async watch(
		asked: Asked | AtDoor,
		now: Date,
		work: () => Promise<SyncAnswer | null>
	): Promise<void> {
		this.#onTheWay.add(asked);
		if ('clientId' in asked) this.#noteDates(asked, now.toISOString());
		const answer = await work();
		const judged = this.#judging.then(async () => {
			this.#judge(await this.#news(), now);
			if (answer?.kind !== 'synced' || !('clientId' in asked)) return;
			this.#checkResults(asked, answer);
			// Of two tabs at once nobody can tell which saw what of the other.
			if (this.#onTheWay.size > 1) return;
			checkPatch(this.#state, { account: asked.account, puts: answer.puts, now });
		});
		this.#judging = judged.catch(() => undefined);
		await judged.finally(() => this.#onTheWay.delete(asked));
	}

	/** Compares all that there is, in the end. */
	async checkAll(): Promise<void> {
		const rows = await readRows(this.#store);
		must(rows.length === this.#records, 'the store holds more or less than was made');
		for (const row of rows) this.#mustBeAsMade(row);
	}

	#news(): Promise<News> {
		return readNews(this.#store, { ...this.#seen, records: this.#records });
	}

	#keep({ version, seq, secrets, records }: News): void {
		this.#seen = { version, seq, secrets };
		this.#records = records;
	}

	#judge(news: News, now: Date): void {
		const { rows, entries } = news;
		const touched = new Map<string, boolean>();
		const brought = new Map<Id, Id>();
		for (const entry of entries) {
			const { change, own } = this.#again(entry, rows, now);
			for (const [id, account] of own) brought.set(id, account);
			for (const record of change.puts) touched.set(keyOf(record), true);
			for (const key of change.removes) touched.set(keyOf(key), false);
			this.#state.apply({ puts: inOrderOf(rows, change.puts), removes: [] });
		}
		for (const row of rows) {
			must(touched.has(keyOf(row)), `${keyOf(row)} changed, and nobody changed it`);
			this.#mustBeAsMade(row);
		}
		const changed = new Set(rows.map(keyOf));
		for (const [key, isPut] of touched) {
			must(!isPut || changed.has(key), `${key} was changed and is not`);
		}
		if (news.version !== this.#seen.version) {
			const isWhole = news.records === everyRecord(this.#state).length;
			must(isWhole, 'a record came or went, and nobody did it');
			checkSecrets(this.#state, { before: this.secrets, after: news.secrets, brought });
		}
		this.#keep(news);
	}

	/** Does once more what was taken, if it was taken rightly. */
	#again(entry: TakenEntry, rows: readonly Row[], now: Date): { change: Change; own: Owned } {
		const { uid, actorId, mutation: name } = entry;
		const about = `${name} ${uid} of ${actorId}`;
		must(!this.#taken.has(uid), `${about}: its uid ran before`);
		if (!isMutationName(name)) throw new Error(`${about} is no mutation`);
		const came = this.#cameWith(entry, name);
		if (!came) throw new Error(`${about} was taken, and they did not ask for it`);
		const today = schoolDay(this.#state, now);
		const who = whoIs(actorId, this.#state, today);
		if (!who) throw new Error(`${about} may not sign in`);
		const { sent } = came;
		const args = sent ? parseArgs(name, sent.mutation.args) : entry.args;
		must(args !== null && mayHaveMade(who, name, args), `${about} was not allowed`);
		const madeAt = this.#dateOf(uid, came, rows, now);
		const undone = name === 'change.undo@1' ? (args as ArgsOf<'change.undo@1'>) : null;
		const root = undone && this.#rootOf(undone.uid);
		const mayUndo = !undone || (root && mayHaveUndone(who, root, madeAt));
		must(mayUndo === true, `${about} undoes what it may not`);
		const batch = sent ? sent.mutation.batch : null;
		const own = sent ? secretsBrought(name, args, sent.secrets) : secretsNamed(name, args);
		const mutation: Mutation = { name, args, uid, batch, actorId, madeAt };
		const actor = { id: who.id, role: who.role as Actor['role'], rights: who.rights };
		const door = came.sent ? doorOf(own, came.sent) : came.door;
		const result = run(this.#state, mutation, { actor, today, door });
		if (!result.ok) throw new Error(`${about} was taken, and is refused: ${result.refusal.code}`);
		this.#taken.set(uid, { uid, name, args, batch, actorId, madeAt });
		const wasDone = undone ? this.#state.find('historyByUid', undone.uid) : [];
		this.#fold(result.value);
		if (undone) checkUndone(this.#state, wasDone, undone);
		return { change: result.value, own };
	}

	#fold(change: Change): void {
		for (const { kind, id } of [...change.puts, ...change.removes]) {
			const isKept = kind !== 'history' || !this.#state.get(kind, id);
			must(isKept, `the entry ${id} of the history was replaced or removed`);
		}
		this.#state.apply(change);
	}

	/** With which request, or at which door; null: with none. */
	#cameWith({ uid, actorId, args }: TakenEntry, name: MutationName): Came | null {
		for (const from of this.#onTheWay) {
			if (!('clientId' in from)) {
				if (from.actorId !== actorId || !from.names.includes(name)) continue;
				const email = (args as { readonly email?: readonly string[] }).email?.[1] ?? null;
				return { sent: null, door: { passwordSet: true, emailConfirmed: email } };
			}
			const { account, isSignedIn, clientId, mutations } = from;
			if (!isSignedIn || account !== actorId) continue;
			const sent = mutations.find(
				({ mutation }) =>
					mutation.uid === uid && mutation.name === name && mutation.actorId === actorId
			);
			if (sent) return { sent, clientId };
		}
		return null;
	}

	/** When it counts as made: as it says, or as the server's clock bounds it. */
	#dateOf(uid: Id, came: Came, rows: readonly Row[], now: Date): Instant {
		const latest = now.toISOString();
		const row = rows.find(({ kind, id }) => kind === 'history' && id === `${uid}-0`);
		const dated = row ? (JSON.parse(row.body) as History).madeAt : null;
		if (!came.sent) return dated ?? latest;
		const told = came.sent.mutation.madeAt;
		const madeAt = dated ?? (told > latest ? latest : told);
		const earliest = new Date(now.getTime() - longest).toISOString();
		const bounds = [told, latest, earliest, ...(this.#dates.get(came.clientId) ?? [])];
		const isInTime = dated === null || (madeAt <= latest && madeAt >= earliest);
		must(isInTime && bounds.includes(madeAt), `${uid} says ${told}, and counts as of ${madeAt}`);
		return madeAt;
	}

	/** None of a client's mutations counts as made before one that it sent earlier. */
	#noteDates({ clientId, mutations }: Asked, now: Instant): void {
		const dates = this.#dates.get(clientId) ?? [];
		const told = mutations.map(({ mutation }) => mutation.madeAt);
		this.#dates.set(clientId, [...dates, now, ...told]);
	}

	#rootOf(uid: Id): Taken | null {
		let found = this.#taken.get(uid);
		while (found?.name === 'change.undo@1') {
			found = this.#taken.get((found.args as ArgsOf<'change.undo@1'>).uid);
		}
		return found ?? null;
	}

	/** Nobody is told that something was done that was not, nor what became of another's. */
	#checkResults({ account, mutations }: Asked, { results }: Synced): void {
		const own = new Set(
			mutations.flatMap(({ mutation: { uid, actorId } }) => (actorId === account ? uid : []))
		);
		for (const { uid, refusal } of results) {
			const maker = this.#taken.get(uid)?.actorId ?? this.#refused.get(uid);
			if (refusal === null) must(maker === account, `${account} is told that ${uid} was done`);
			else if (maker === undefined && own.has(uid)) this.#refused.set(uid, account);
			else if (maker !== account) {
				must(refusal.code === 'notAllowed', `${account} is told what became of ${uid}`);
			}
		}
	}

	#mustBeAsMade(row: Row): void {
		const made = this.#state.get(row.kind as AnyRecord['kind'], row.id) as unknown as Json;
		const isSame = made !== undefined && sameJson(made, JSON.parse(row.body) as Json);
		must(isSame, `${keyOf(row)} is not what was made of it: ${row.body}`);
	}
}

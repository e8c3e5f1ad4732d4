import { maySee, scopesFor } from '#lib/domain/scopes.ts';
import type { Secrets } from '#lib/domain/leer-id/secret.ts';
import type { Actor, Door, Mutation } from '#lib/domain/mutation.ts';
import type { UndoChange } from '#lib/domain/history/mutators.ts';
import type { MutationName } from '#lib/domain/mutators.ts';
import type { AnyRecord, History, Id, Instant, Json } from '#lib/domain/records.ts';
import { sameJson } from '#lib/domain/edit.ts';
import { run } from '#lib/domain/run.ts';
import { SchoolState } from '#lib/domain/state/school-state.ts';
import type { AuditBody } from '#lib/protocol/audit.ts';
import { isMutationName, parseArgs } from '#lib/protocol/mutation-args.ts';
import type { SyncAnswer } from '#lib/protocol/sync-answer.ts';
import type { SentMutation } from '#lib/protocol/sync-request.ts';
import { schoolDay } from '#lib/server/sync/school-day.ts';
import type { Store } from '#lib/server/store/database.ts';
import { allOf, schoolId } from './school.ts';
import { checkUndone } from './undone.ts';
import { mayHaveMade, mayHaveUndone, whoIs } from './who-may.ts';

/** What came to the endpoint together, and whose session it came with. */
export interface Asked {
	readonly account: Id;
	readonly mutations: readonly SentMutation[];
	readonly clientId: Id;
}

/** What the endpoint does at a door of its own, without anybody's outbox. */
export interface AtDoor {
	readonly actorId: Id;
	readonly names: readonly MutationName[];
}

/** A mutation that the endpoint has taken. */
export interface Taken {
	readonly uid: Id;
	readonly name: MutationName;
	readonly args: unknown;
	readonly batch: Id | null;
	readonly actorId: Id;
	readonly madeAt: Instant;
}

interface Row {
	readonly kind: string;
	readonly id: Id;
	readonly body: string;
}

type Entry = Extract<AuditBody, { readonly what: 'mutation' }> & { readonly args: unknown };

/** As the store stands after something came: what is new in it. */
interface News {
	readonly version: number;
	readonly seq: number;
	readonly rows: readonly Row[];
	readonly records: number;
	readonly entries: readonly Entry[];
	readonly secrets: ReadonlyMap<Id, Id>;
}

const longest = 180 * 86_400_000;

/**
 * Looks into the endpoint's store from outside, after each thing that comes to it, and trusts none of
 * it: it keeps a school of its own, in which it does again what was taken. Each record that changed
 * must be what a mutation that came just then makes of it, made by somebody who may. Throws what is
 * not so.
 */
export class Oracle {
	readonly #store: Store;
	#state = new SchoolState();
	/** Of all that ever ran, by uid. */
	#taken = new Map<Id, Taken>();
	/** Which account's each password is. */
	#secrets: ReadonlyMap<Id, Id> = new Map();
	#version = 0;
	#seq = 0;
	/** When the mutations of each client were made, by its own clock or by the endpoint's. */
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

	get secrets(): ReadonlyMap<Id, Id> {
		return this.#secrets;
	}

	/** Takes what the store holds for what there was before anything came. */
	async begin(): Promise<void> {
		this.#version = -1;
		const { version, seq, rows, secrets } = await this.#news();
		const records = rows.map(({ body }) => JSON.parse(body) as AnyRecord);
		this.#state = new SchoolState(records);
		this.#taken = new Map();
		for (const record of records) {
			if (record.kind !== 'history') continue;
			const { uid, mutation, batch, actorId, madeAt, undoes } = record;
			const args = undoes === null ? null : { uid: undoes, except: [] };
			const name = mutation as MutationName;
			this.#taken.set(uid, { uid, name, args, batch, actorId, madeAt });
		}
		[this.#version, this.#seq, this.#secrets] = [version, seq, secrets];
	}

	/** What takes all this back to where it is now, as a restored backup does the store. */
	mark(): () => void {
		const [records, taken, secrets] = [allOf(this.#state), new Map(this.#taken), this.#secrets];
		const [version, seq] = [this.#version, this.#seq];
		return () => {
			this.#state = new SchoolState(records);
			[this.#taken, this.#secrets] = [new Map(taken), secrets];
			[this.#version, this.#seq] = [version, seq];
		};
	}

	/**
	 * Judges what the endpoint makes of something that comes to it.
	 *
	 * @param work answers what the endpoint answered; null: nothing
	 */
	async watch(
		asked: Asked | AtDoor,
		now: () => Date,
		work: () => Promise<SyncAnswer | null>
	): Promise<void> {
		this.#onTheWay.add(asked);
		if ('clientId' in asked) this.#noteDates(asked, now().toISOString());
		const answer = await work();
		const judged = this.#judging.then(async () => {
			this.#judge(await this.#news(), now());
			if (answer?.kind === 'synced' && 'account' in asked && this.#onTheWay.size === 1) {
				this.#checkAnswer(asked, answer, now());
			}
		});
		this.#judging = judged.catch(() => undefined);
		await judged.finally(() => this.#onTheWay.delete(asked));
	}

	/** Compares all that there is, in the end. */
	async checkAll(): Promise<void> {
		const rows = await this.#store.read(schoolId, ({ db }) =>
			db.selectFrom('record').select(['kind', 'id', 'body']).execute()
		);
		must(rows.length === allOf(this.#state).length, 'the store holds more or less than was made');
		for (const row of rows) this.#mustBeAsMade(row);
	}

	#news(): Promise<News> {
		return this.#store.read(schoolId, async ({ db, counter }) => {
			const { version } = counter;
			const isNew = version !== this.#version;
			const rows = isNew
				? await db
						.selectFrom('record')
						.select(['kind', 'id', 'body'])
						.where('version', '>', this.#version)
						.execute()
				: [];
			const audit = await db
				.selectFrom('audit as a')
				.leftJoin('audit_payload as p', (join) => join.onRef('p.seq', '=', 'a.seq'))
				.select(['a.seq', 'a.body', 'p.payload'])
				.where('a.seq', '>', this.#seq)
				.orderBy('a.seq')
				.execute();
			const counted = isNew
				? await db
						.selectFrom('record')
						.select(({ fn }) => fn.countAll().as('records'))
						.executeTakeFirstOrThrow()
				: { records: 0 };
			const secrets = isNew
				? await db.selectFrom('secret').select(['id', 'account']).execute()
				: null;
			return {
				version,
				seq: audit.at(-1)?.seq ?? this.#seq,
				rows,
				records: Number(counted.records),
				entries: audit.flatMap(entriesIn),
				secrets: secrets ? new Map(secrets.map(({ id, account }) => [id, account])) : this.#secrets
			};
		});
	}

	#judge({ version, seq, rows, records, entries, secrets }: News, now: Date): void {
		const touched = new Map<string, AnyRecord | null>();
		const brought = new Map<Id, Id>();
		const before = new Map<string, Id | null>();
		for (const entry of entries) {
			if (entry.refusal !== null) continue;
			const { name, args, change, own } = this.#again(entry, rows, now);
			for (const [id, account] of own) brought.set(id, account);
			for (const record of change.puts) {
				const key = keyOf(record);
				const held = this.#state.get(record.kind, record.id);
				must(record.kind !== 'history' || !held, `an entry of the history was replaced: ${key}`);
				if (!before.has(key)) before.set(key, secretOf(held));
				touched.set(key, record);
			}
			for (const record of change.removes) {
				must(record.kind !== 'history', 'an entry of the history was removed');
				touched.set(keyOf(record), null);
			}
			const undone = name === 'change.undo@1' ? (args as UndoChange) : null;
			const wasDone = undone ? this.#state.find('historyByUid', undone.uid) : [];
			this.#state.apply(change);
			if (undone) checkUndone(this.#state, wasDone, undone);
		}
		for (const row of rows) {
			must(touched.has(keyOf(row)), `${keyOf(row)} changed, and nobody changed it`);
			this.#mustBeAsMade(row);
		}
		const changed = new Set(rows.map(keyOf));
		for (const [key, record] of touched) {
			must(record === null || changed.has(key), `${key} was changed and is not`);
		}
		if (version !== this.#version) {
			must(records === allOf(this.#state).length, 'a record came or went, and nobody did it');
		}
		for (const [id, account] of secrets) {
			const kept = this.#secrets.get(id) ?? brought.get(id);
			must(kept === account, `the password ${id} is ${account}'s, and nobody brought it`);
		}
		for (const [key, record] of touched) {
			const secretId = secretOf(record ?? undefined);
			if (!record || secretId === null || secretId === before.get(key)) continue;
			must(secrets.get(secretId) === record.id, `${key} opens with what is not its own password`);
		}
		[this.#version, this.#seq, this.#secrets] = [version, seq, secrets];
	}

	/** What a mutation that was taken comes to in the school of this oracle. */
	#again(entry: Entry, rows: readonly Row[], now: Date) {
		const { uid, actorId } = entry;
		const about = `${entry.mutation} ${uid} of ${actorId}`;
		must(!this.#taken.has(uid), `${about}: its uid ran before`);
		must(isMutationName(entry.mutation), `${about} is no mutation`);
		const name = entry.mutation as MutationName;
		const { sent, from, door } = this.#senderOf(entry, name, about);
		const today = schoolDay(this.#state, now);
		const who = whoIs(actorId, this.#state, today);
		if (!who) throw new Error(`${about} may not sign in`);
		const args = sent ? parseArgs(name, sent.mutation.args) : entry.args;
		must(args !== null, `${about} makes no sense`);
		must(mayHaveMade(who, name, args), `${about} was not allowed`);
		const madeAt = this.#dateOf(entry, { sent, from, rows, now });
		if (name === 'change.undo@1') {
			const root = this.#rootOf((args as UndoChange).uid);
			must(root !== null && mayHaveUndone(who, root, madeAt), `${about} undoes what it may not`);
		}
		const batch = sent ? sent.mutation.batch : null;
		const mutation: Mutation = { name, args, uid, batch, actorId, madeAt };
		const own = sent ? secretsBrought(name, args, sent.secrets) : secretsNamed(name, args);
		const actor = { id: who.id, role: who.role as Actor['role'], rights: who.rights };
		const result = run(this.#state, mutation, { actor, today, door: door ?? doorOf(own, sent) });
		if (!result.ok) throw new Error(`${about} was taken, and is refused: ${result.refusal.code}`);
		this.#taken.set(uid, { uid, name, args, batch, actorId, madeAt });
		return { name, args, change: result.value, own };
	}

	/** With which request it came. */
	#senderOf(entry: Entry, name: MutationName, about: string) {
		const { uid, actorId } = entry;
		for (const from of this.#onTheWay) {
			if (!('account' in from)) {
				if (from.actorId !== actorId || !from.names.includes(name)) continue;
				const email = (entry.args as { email?: readonly string[] }).email?.[1] ?? null;
				return { sent: null, from, door: { passwordSet: true, emailConfirmed: email } };
			}
			if (from.account !== actorId) continue;
			const sent = from.mutations.find(
				({ mutation }) =>
					mutation.uid === uid && mutation.name === name && mutation.actorId === actorId
			);
			if (sent) return { sent, from, door: null };
		}
		throw new Error(`${about} was taken, and they did not ask for it`);
	}

	/** When it counts as made: as it says, or as the endpoint's clock bounds it. */
	#dateOf(
		{ uid }: Entry,
		came: {
			readonly sent: SentMutation | null;
			readonly from: Asked | AtDoor;
			readonly rows: readonly Row[];
			readonly now: Date;
		}
	): Instant {
		const { sent, from, rows, now } = came;
		const latest = now.toISOString();
		const earliest = new Date(now.getTime() - longest).toISOString();
		const told = sent?.mutation.madeAt ?? latest;
		const prefix = `${uid}-`;
		const row = rows.find(({ kind, id }) => kind === 'history' && id.startsWith(prefix));
		const dated = row ? (JSON.parse(row.body) as History) : null;
		const madeAt = dated?.madeAt ?? (told > latest ? latest : told);
		if (!('clientId' in from)) return madeAt;
		const bounds = [told, latest, earliest, ...(this.#dates.get(from.clientId) ?? [])];
		must(madeAt <= latest && madeAt >= earliest, `${uid} is dated ${madeAt}, at ${latest}`);
		must(bounds.includes(madeAt), `${uid} says ${told}, and is dated ${madeAt}`);
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
			found = this.#taken.get((found.args as UndoChange).uid);
		}
		return found ?? null;
	}

	#checkAnswer({ account }: Asked, answer: SyncAnswer & { kind: 'synced' }, now: Date): void {
		const today = schoolDay(this.#state, now);
		const who = whoIs(account, this.#state, today);
		if (!who) throw new Error(`${account} is answered, and may not sign in`);
		const actor = { id: who.id, role: who.role as Actor['role'], rights: who.rights };
		const held = scopesFor(actor, this.#state, today);
		for (const put of answer.puts) {
			must(maySee(held, put), `${account} is told of ${keyOf(put)}`);
			const made = this.#state.get(put.kind, put.id);
			must(sameJson(made as unknown as Json, put as unknown as Json), `${keyOf(put)} is told wrong`);
		}
	}

	#mustBeAsMade(row: Row): void {
		const record = this.#state.get(row.kind as AnyRecord['kind'], row.id);
		const isSame = record && sameJson(record as unknown as Json, JSON.parse(row.body) as Json);
		must(isSame === true, `${keyOf(row)} is not what was made of it: ${row.body}`);
	}
}

function entriesIn(row: { readonly body: string; readonly payload: string | null }): Entry[] {
	const body = JSON.parse(row.body) as AuditBody;
	if (body.what !== 'mutation') return [];
	return [{ ...body, args: row.payload === null ? null : (JSON.parse(row.payload) as unknown) }];
}

/** The password that a mutation names, with whose it is to be. */
function secretsNamed(name: MutationName, args: unknown): ReadonlyMap<Id, Id> {
	const { secretId, accountId, leerIdId, account } = args as {
		readonly secretId?: Id;
		readonly accountId?: Id;
		readonly leerIdId?: Id;
		readonly account?: { readonly id: Id; readonly secretId?: Id | null };
	};
	const id = name === 'account.create@1' ? account?.secretId : secretId;
	const owner = accountId ?? leerIdId ?? account?.id;
	return id && owner ? new Map([[id, owner]]) : new Map<Id, Id>();
}

/** The same, where it came along. */
function secretsBrought(
	name: MutationName,
	args: unknown,
	secrets: Secrets = {}
): ReadonlyMap<Id, Id> {
	const named = [...secretsNamed(name, args)];
	return new Map(named.filter(([id]) => Object.hasOwn(secrets, id)));
}

/** As `isGoodPassword` of the endpoint under trial has it. */
function doorOf(own: ReadonlyMap<Id, Id>, sent: SentMutation | null): Door {
	const isGood = [...own.keys()].every((id) => {
		const secret = sent?.secrets?.[id];
		return secret?.kind === 'image' || (secret?.text.length ?? 0) >= 8;
	});
	return { passwordSet: own.size > 0 && isGood, emailConfirmed: null };
}

function secretOf(record: AnyRecord | undefined): Id | null {
	return record?.kind === 'account' || record?.kind === 'leerId' ? record.secretId : null;
}

function keyOf({ kind, id }: { readonly kind: string; readonly id: Id }): string {
	return `${kind} ${id}`;
}

function must(holds: boolean, otherwise: string): void {
	if (!holds) throw new Error(otherwise);
}


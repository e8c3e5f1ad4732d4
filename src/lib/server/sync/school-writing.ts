import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Door, Mutation } from '#lib/domain/kernel/mutation.ts';
import { endedBy, mayEnd, type ArgsOf, type MutationName } from '#lib/domain/registry/mutations.ts';
import type { NamedSecret } from '#lib/domain/registry/mutation.ts';
import type { AnyRecord, History } from '#lib/domain/registry/records.ts';
import type { Id, Instant, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import { run } from '#lib/domain/registry/run.ts';
import { Draft, type Change, type StateReader } from '#lib/domain/registry/state.ts';
import type { Keys } from '../keys.ts';
import {
	addOutcomes,
	noClient,
	readOutcomes,
	type KnownOutcome,
	type Outcome
} from '../store/clients.ts';
import type { SchoolTx } from '../store/database.ts';
import { RefusalCounts } from '../store/quota.ts';
import { setVersion, writeChange } from '../store/write-change.ts';
import { appendAudit, type AuditEntry } from '../audit/audit.ts';
import { typedSecret, type Done, type Effects } from './effects.ts';
import { historyForUndo, indexHistory } from './history.ts';
import { parseMutation, type Parsed } from './parse-mutation.ts';
import { failed } from './refusals.ts';
import { planRefusals } from '../audit/refusal-log.ts';
import { schoolDay } from './school-day.ts';
import { keepSecrets, secretOwners, type BroughtSecret } from './secret-table.ts';
import { WithHistory } from './with-history.ts';

/** What a writing needs of the endpoint. */
export interface WritingTools {
	readonly keys: Keys;
	readonly effects: Effects;
	/** Whether a password of somebody's own keeps the rules (product.md 13, design.md 2). */
	readonly isGoodPassword: (password: string, actor: Actor, state: StateReader) => boolean;
	/** Told of a bug; the error may hold personal data, so it is not simply logged. */
	readonly report: (error: unknown, where: string) => void;
}

/** A mutation with what came beside it. */
export interface Made {
	readonly mutation: Mutation;
	/** As the endpoint dates it. */
	readonly madeAt: Instant;
	/** null: nobody who may still do anything. */
	readonly actor: Actor | null;
	readonly secrets?: Secrets | undefined;
	/** What the endpoint found out itself. */
	readonly door?: Partial<Door>;
	/** The device that sent it, and under which number; absent: the endpoint makes it itself. */
	readonly sentBy?: SentBy;
}

export interface SentBy {
	readonly client: Id;
	readonly account: Id;
	readonly number: number;
}

/** What a writing came to. */
export interface Written {
	readonly version: number;
	readonly change: Change;
}

/**
 * A transaction on one school in which mutations are run, one after the other. They see each other in
 * an overlay; records, passwords, outcomes and the audit log are written together at the end, so that
 * a bulk action takes some dozen statements. A uid runs once, whatever way it came.
 */
export class SchoolWriting {
	readonly tx: SchoolTx;
	readonly now: Date;
	readonly #tools: WritingTools;
	readonly #base: WithHistory;
	readonly #overlay: Draft;
	readonly #parsed = new Map<Mutation, Parsed | null>();
	/** By uid: null, it was never run. Grows as mutations are made. */
	readonly #known = new Map<Id, KnownOutcome | null>();
	readonly #outcomes: Outcome[] = [];
	/** Whose each password is that mutations name, where it is kept already or was brought. */
	readonly #secretOwners = new Map<Id, Id>();
	readonly #brought: BroughtSecret[] = [];
	readonly #audit: AuditEntry[] = [];
	readonly #refused = new RefusalCounts();

	constructor(
		tx: SchoolTx,
		school: { readonly state: StateReader; readonly now: Date; readonly tools: WritingTools }
	) {
		this.tx = tx;
		this.now = school.now;
		this.#tools = school.tools;
		this.#base = new WithHistory(school.state);
		this.#overlay = new Draft(this.#base);
	}

	/** With what was made so far. */
	get state(): StateReader {
		return this.#overlay;
	}

	get today(): IsoDate {
		return schoolDay(this.#overlay, this.now);
	}

	/** Who an account acts as, by what was made so far. */
	actor(account: Id): Actor | null {
		return actorFor(account, this.#overlay, this.today);
	}

	/** Finds out which of these uids were run before, of whichever way they came. */
	async lookUp(uids: readonly Id[]): Promise<void> {
		const asked = uids.filter((uid) => !this.#known.has(uid));
		if (asked.length === 0) return;
		const found = await readOutcomes(this.tx, asked);
		for (const uid of asked) this.#known.set(uid, found.get(uid) ?? null);
	}

	/** What became of a mutation that was run before, or in this transaction; null: it never was. */
	outcomeOf(uid: Id): KnownOutcome | null {
		const known = this.#known.get(uid);
		if (known === undefined) throw new Error('An outcome that was not looked up');
		return known;
	}

	/** Reads what mutations that are to be made need from the store, for all of them at once. */
	async prepare(made: readonly Pick<Made, 'mutation' | 'secrets'>[]): Promise<void> {
		await this.lookUp(made.map(({ mutation }) => mutation.uid));
		const undone: Id[] = [];
		const named: Id[] = [];
		for (const { mutation, secrets } of made) {
			const parsed = parseMutation(mutation, secrets);
			this.#parsed.set(mutation, parsed);
			if (parsed?.named) named.push(parsed.named.id);
			if (parsed?.name === 'change.undo@1') undone.push((parsed.args as { uid: Id }).uid);
		}
		this.#base.add(await historyForUndo(this.tx, this.#base, undone));
		for (const [id, account] of await secretOwners(this.tx, named)) {
			this.#secretOwners.set(id, account);
		}
	}

	/**
	 * Runs a mutation, unless its uid ran before; returns why not, or null. A bug in it refuses it, and
	 * holds up no other.
	 */
	async make(made: Made): Promise<Refusal | null> {
		const { mutation } = made;
		const { uid, actorId } = mutation;
		if (!this.#parsed.has(mutation)) await this.prepare([made]);
		if (this.outcomeOf(uid)) return { code: 'alreadyExists', kind: 'history', id: uid };
		const parsed = this.#parsed.get(mutation) ?? null;
		const refusal = await this.#guarded(parsed, made);
		this.#note(uid, refusal, made.sentBy);
		// Anybody can have any number of them refused.
		if (refusal) {
			this.#refused.add(actorId, refusal);
			return refusal;
		}
		this.#audit.push({
			body: {
				what: 'mutation',
				at: this.now.toISOString(),
				mutation: parsed?.name ?? '',
				uid,
				actorId,
				refusal: null
			},
			payload: parsed?.args ?? null
		});
		return null;
	}

	/** What is the endpoint's own is told to no device, and so no reason is kept. */
	#note(uid: Id, refusal: Refusal | null, sentBy: SentBy | undefined): void {
		const { client = noClient, account = null, number = 0 } = sentBy ?? {};
		const told = sentBy ? refusal : null;
		const outcome = { uid, client, number, refused: refusal !== null, refusal: told };
		this.#known.set(uid, { ...outcome, account });
		this.#outcomes.push(outcome);
	}

	/** Writes all that was made. The transaction's work ends with it. */
	async finish(): Promise<Written> {
		const { tx } = this;
		const at = this.now.toISOString();
		const change = this.#overlay.change();
		await appendAudit(tx, this.#audit);
		await addOutcomes(tx, this.#outcomes, at);
		await planRefusals(tx, this.#refused, this.now);
		await keepSecrets(tx, this.#brought, { keys: this.#tools.keys, now: at });
		if (change.puts.length + change.removes.length === 0) {
			return { version: tx.counter.version, change };
		}
		const version = tx.counter.version + 1;
		await writeChange(tx, change, { version, at }, this.#before(change));
		await indexHistory(tx, change.puts.filter(isHistory), { version, at });
		await setVersion(tx, version);
		return { version, change };
	}

	/** What a change replaces; history replaces nothing. */
	#before({ puts, removes }: Change): AnyRecord[] {
		return [...puts, ...removes].flatMap(({ kind, id }) => this.#base.get(kind, id) ?? []);
	}

	async #guarded(parsed: Parsed | null, made: Made): Promise<Refusal | null> {
		if (!parsed) return { code: 'invalidValue', field: 'args' };
		try {
			return await this.#run(parsed, made);
		} catch (error) {
			this.#tools.report(error, parsed.name);
			return failed;
		}
	}

	async #run({ name, args, named, brought }: Parsed, made: Made): Promise<Refusal | null> {
		const { actor } = made;
		if (!actor) return { code: 'notAllowed' };
		const door = { passwordSet: this.#isAccepted(brought, actor), emailConfirmed: null };
		const mutation = { ...made.mutation, madeAt: made.madeAt, args };
		const by = { actor, today: this.today, door: { ...door, ...made.door } };
		const result = run(this.#overlay, mutation, by);
		if (!result.ok) return result.refusal;
		if (this.#isElsewhere(named, brought)) return { code: 'invalidValue', field: 'secretId' };
		await this.#beside(name, args, { named, actor, change: result.value });
		write(this.#overlay, result.value);
		if (brought) {
			this.#brought.push(brought);
			this.#secretOwners.set(brought.id, brought.account);
		}
		return null;
	}

	/** What a mutation does beside records, if anything. */
	async #beside(
		name: MutationName,
		args: ArgsOf<MutationName>,
		by: { readonly named: NamedSecret | null; readonly actor: Actor; readonly change: Change }
	): Promise<void> {
		const { named, actor, change } = by;
		const { effects } = this.#tools;
		const effect = effects.own[name] as ((done: Done) => Promise<void>) | undefined;
		if (!named && !effect && !mayEnd(name)) return;
		const state = new Draft(this.#overlay);
		write(state, change);
		const now = this.now.toISOString();
		const ended = endedBy(name, args, state);
		await this.tx.savepoint(async () => {
			if (named || ended !== null) await effects.declared(this.tx, { named, ended }, now);
			await effect?.({ tx: this.tx, actor, now, before: this.#overlay, state, args });
		});
	}

	/**
	 * Whether a secret that a mutation names is not its account's: somebody else's, or one that is kept
	 * already and brought again. One that is named only, and not kept, opens nothing: a device sends
	 * again what a restored backup lacks, when it has let go of the passwords.
	 */
	#isElsewhere(named: NamedSecret | null, brought: BroughtSecret | null): boolean {
		const owner = named && this.#secretOwners.get(named.id);
		if (!named || owner === undefined) return false;
		return brought !== null || owner !== named.account;
	}

	#isAccepted(brought: BroughtSecret | null, actor: Actor): boolean {
		if (!brought?.own) return brought !== null;
		return this.#tools.isGoodPassword(typedSecret(brought.secret), actor, this.#overlay);
	}
}

function write(draft: Draft, change: Change): void {
	for (const record of change.puts) draft.put(record);
	for (const { kind, id } of change.removes) draft.remove(kind, id);
}

function isHistory(record: { readonly kind: string }): record is History {
	return record.kind === 'history';
}

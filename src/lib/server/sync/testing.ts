import { randomBytes } from 'node:crypto';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { maySee, type Scope } from '#lib/domain/registry/scopes.ts';
import {
	administrator,
	firstAccount,
	school as schoolRecord
} from '#lib/domain/testing/test-school.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import {
	parseSyncAnswer,
	type MutationResult,
	type SyncAnswer,
	type Synced
} from '#lib/protocol/sync-answer.ts';
import { parseSyncRequest, type Cookie, type SentMutation } from '#lib/protocol/sync-request.ts';
import { Keys } from '../base/keys.ts';
import type { Store } from '../store/database.ts';
import { openStore } from '../store/open-store.ts';
import { addSchoolRow } from '../store/testing/school-row.ts';
import { writeChange, setVersion } from '../store/write-change.ts';
import type { Effects } from './effects.ts';
import { Schools, type SchoolsOptions } from './schools.ts';
import { handleSync, type Caller, type Unanswered } from './sync.ts';

/** A server over a store in memory, with a clock that stands still. */
export class TestEndpoint {
	readonly store: Store;
	readonly schools: Schools;
	readonly keys = new Keys(randomBytes(32));
	readonly reported: unknown[] = [];
	now = new Date('2026-11-21T10:00:00.000Z');

	constructor(store: Store, options: Partial<SchoolsOptions> & { effects?: Effects } = {}) {
		this.store = store;
		this.schools = new Schools({
			store,
			keys: this.keys,
			effects: { declared: () => Promise.resolve(), own: {} },
			isGoodPassword: (password) => password.length >= 8,
			report: (error) => this.reported.push(error),
			clock: () => this.now,
			...options
		});
	}

	static async open(options: ConstructorParameters<typeof TestEndpoint>[1] = {}) {
		return new TestEndpoint(await openStore({ kind: 'memory' }), options);
	}

	/** An open school with these records beside itself and its first account. */
	async addSchool(id: Id, records: readonly AnyRecord[] = []): Promise<void> {
		const own = { ...schoolRecord, id };
		const at = this.now.toISOString();
		await addSchoolRow(this.store, { id, at });
		await this.store.write(id, async (tx) => {
			const change = { puts: [own, firstAccount, ...records], removes: [] };
			await writeChange(tx, change, { version: 1, at });
			await setVersion(tx, 1);
		});
	}

	/** All that a school's store holds, history and all. */
	async records(school: Id): Promise<AnyRecord[]> {
		const rows = await this.store.read(school, ({ db }) =>
			db.selectFrom('record').select('body').execute()
		);
		return rows.map(({ body }) => JSON.parse(body) as AnyRecord);
	}

	device(school: Id, account: Id = administrator.id): TestDevice {
		return new TestDevice(this, { school, account });
	}
}

/** A device as the server sees one: it numbers what it sends, and keeps what it gets. */
export class TestDevice {
	clientId: Id;
	cookie: Cookie | null = null;
	confirmed = 0;
	records = new Map<string, AnyRecord>();
	scopes: readonly Scope[] = [];
	outbox: SentMutation[] = [];
	nextNumber = 1;
	/** Another one after a restart. */
	endpoint: TestEndpoint;
	readonly caller: Caller;

	static #made = 0;

	constructor(endpoint: TestEndpoint, caller: { readonly school: Id; readonly account: Id }) {
		this.endpoint = endpoint;
		this.caller = { ...caller, isStillIn: () => Promise.resolve(true) };
		this.clientId = `client-${++TestDevice.#made}`;
	}

	/** Puts a mutation in the outbox; returns its uid. */
	add<Name extends MutationName>(
		name: Name,
		args: ArgsOf<Name>,
		more: { uid?: Id; batch?: Id; madeAt?: Instant; secrets?: Secrets; actorId?: Id } = {}
	): Id {
		const number = this.nextNumber++;
		const uid = more.uid ?? `${this.clientId}-uid-${number}`;
		const { madeAt = this.endpoint.now.toISOString(), actorId = this.caller.account } = more;
		const mutation = { name, args, uid, batch: more.batch ?? null, actorId, madeAt };
		this.outbox.push({ number, mutation, ...(more.secrets && { secrets: more.secrets }) });
		return uid;
	}

	/** One request as it is on the wire, both ways. */
	async send(fields: object = {}): Promise<SyncAnswer | Unanswered> {
		const request = {
			schema: schemaVersion,
			account: this.caller.account,
			clientId: this.clientId,
			confirmed: this.confirmed,
			cookie: this.cookie,
			mutations: this.outbox,
			unsent: false,
			...fields
		};
		const parsed = parseSyncRequest(JSON.parse(JSON.stringify(request)));
		if (!parsed) throw new Error('Not a request');
		const answer = await handleSync(this.endpoint.schools, parsed, this.caller);
		if (answer.kind === 'refused') return answer;
		const arrived = parseSyncAnswer(JSON.parse(JSON.stringify(answer)));
		if (!arrived) throw new Error('Not an answer');
		return arrived;
	}

	/** Takes an answer in. */
	take(answer: SyncAnswer | Unanswered): Synced {
		if (answer.kind !== 'synced') throw new Error(JSON.stringify(answer));
		if (answer.afresh) this.records.clear();
		for (const { kind, id } of answer.removes) this.records.delete(`${kind} ${id}`);
		for (const record of answer.puts) this.records.set(`${record.kind} ${record.id}`, record);
		const settled = new Set(answer.results.map(({ uid }) => uid));
		this.outbox = this.outbox.filter(({ mutation }) => !settled.has(mutation.uid));
		this.confirmed = Math.max(this.confirmed, ...answer.results.map(({ number }) => number));
		this.cookie = answer.cookie;
		this.scopes = answer.scopes;
		if (!answer.more && answer.scopes.length > 0) this.#dropUnheld();
		return answer;
	}

	/** Sends and takes until there is no more; returns the results. */
	async sync(): Promise<readonly MutationResult[]> {
		const results: MutationResult[] = [];
		for (;;) {
			const answer = this.take(await this.send());
			results.push(...answer.results);
			if (!answer.more) return results;
		}
	}

	#dropUnheld(): void {
		const held = new Set(this.scopes);
		for (const [key, record] of this.records) if (!maySee(held, record)) this.records.delete(key);
	}

	/** Sorted, as text, for comparing. */
	get held(): string[] {
		return [...this.records.values()].map((record) => JSON.stringify(record)).sort();
	}
}

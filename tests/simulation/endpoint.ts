import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { maySee, scopesFor } from '#lib/domain/registry/scopes.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import type { AuditBody } from '#lib/protocol/audit.ts';
import { parseSyncAnswer, type SyncAnswer } from '#lib/protocol/sync-answer.ts';
import { parseSyncRequest, type SyncRequest } from '#lib/protocol/sync-request.ts';
import { openStore } from '#lib/server/store/open-store.ts';
import { schoolDay } from '#lib/server/sync/school-day.ts';
import { handleSync } from '#lib/server/sync/sync.ts';
import { TestEndpoint } from '#lib/server/sync/testing.ts';
import type { TransportFailure } from '#lib/sync/transport.ts';
import type { Knowledge } from './twists.ts';
import { backUpSchool, restoreSchool, type Backup } from './backup.ts';
import { beginSchool, type Beginning } from './beginnings.ts';
import type { DoorWork } from './doors.ts';
import { MortalStore } from './mortal-store.ts';
import { Oracle, type Asked } from './oracle/oracle.ts';
import { schoolId } from './school.ts';
import type { Tally } from './tally.ts';

/** The outcome of a mutation. */
export interface Became {
	/** By whom it was done: once, or never. */
	readonly taken: readonly Id[];
	readonly refused: boolean;
}

interface EndpointOptions {
	readonly beginning: Beginning;
	/** The rows that an answer holds, so that small schools are read in parts too. */
	readonly rows: number;
	readonly tally: Tally;
}

/** As much as a dishonest device remembers. */
const mostRemembered = 40;

/** The server's side of it: one process after the other, over one store that an oracle watches. */
export class SimulatedEndpoint {
	readonly oracle: Oracle;
	readonly #store: MortalStore;
	readonly #rows: number;
	readonly #tally: Tally;
	readonly #requests: SyncRequest[] = [];
	#process: TestEndpoint;
	#backup: { readonly school: Backup; readonly oracle: () => void } | null = null;
	now = Date.parse('2026-11-21T10:00:00.000Z');

	static async open(options: EndpointOptions): Promise<SimulatedEndpoint> {
		const store = await openStore({ kind: 'memory' });
		const endpoint = new SimulatedEndpoint(new MortalStore(store), new Oracle(store), options);
		await beginSchool(endpoint.#process, options.beginning);
		await endpoint.oracle.begin();
		if (options.beginning === 'founded') options.tally.note('school.create@1', true);
		return endpoint;
	}

	private constructor(store: MortalStore, oracle: Oracle, { rows, tally }: EndpointOptions) {
		this.#store = store;
		this.oracle = oracle;
		this.#rows = rows;
		this.#tally = tally;
		this.#process = this.#start();
	}

	get knowledge(): Knowledge {
		return { oracle: this.oracle, requests: this.#requests, now: this.now };
	}

	/** A request as it is on the wire, both ways. */
	answer(request: SyncRequest): Promise<SyncAnswer | TransportFailure> {
		return this.answerTo(request.account, request);
	}

	/** The same of anything that is JSON, with the session of an account. */
	async answerTo(
		account: Id,
		request: unknown,
		isSignedIn = true
	): Promise<SyncAnswer | TransportFailure> {
		const parsed = parseSyncRequest(JSON.parse(JSON.stringify(request)));
		if (!parsed) return { kind: 'rejected' };
		this.#remember(parsed);
		this.#process.now = new Date(this.now);
		const { clientId, mutations } = parsed;
		const asked: Asked = { account, isSignedIn, clientId, mutations };
		let answer: SyncAnswer | TransportFailure = { kind: 'broken' };
		await this.oracle.watch(asked, new Date(this.now), async () => {
			answer = await this.#answer(asked, parsed);
			return 'results' in answer ? answer : null;
		});
		this.#count(asked, answer);
		return answer;
	}

	async #answer(
		{ account, isSignedIn }: Asked,
		request: SyncRequest
	): Promise<SyncAnswer | TransportFailure> {
		try {
			const isStillIn = () => Promise.resolve(isSignedIn);
			const caller = { school: schoolId, account, isStillIn };
			const answer = await handleSync(this.#process.schools, request, caller);
			if (answer.kind === 'refused') return failureOf(answer.code);
			const arrived = parseSyncAnswer(JSON.parse(JSON.stringify(answer)));
			if (!arrived) throw new Error('the endpoint answered what no device understands');
			return arrived;
		} catch (error) {
			if (!this.#store.isDead) throw error;
			this.restart();
			return { kind: 'offline' };
		}
	}

	/** Makes what the server makes itself. */
	async atDoor({ work, ...door }: DoorWork, at: string): Promise<void> {
		this.#process.now = new Date(this.now);
		const before = this.oracle.taken.size;
		await this.oracle.watch(door, new Date(this.now), async () => {
			await this.#process.schools.write(schoolId, (writing) => work(writing, at));
			return null;
		});
		for (const { name } of [...this.oracle.taken.values()].slice(before)) {
			this.#tally.note(name, true);
		}
	}

	/** Its process ends after so many statements. */
	dieAfter(steps: number): void {
		this.#store.dieAfter(steps);
	}

	/** A new process over the same store. */
	restart(): void {
		this.#mustHaveNoBug();
		this.#process.schools.close();
		this.#store.revive();
		this.#process = this.#start();
	}

	async backUp(): Promise<void> {
		this.#backup = {
			school: await backUpSchool(this.#store, schoolId),
			oracle: this.oracle.mark()
		};
	}

	/**
	 * Restores the last backup. Mutations since were never done: devices send them again, and each is
	 * done once.
	 */
	async restore(): Promise<void> {
		if (!this.#backup) return;
		await restoreSchool(this.#store, schoolId, this.#backup.school);
		this.#backup.oracle();
	}

	/** All that an account may see, history too; null: it may not sign in. */
	async viewOf(account: Id): Promise<readonly AnyRecord[] | null> {
		const records = await this.#process.records(schoolId);
		const state = new SchoolState(records);
		const today = schoolDay(state, new Date(this.now));
		const actor = actorFor(account, state, today);
		if (!actor) return null;
		const held = scopesFor(actor, state, today);
		return records.filter((record) => maySee(held, record));
	}

	/** The outcomes of mutations, by uid. */
	async outcomes(): Promise<ReadonlyMap<Id, Became>> {
		const { entries, refused } = await this.#store.read(schoolId, async ({ db }) => ({
			entries: await db.selectFrom('audit').select('body').orderBy('seq').execute(),
			refused: await db.selectFrom('outcome').select('uid').where('refused', '=', 1).execute()
		}));
		const outcomes = new Map<Id, Became>();
		for (const { uid } of refused) outcomes.set(uid, { taken: [], refused: true });
		for (const { body } of entries) {
			const entry = JSON.parse(body) as AuditBody;
			if (entry.what !== 'mutation' || entry.refusal !== null) continue;
			const before = outcomes.get(entry.uid) ?? { taken: [], refused: false };
			outcomes.set(entry.uid, { ...before, taken: [...before.taken, entry.actorId] });
		}
		return outcomes;
	}

	async close(): Promise<void> {
		this.#mustHaveNoBug();
		this.#process.schools.close();
		await this.#store.close();
	}

	#mustHaveNoBug(): void {
		if (this.#process.reported.length > 0) throw this.#process.reported[0];
	}

	#remember(request: SyncRequest): void {
		this.#requests.push(request);
		if (this.#requests.length > mostRemembered) this.#requests.shift();
	}

	#count({ mutations }: Asked, answer: SyncAnswer | TransportFailure): void {
		if (answer.kind !== 'synced') return;
		const names = new Map(mutations.map(({ mutation }) => [mutation.uid, mutation.name]));
		for (const { uid, refusal } of answer.results) {
			this.#tally.note(names.get(uid) ?? '', refusal === null);
		}
	}

	#start(): TestEndpoint {
		return new TestEndpoint(this.#store, { answerLimit: { rows: this.#rows, length: 1e6 } });
	}
}

function failureOf(code: string): TransportFailure {
	switch (code) {
		case 'signedOut':
			return { kind: 'signedOut' };
		case 'notAllowed':
			return { kind: 'notAllowed' };
		case 'busy':
		case 'wait':
			return { kind: 'busy', retryAfter: 1 };
		default:
			return { kind: 'broken' };
	}
}

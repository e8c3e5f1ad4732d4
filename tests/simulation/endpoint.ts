import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { AnyRecord, Id } from '#lib/domain/records.ts';
import { maySee, scopesFor } from '#lib/domain/scopes.ts';
import { SchoolState } from '#lib/domain/state/school-state.ts';
import { parseSyncAnswer, type SyncAnswer } from '#lib/protocol/sync-answer.ts';
import { parseSyncRequest, type SyncRequest } from '#lib/protocol/sync-request.ts';
import { openStore } from '#lib/server/store/open-store.ts';
import type { AuditBody } from '#lib/protocol/audit.ts';
import { schoolDay } from '#lib/server/sync/school-day.ts';
import { handleSync } from '#lib/server/sync/sync.ts';
import { TestEndpoint } from '#lib/server/sync/testing.ts';
import type { TransportFailure } from '#lib/sync/transport.ts';
import { backUpSchool, restoreSchool, type Backup } from './backup.ts';
import { MortalStore } from './mortal-store.ts';

const school = 'school-1';

/** The endpoint's side of it: one process after the other, over one store. */
export class SimulatedEndpoint {
	readonly #store: MortalStore;
	readonly #rows: number;
	#process: TestEndpoint;
	#backup: Backup = [];
	now = Date.parse('2026-11-21T10:00:00.000Z');

	/** @param rows how many an answer holds, so that small schools are read in parts too */
	static async open(records: readonly AnyRecord[], rows: number): Promise<SimulatedEndpoint> {
		const store = new MortalStore(await openStore({ kind: 'memory' }));
		const endpoint = new SimulatedEndpoint(store, rows);
		await endpoint.#process.addSchool(school, records);
		return endpoint;
	}

	private constructor(store: MortalStore, rows: number) {
		this.#store = store;
		this.#rows = rows;
		this.#process = this.#start();
	}

	/** A request as it is on the wire, both ways. */
	async answer(request: SyncRequest): Promise<SyncAnswer | TransportFailure> {
		const parsed = parseSyncRequest(JSON.parse(JSON.stringify(request)));
		if (!parsed) return { kind: 'rejected' };
		this.#process.now = new Date(this.now);
		try {
			const isStillIn = () => Promise.resolve(true);
			const caller = { school, account: request.account, isStillIn };
			const answer = await handleSync(this.#process.schools, parsed, caller);
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

	/** Its process ends after so many statements. */
	dieAfter(steps: number): void {
		this.#store.dieAfter(steps);
	}

	/** A new process over the same store. */
	restart(): void {
		if (this.#process.reported.length > 0) throw this.#process.reported[0];
		this.#process.schools.close();
		this.#store.revive();
		this.#process = this.#start();
	}

	async backUp(): Promise<void> {
		this.#backup = await backUpSchool(this.#store, school);
	}

	/** The last one. */
	async restore(): Promise<void> {
		await restoreSchool(this.#store, school, this.#backup);
	}

	/** All that an account may see, history too. */
	async viewOf(account: Id): Promise<readonly AnyRecord[]> {
		const records = await this.#process.records(school);
		const state = new SchoolState(records);
		const today = schoolDay(state, new Date(this.now));
		const actor = actorFor(account, state, today);
		if (!actor) throw new Error(`${account} may not sign in`);
		const held = scopesFor(actor, state, today);
		return records.filter((record) => maySee(held, record));
	}

	/** What became of mutations: null for each time that one was taken, `refused` where it was not. */
	async outcomes(): Promise<ReadonlyMap<Id, readonly ('refused' | null)[]>> {
		const { entries, refused } = await this.#store.read(school, async ({ db }) => ({
			entries: await db.selectFrom('audit').select('body').orderBy('seq').execute(),
			refused: await db.selectFrom('outcome').select('uid').where('refused', '=', 1).execute()
		}));
		const outcomes = new Map<Id, ('refused' | null)[]>();
		for (const { uid } of refused) outcomes.set(uid, ['refused']);
		for (const { body } of entries) {
			const entry = JSON.parse(body) as AuditBody;
			if (entry.what !== 'mutation') continue;
			outcomes.set(entry.uid, [...(outcomes.get(entry.uid) ?? []), null]);
		}
		return outcomes;
	}

	async close(): Promise<void> {
		if (this.#process.reported.length > 0) throw this.#process.reported[0];
		this.#process.schools.close();
		await this.#store.close();
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
			return { kind: 'busy', retryAfter: 1 };
		default:
			return { kind: 'broken' };
	}
}

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import type { Secrets } from '#lib/domain/credentials/secret.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import { makeLink } from '#lib/server/accounts/mailed-links.ts';
import type { Store } from '#lib/server/store/database.ts';
import type { Tried } from '#lib/server/store/testing/engines.ts';
import { startApp, type App } from './app.ts';
import { Browser, type Reply } from './browser.ts';
import { holdChecks } from './gate.ts';
import { addSchool, people, type PersonName } from './school.ts';
import { browserOf, signIn } from './sign-in.ts';

/** Of the guardian, whose password is raced for. */
export const account = people.guardian.account;
export const change = { current: people.guardian.password, password: 'Sneeuwpop4' };
export const wrong = { code: 'wrongPassword' };

/** For two servers to start, or to end what they are at, on a busy machine. */
const patience = 60_000;

/**
 * Two processes of one server, each with its own connections and its own schools in memory, over one
 * database; where that has but one connection, they share it. Each test has a school of its own.
 */
export class TwoProcesses {
	here!: App;
	there!: App;
	school: Id = '';
	/** Called before the next transaction on the school is run again, as after a serialization failure. */
	#between: (() => Promise<void>) | null = null;

	constructor(tried: Tried) {
		beforeAll(async () => {
			const key = randomBytes(32).toString('base64url');
			const second = tried.opensTwice ? await tried.open() : keptOpen(tried.store);
			this.here = await startApp(
				{ ENDPOINT_KEY: key },
				{ store: this.#rollingBack(keptOpen(tried.store)) }
			);
			this.there = await startApp({ ENDPOINT_KEY: key }, { store: second });
		}, patience);
		afterAll(async () => {
			await Promise.all([this.here.stop(), this.there.stop()]);
		}, patience);
		beforeEach(async () => {
			this.school = newId();
			await addSchool(this.here, this.school, this.school);
			// Both have it in memory, so that each has to learn what the other writes.
			for (const { endpoint } of [this.here, this.there]) {
				await endpoint.schools.read(this.school, () => Promise.resolve());
			}
		});
	}

	signIn(name: PersonName, { at = this.here, browser = new Browser(at), ...more }: Asked = {}) {
		return signIn(browser, name, { school: this.school, ...more });
	}

	/** A browser on which somebody is signed in. */
	browserOf(name: PersonName, { at = this.here, ...more }: Asked = {}): Promise<Browser> {
		return browserOf(at, name, { school: this.school, ...more });
	}

	/** Does at the other process what the administration, or the account's owner, does. */
	async make(name: string, args: object, more: Making = {}): Promise<void> {
		const { by: actorId = people.administrator.account, uid = newId(), secrets } = more;
		await this.there.endpoint.schools.write(this.school, async (writing) => {
			const madeAt = this.there.now.toISOString();
			const mutation = { name, args, uid, batch: null, actorId, madeAt };
			const actor = writing.actor(actorId);
			expect(await writing.make({ mutation, madeAt, actor, secrets })).toBeNull();
		});
	}

	/** The administration issues the guardian another password, `Xy7pQr2m`. */
	renew(secretId: Id, fromSecretId: Id, uid: Id = newId()): Promise<void> {
		const args = { accountId: account, fromSecretId, secretId };
		const secrets = { [secretId]: { kind: 'temporary', text: 'Xy7pQr2m' } } as const;
		return this.make('account.renew@1', args, { uid, secrets });
	}

	/** The token of a mailed link that sets another password. */
	resetLink(): Promise<string> {
		return this.there.endpoint.store.write(this.school, (tx) => {
			const [at, until] = [this.there.now.toISOString(), '2026-11-23T09:30:00.000Z'];
			const link = { account, kind: 'password', ip: '', payload: {}, at, until } as const;
			return makeLink(tx, link);
		});
	}

	/** Lets something happen while a check is under way. */
	async meanwhile(asked: () => Promise<Reply>, happening: () => Promise<void>): Promise<Reply> {
		const held = holdChecks([this.here], 1);
		const answer = asked();
		await held.reached;
		await happening();
		held.release();
		return answer;
	}

	/**
	 * Asks something whose transaction is run to its end, rolled back, and run again; in between something
	 * happens. So it is where a database gives a transaction up, and its writer tries again.
	 */
	async rolledBack(asked: () => Promise<Reply>, happening: () => Promise<void>): Promise<Reply> {
		const held = holdChecks([this.here], 1);
		const answer = asked();
		await held.reached;
		this.#between = happening;
		held.release();
		const reply = await answer;
		expect(this.#between).toBeNull();
		return reply;
	}

	async openSessions(): Promise<number> {
		const rows = await this.here.endpoint.store.read(this.school, ({ db }) =>
			db
				.selectFrom('session')
				.select('id')
				.where('account', '=', account)
				.where('ended_at', 'is', null)
				.execute()
		);
		return rows.length;
	}

	/** Wrong passwords in the school. */
	async failures(): Promise<number> {
		const rows = await this.here.endpoint.store.read(this.school, ({ db }) =>
			db.selectFrom('attempt').select('failures').where('subject', '=', 'school').execute()
		);
		return rows[0]?.failures ?? 0;
	}

	/** How much the audit log holds. */
	async audited(): Promise<number> {
		const rows = await this.here.endpoint.store.read(this.school, ({ db }) =>
			db.selectFrom('audit').select('seq').execute()
		);
		return rows.length;
	}

	/** A record as each of the two processes has it in memory. */
	recordIn({ endpoint }: App, kind: Kind, id: Id): Promise<AnyRecord | undefined> {
		return endpoint.schools.read(this.school, ({ state }) => Promise.resolve(state.get(kind, id)));
	}

	#rollingBack(store: Store): Store {
		return {
			...store,
			write: async (school, work) => {
				const between = this.#between;
				if (!between) return store.write(school, work);
				this.#between = null;
				const givenUp = new Error('rolled back');
				const undone = store.write(school, async (tx) => {
					await work(tx);
					throw givenUp;
				});
				await expect(undone).rejects.toBe(givenUp);
				await between();
				return store.write(school, work);
			}
		};
	}
}

interface Asked {
	readonly at?: App;
	readonly browser?: Browser;
	readonly password?: string;
	readonly vault?: Id;
}

interface Making {
	readonly by?: Id;
	readonly uid?: Id;
	readonly secrets?: Secrets;
}

/** A store that outlives the server that was opened on it. */
function keptOpen(store: Store): Store {
	return {
		write: (school, work) => store.write(school, work),
		read: (school, work) => store.read(school, work),
		writeOutside: (work) => store.writeOutside(work),
		readOutside: (work) => store.readOutside(work),
		counter: (school) => store.counter(school),
		close: () => Promise.resolve()
	};
}

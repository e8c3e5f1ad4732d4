import { Agent, request } from 'node:http';
import { newId, newTimedId } from '#lib/crypto/random.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { PupilContact } from '#lib/domain/people/kinds.ts';
import { administrator } from '#lib/domain/testing/test-school.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import type { SyncAnswer } from '#lib/protocol/sync-answer.ts';
import type { SentMutation, SyncRequest } from '#lib/protocol/sync-request.ts';
import type { LoadSchool } from './load-school.ts';

/** The server's verdict on a mutation. */
export interface Acknowledged {
	readonly uid: Id;
	/** The refusal's code. */
	readonly refused: string | null;
}

/** One `POST /api/sync` after the other over one connection, as a device's loop sends them. */
export class LoadDevice {
	readonly school: LoadSchool;
	readonly acknowledged: Acknowledged[] = [];
	readonly clientId = newId();
	/** Pupils that this device alone edits; a phone number counts how often. */
	readonly #contacts: readonly PupilContact[];
	readonly #edits = new Map<Id, number>();
	readonly #token: string;
	readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
	#cookie: SyncRequest['cookie'] = null;
	#confirmed = 0;
	#made = 0;
	#outbox: SentMutation[] = [];

	constructor(school: LoadSchool, index: number) {
		const { tokens, contacts } = school;
		this.school = school;
		this.#token = tokens[index] ?? '';
		this.#contacts = contacts.filter((_, at) => at % tokens.length === index);
	}

	/** How often each pupil's phone number was changed, as far as this device knows: by pupil. */
	get edits(): ReadonlyMap<Id, number> {
		return this.#edits;
	}

	get waiting(): number {
		return this.#outbox.length;
	}

	/** Gives a pupil another phone number: the next one in the device's list, over and over. */
	edit(): void {
		const contact = this.#contacts[this.#made % this.#contacts.length];
		if (!contact) throw new Error('More devices than pupils');
		const { kind, id } = contact;
		const before = this.#edits.get(id) ?? 0;
		this.#edits.set(id, before + 1);
		const phone = [before === 0 ? contact.phone : phoneAfter(before), phoneAfter(before + 1)];
		const args = {
			importRunId: this.school.importRunId,
			records: [{ kind, id, edit: { phone } }]
		};
		const made = { uid: newTimedId(), batch: null, actorId: administrator.id };
		const madeAt = new Date().toISOString();
		this.#outbox.push({
			number: ++this.#made,
			mutation: { name: 'import.write@1', args, ...made, madeAt }
		});
	}

	/**
	 * Sends what waits and reads what is new.
	 *
	 * @throws Error when nobody answers
	 */
	async sync(origin: string): Promise<void> {
		for (let more = true; more;) {
			const answer = await this.#post(origin);
			if (answer.kind !== 'synced') throw new Error(`Unexpected: ${JSON.stringify(answer)}`);
			for (const { uid, refusal, number } of answer.results) {
				this.acknowledged.push({ uid, refused: refusal?.code ?? null });
				this.#confirmed = Math.max(this.#confirmed, number);
			}
			this.#outbox = this.#outbox.filter(({ number }) => number > this.#confirmed);
			for (const record of answer.puts) this.#learn(record);
			this.#cookie = answer.cookie;
			({ more } = answer);
		}
	}

	close(): void {
		this.#agent.destroy();
	}

	/** Goes on where another device of the same pupils left off. */
	#learn(record: AnyRecord): void {
		if (record.kind !== 'pupilContact' || this.#edits.has(record.id)) return;
		const isOwn = this.#contacts.some(({ id }) => id === record.id);
		const edits = Number(record.phone) - firstPhone;
		if (isOwn && edits > 0) this.#edits.set(record.id, edits);
	}

	async #post(origin: string): Promise<SyncAnswer> {
		const body: SyncRequest = {
			schema: schemaVersion,
			account: administrator.id,
			clientId: this.clientId,
			confirmed: this.#confirmed,
			cookie: this.#cookie,
			mutations: this.#outbox,
			unsent: false
		};
		const { status, text } = await this.#send(origin, JSON.stringify(body));
		if (status !== 200) throw new Refused(`${status} ${text}`);
		return JSON.parse(text) as SyncAnswer;
	}

	#send(origin: string, body: string): Promise<{ status: number; text: string }> {
		const headers = {
			origin,
			'content-type': 'application/json',
			'content-length': Buffer.byteLength(body),
			cookie: `session=${this.#token}`
		};
		return new Promise((resolve, reject) => {
			const options = { method: 'POST', agent: this.#agent, headers };
			const sent = request(`${origin}/api/sync`, options, (answer) => {
				const parts: Buffer[] = [];
				answer.on('data', (part: Buffer) => parts.push(part));
				answer.on('error', reject);
				answer.on('end', () => {
					const text = Buffer.concat(parts).toString('utf8');
					resolve({ status: answer.statusCode ?? 0, text });
				});
			});
			sent.on('error', (error: NodeJS.ErrnoException) => {
				// The server closes connections on which nothing happened for a while.
				const wasIdle = sent.reusedSocket && error.code === 'ECONNRESET';
				if (wasIdle) resolve(this.#send(origin, body));
				else reject(error);
			});
			sent.end(body);
		});
	}
}

/** No number that schools of this kind begin with is higher. */
const firstPhone = 400_000_000;

/** A server that answers, and says no. */
export class Refused extends Error {}

/** The phone number that a pupil has after so many edits. */
export function phoneAfter(edits: number): string {
	return `0${String(firstPhone + edits)}`;
}

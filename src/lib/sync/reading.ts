import type { MutationResult, Synced } from '#lib/protocol/sync-answer.ts';
import type { Cookie } from '#lib/protocol/sync-request.ts';
import type { AnyRecord, RecordKey } from '#lib/domain/registry/records.ts';
import type { IsoDate, Json } from '#lib/domain/kernel/ids.ts';
import { bringUp } from '#lib/domain/registry/migrations.ts';
import { maySee, type Scope } from '#lib/domain/registry/scopes.ts';
import type { Patch } from '#lib/vault/outbox/pull.ts';

/** Collects an answer's parts, in order, until it is whole. */
export class Reading {
	/** The cookie of the vault when it began. */
	readonly from: Cookie | null;
	#cookie: Cookie | null;
	readonly #puts = new Map<string, AnyRecord>();
	readonly #removes = new Map<string, RecordKey>();
	#records = 0;
	#more = false;
	#afresh = false;
	#today: IsoDate | null = null;
	readonly #results: MutationResult[] = [];
	readonly #lost = new Set<Scope>();

	constructor(from: Cookie | null) {
		this.from = from;
		this.#cookie = from;
	}

	/** To ask on with. */
	get cookie(): Cookie | null {
		return this.#cookie;
	}

	/** Whether the server is in the middle of an answer. */
	get halfway(): boolean {
		return this.#more;
	}

	/** How many records have come so far. */
	get records(): number {
		return this.#records;
	}

	/** How many mutations it tells the outcome of. */
	get results(): number {
		return this.#results.length;
	}

	add(answer: Synced): void {
		if (answer.afresh) {
			this.#afresh = true;
			this.#puts.clear();
			this.#removes.clear();
		}
		for (const scope of answer.lostScopes) this.#lost.add(scope);
		if (answer.lostScopes.length > 0) this.#dropUnheld(new Set(answer.scopes));
		for (const key of answer.removes) this.#remove(key);
		for (const record of answer.puts) {
			const name = nameOf(record);
			// A server of the version before may still be running.
			this.#puts.set(name, bringUp(record));
			this.#removes.delete(name);
		}
		this.#records += answer.puts.length;
		this.#results.push(...answer.results);
		this.#cookie = answer.cookie;
		this.#today = answer.today;
		this.#more = answer.more;
	}

	/** Returns all that it changes; null: nothing, and on the same day. */
	patch(today: IsoDate | null): Patch | null {
		if (!this.#today) return null;
		const sameCookie = JSON.stringify(this.#cookie) === JSON.stringify(this.from);
		const lessThanBefore = this.#afresh || this.#lost.size > 0;
		const changes = this.#puts.size + this.#removes.size + this.#results.length;
		if (changes === 0 && sameCookie && !lessThanBefore && this.#today === today) return null;
		return {
			from: asJson(this.from),
			cookie: asJson(this.#cookie),
			puts: [...this.#puts.values()],
			removes: [...this.#removes.values()],
			results: this.#results,
			kept: lessThanBefore ? this.#kept : null,
			today: this.#today
		};
	}

	/** A scope may be lost between two parts. */
	#dropUnheld(held: ReadonlySet<Scope>): void {
		for (const record of this.#puts.values()) if (!maySee(held, record)) this.#remove(record);
	}

	#remove({ kind, id }: RecordKey): void {
		const name = nameOf({ kind, id });
		this.#puts.delete(name);
		this.#removes.set(name, { kind, id });
	}

	/**
	 * Scopes held before and all the while. A scope that is gained again comes whole; records that lie
	 * here of it may be older than its removal.
	 */
	get #kept(): ReadonlySet<Scope> {
		if (this.#afresh) return new Set();
		return new Set(this.from?.scopes.filter((scope) => !this.#lost.has(scope)));
	}
}

function nameOf({ kind, id }: RecordKey): string {
	return `${kind} ${id}`;
}

function asJson(cookie: Cookie | null): Json {
	return cookie as unknown as Json;
}

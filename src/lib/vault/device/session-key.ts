import type { VaultDatabase } from '../disk/database.ts';
import { settle } from '../disk/failure.ts';
import type { Sealer } from '../pages/sealer.ts';

/** The parts that a session key is kept with. */
export interface SessionKeyParts {
	readonly database: VaultDatabase;
	readonly sealer: Sealer;
	/** Has other tabs read the key again. */
	readonly announce: () => void;
}

/**
 * The half of a sign-in at the server that an open vault alone has: the browser's cookie lets nobody
 * in without it (design.md 5). It lies on the disk sealed, and in memory while the vault is open.
 */
export class SessionKey {
	readonly #parts: SessionKeyParts;
	readonly #closing = new AbortController();
	readonly #listeners = new Set<() => void>();
	#value: string | null = null;
	/** How many were kept here: one that was read before is older than what was kept since. */
	#kept = 0;

	constructor(parts: SessionKeyParts) {
		this.#parts = parts;
	}

	/** null: nobody has signed in, the server gave none, or the vault is locked. */
	get value(): string | null {
		return this.#value;
	}

	/** Aborted once the vault locks: what was asked in its name is broken off. */
	get closed(): AbortSignal {
		return this.#closing.signal;
	}

	/**
	 * Reads what the disk holds, which another tab may have written. One that is damaged is none; where
	 * the disk cannot be read now, what is in memory stays.
	 */
	async read(): Promise<void> {
		const { database, sealer } = this.#parts;
		const kept = this.#kept;
		const found = await settle(async () => {
			const sealed = await database.readSessionKey();
			return sealed && sealer.open(place, sealed);
		});
		if (this.closed.aborted || kept !== this.#kept) return;
		if (found.ok) this.#change(found.value);
		else if (found.refusal.code === 'unreadable') this.#change(null);
	}

	/**
	 * Keeps the key of a session that has just begun. Where the disk does not take it, it serves until
	 * the vault locks.
	 */
	async keep(value: string | null): Promise<void> {
		if (this.closed.aborted) return;
		this.#kept++;
		this.#change(value);
		const { database, sealer, announce } = this.#parts;
		const written = await settle(async () => {
			const sealed = value === null ? null : await sealer.seal(place, value);
			await database.writeSessionKey(sealed);
		});
		if (written.ok) announce();
	}

	/** Calls back when there is another key. Returns how to stop. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** For good. */
	forget(): void {
		this.#value = null;
		this.#listeners.clear();
		this.#closing.abort();
	}

	#change(value: string | null): void {
		if (value === this.#value) return;
		this.#value = value;
		for (const listener of this.#listeners) listener();
	}
}

const place = 'session-key';

import { toBase64url, toUtf8 } from '#lib/crypto/bytes.ts';
import { sha256 } from '#lib/crypto/digest.ts';
import type { Instant, Json } from '#lib/domain/kernel/ids.ts';
import type { Result } from '#lib/domain/kernel/result.ts';
import { VaultDatabase } from '../disk/database.ts';
import { settle, type VaultFailure } from '../disk/failure.ts';
import type { Platform } from '../disk/platform.ts';
import { Sealer } from '../pages/sealer.ts';
import type { VaultKey } from './vault.ts';

const dayMs = 24 * 60 * 60 * 1000;
interface Kept {
	readonly at: Instant;
	readonly value: Json;
}

/** Days after which nobody comes back to it. */
const keptDays = 30;

/**
 * The texts that an account has typed and not yet saved, sealed, so that a lock or a reload loses
 * nothing. They have a key and a connection of its own, which outlast a lock by the write that the
 * lock sets off.
 */
export class Drafts {
	readonly #database: VaultDatabase;
	readonly #sealer: Sealer;
	readonly #owner: string;
	readonly #platform: Platform;
	readonly #beforeClose = new Set<() => void>();
	/** Writes go one by one, so that the last of a draft is the one that stays. */
	#writing: Promise<unknown> = Promise.resolve();
	#closed = false;

	constructor(platform: Platform, { vaultId, accountId, key }: VaultKey) {
		this.#database = new VaultDatabase(platform, vaultId);
		this.#sealer = new Sealer(vaultId, key);
		this.#owner = `${vaultId}/${accountId}`;
		this.#platform = platform;
	}

	/**
	 * Returns the draft that was kept under a key; null: none, or it is too old or damaged.
	 *
	 * @param before only what was kept before this: not what another tab is at work on
	 */
	async get(key: string, before?: Instant): Promise<Json> {
		const read = await settle(async () => {
			await this.#writing;
			const id = await this.#idOf(key);
			const row = await this.#database.read(['drafts'], ({ drafts }) => drafts.get(id));
			if (!row || row.day < this.#oldest) return null;
			const kept = JSON.parse(await this.#sealer.open(`drafts/${id}`, row.sealed)) as Kept;
			return before === undefined || kept.at < before ? kept.value : null;
		});
		return read.ok ? read.value : null;
	}

	/** Keeps a value under a key, in the place of what was there. */
	async set(key: string, value: Json): Promise<Result<void, VaultFailure>> {
		const at = new Date(this.#platform.now()).toISOString();
		const text = JSON.stringify({ at, value } satisfies Kept);
		return this.#write(async () => {
			const id = await this.#idOf(key);
			const row = { id, day: this.#today, sealed: await this.#sealer.seal(`drafts/${id}`, text) };
			await this.#database.write(['drafts'], async ({ drafts }) => {
				await drafts.where('day').below(this.#oldest).delete();
				await drafts.put(row);
			});
		});
	}

	async remove(key: string): Promise<Result<void, VaultFailure>> {
		return this.#write(async () => {
			const id = await this.#idOf(key);
			await this.#database.write(['drafts'], ({ drafts }) => drafts.delete(id));
		});
	}

	/** Calls back at a lock while `set` still works. Returns how to stop that. */
	beforeClose(listener: () => void): () => void {
		this.#beforeClose.add(listener);
		return () => this.#beforeClose.delete(listener);
	}

	/** Takes a last draft from who listens, and then drops the key. */
	async close(): Promise<void> {
		for (const listener of this.#beforeClose) listener();
		this.#closed = true;
		await this.#writing;
		this.#sealer.forget();
		this.#database.close();
	}

	async #write(work: () => Promise<void>): Promise<Result<void, VaultFailure>> {
		if (this.#closed) return { ok: false, refusal: { code: 'locked' } };
		const written = this.#writing.then(() => settle(work));
		this.#writing = written.catch(() => undefined);
		return written;
	}

	/** Neither whose it is nor what form it is of can be read at rest. */
	async #idOf(key: string): Promise<string> {
		return toBase64url(await sha256(toUtf8(`${this.#owner}/${key}`)));
	}

	get #today(): number {
		return Math.floor(this.#platform.now() / dayMs);
	}

	get #oldest(): number {
		return this.#today - keptDays;
	}
}

import { newId } from '#lib/crypto/random.ts';
import type { Platform } from '../disk/platform.ts';
import type { Vault, VaultKey } from './vault.ts';

interface Question {
	/** The channel on which the answer is awaited. */
	readonly reply: string;
}

/** How long a tab waits for another to answer, in milliseconds: it may be busy. */
const patience = 500;

/**
 * Hands an unlocked vault's key to a new tab of the same browser, as a CryptoKey that no script can
 * read out.
 */
export class KeyHandover {
	readonly #platform: Platform;
	readonly #name: string;
	readonly #channel: BroadcastChannel;
	#vault: Vault | null = null;

	constructor(platform: Platform) {
		this.#platform = platform;
		this.#name = `${platform.prefix}-handover`;
		this.#channel = new BroadcastChannel(this.#name);
		this.#channel.onmessage = ({ data }: MessageEvent<Question>) => this.#answer(data);
	}

	/** Hands this vault to others that ask, until it locks. */
	offer(vault: Vault): void {
		this.#vault = vault;
		const unlocked = new Promise<void>((resolve) => vault.onLock(resolve));
		// Held for as long as there is something to hand over, so that a first tab need not wait in vain.
		void this.#platform.locks.request(this.#name, { mode: 'shared' }, () => unlocked);
	}

	/** Tells whether a tab of this browser has something to hand over. */
	async offered(): Promise<boolean> {
		const { held = [] } = await this.#platform.locks.query();
		return held.some(({ name }) => name === this.#name);
	}

	async ask(): Promise<VaultKey | null> {
		if (!(await this.offered())) return null;
		const reply = `${this.#name}-${newId()}`;
		const channel = new BroadcastChannel(reply);
		try {
			return await new Promise((resolve) => {
				const timer = setTimeout(() => resolve(null), patience);
				channel.onmessage = ({ data }: MessageEvent<VaultKey>) => {
					clearTimeout(timer);
					resolve(data);
				};
				this.#channel.postMessage({ reply });
			});
		} finally {
			channel.close();
		}
	}

	close(): void {
		this.#channel.close();
		this.#vault = null;
	}

	#answer({ reply }: Question): void {
		const key = this.#vault?.handover;
		if (!key) return;
		const channel = new BroadcastChannel(reply);
		channel.postMessage(key);
		channel.close();
	}
}

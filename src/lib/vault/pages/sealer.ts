import { fromUtf8, toUtf8, type Bytes } from '#lib/crypto/bytes.ts';
import { open, seal } from '#lib/crypto/seal.ts';
import { VaultError } from '../disk/failure.ts';

/** Seals text for one place of one vault: `pages/3`, `outbox/17`, `head`. */
export class Sealer {
	readonly #vaultId: string;
	#key: CryptoKey | null;

	constructor(vaultId: string, key: CryptoKey) {
		this.#vaultId = vaultId;
		this.#key = key;
	}

	get key(): CryptoKey {
		if (!this.#key) throw new VaultError('locked');
		return this.#key;
	}

	get forgotten(): boolean {
		return this.#key === null;
	}

	async seal(place: string, text: string): Promise<Bytes> {
		return seal(this.key, toUtf8(text), `${this.#vaultId}/${place}`);
	}

	async open(place: string, sealed: Bytes): Promise<string> {
		const { key } = this;
		try {
			return fromUtf8(await open(key, sealed, `${this.#vaultId}/${place}`));
		} catch (error) {
			throw new VaultError('unreadable', error);
		}
	}

	forget(): void {
		this.#key = null;
	}
}

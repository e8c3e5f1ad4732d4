import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The purpose of a key; each purpose has a key of its own, derived from the server's one. */
export type KeyPurpose =
	'address' | 'code' | 'escrow' | 'log' | 'mail' | 'password' | 'secret' | 'userName';

const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

/**
 * The server's keys. They lie outside the database, so that a stolen copy of it opens no escrowed
 * data key and leaves nothing to try passwords or codes on. Losing them loses every password.
 */
export class Keys {
	readonly #master: Buffer;
	readonly #derived = new Map<KeyPurpose, Buffer>();

	/** @param master 32 random bytes */
	constructor(master: Buffer) {
		if (master.length !== keyLength) throw new RangeError('The server key is not 32 bytes');
		this.#master = master;
	}

	/** 32 bytes for one purpose. */
	key(purpose: KeyPurpose): Buffer {
		let key = this.#derived.get(purpose);
		if (!key) {
			key = Buffer.from(
				hkdfSync('sha256', this.#master, '', `schoolsleutel ${purpose}`, keyLength)
			);
			this.#derived.set(purpose, key);
		}
		return key;
	}

	/** HMAC-SHA-256 in base64url: looks a text up without keeping it. */
	mac(purpose: KeyPurpose, text: string): string {
		return createHmac('sha256', this.key(purpose)).update(text).digest('base64url');
	}

	/**
	 * AES-256-GCM in base64url, nonce first.
	 * @param place bound and not stored: a seal that was moved elsewhere does not open
	 */
	seal(purpose: KeyPurpose, text: string, place: string): string {
		const nonce = randomBytes(nonceLength);
		const cipher = createCipheriv('aes-256-gcm', this.key(purpose), nonce);
		cipher.setAAD(Buffer.from(place));
		const sealed = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
		return Buffer.concat(sealed).toString('base64url');
	}

	/** Takes back `seal`. Throws when key, text or place are not the same. */
	open(purpose: KeyPurpose, sealed: string, place: string): string {
		const bytes = Buffer.from(sealed, 'base64url');
		const nonce = bytes.subarray(0, nonceLength);
		const decipher = createDecipheriv('aes-256-gcm', this.key(purpose), nonce, {
			authTagLength: tagLength
		});
		decipher.setAAD(Buffer.from(place));
		decipher.setAuthTag(bytes.subarray(-tagLength));
		const opened = [decipher.update(bytes.subarray(nonceLength, -tagLength)), decipher.final()];
		return Buffer.concat(opened).toString('utf8');
	}
}

/**
 * The keys that `ENDPOINT_KEY` (32 bytes, base64url) names, or else those in `DATA_DIR/endpoint.key`,
 * which is made when it is missing. Processes that share a database must share them.
 */
export function loadKeys(env: Readonly<Record<string, string | undefined>>): Keys {
	const given = env['ENDPOINT_KEY'];
	if (given) return new Keys(Buffer.from(given, 'base64url'));
	const folder = env['DATA_DIR'] || 'data';
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const file = join(folder, 'endpoint.key');
	makeOnce(file);
	return new Keys(Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url'));
}

/** Two processes that start together must not each make a key. */
function makeOnce(file: string): void {
	try {
		const handle = openSync(file, 'wx', 0o600);
		writeSync(handle, `${randomBytes(keyLength).toString('base64url')}\n`);
		closeSync(handle);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
}

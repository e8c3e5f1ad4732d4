import { toUtf8, type Bytes } from './bytes.ts';
import { randomBytes } from './random.ts';

/**
 * 96 bits, drawn at random for each seal: one key may then seal some 2³² times (NIST SP 800-38D
 * §8.3), of which a school's lifetime is a small part.
 */
const nonceLength = 12;

/**
 * Seals with AES-256-GCM. Returns nonce and ciphertext in one. `additionalData` is bound and not
 * stored: it names the place, so that a seal that was moved elsewhere does not open.
 */
export async function seal(key: CryptoKey, bytes: Bytes, additionalData: string): Promise<Bytes> {
	const nonce = randomBytes(nonceLength);
	const sealed = await crypto.subtle.encrypt(algorithm(nonce, additionalData), key, bytes);
	const all = new Uint8Array(nonceLength + sealed.byteLength);
	all.set(nonce);
	all.set(new Uint8Array(sealed), nonceLength);
	return all;
}

/** Takes back `seal`. Rejects with an OperationError when key, bytes or place are not the same. */
export async function open(key: CryptoKey, sealed: Bytes, additionalData: string): Promise<Bytes> {
	const nonce = sealed.subarray(0, nonceLength);
	const cipher = sealed.subarray(nonceLength);
	return new Uint8Array(await crypto.subtle.decrypt(algorithm(nonce, additionalData), key, cipher));
}

function algorithm(iv: Bytes, additionalData: string): AesGcmParams {
	return { name: 'AES-GCM', iv, additionalData: toUtf8(additionalData) };
}

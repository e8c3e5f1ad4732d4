import { fromBase64url, toBase64url, toUtf8, type Bytes } from './bytes.ts';
import { randomBytes } from './random.ts';

const algorithm = { name: 'AES-GCM', length: 256 } as const;
const dataUses: KeyUsage[] = ['encrypt', 'decrypt'];

/** A data key that may be wrapped: hold it only while making a wrap, then `withoutExport`. */
export async function newExtractableDataKey(): Promise<CryptoKey> {
	return crypto.subtle.generateKey(algorithm, true, dataUses);
}

/** A key that never leaves this browser. */
export async function newDeviceKey(): Promise<CryptoKey> {
	return crypto.subtle.generateKey(algorithm, false, dataUses);
}

/** The same key, such that no script can read it out. */
export async function withoutExport(dataKey: CryptoKey): Promise<CryptoKey> {
	const raw = new Uint8Array(await crypto.subtle.exportKey('raw', dataKey));
	const key = await crypto.subtle.importKey('raw', raw, algorithm, false, dataUses);
	raw.fill(0);
	return key;
}

/**
 * The form in which the server keeps a data key, so that an online sign-in opens the vault again.
 */
export async function exportDataKey(dataKey: CryptoKey): Promise<string> {
	const raw = new Uint8Array(await crypto.subtle.exportKey('raw', dataKey));
	const text = toBase64url(raw);
	raw.fill(0);
	return text;
}

/** Takes back `exportDataKey`; may be wrapped. Throws a RangeError on what is no such text. */
export async function importDataKey(text: string): Promise<CryptoKey> {
	const raw = fromBase64url(text);
	if (raw.length !== algorithm.length / 8) throw new RangeError('not a data key');
	return crypto.subtle.importKey('raw', raw, algorithm, true, dataUses);
}

/** Seals an extractable data key by a wrapping key. `place` is bound as in `seal`. */
export async function wrapDataKey(
	wrappingKey: CryptoKey,
	dataKey: CryptoKey,
	place: string
): Promise<Bytes> {
	const iv = randomBytes(12);
	const parameters = { name: 'AES-GCM', iv, additionalData: toUtf8(place) };
	const wrapped = await crypto.subtle.wrapKey('raw', dataKey, wrappingKey, parameters);
	const all = new Uint8Array(iv.length + wrapped.byteLength);
	all.set(iv);
	all.set(new Uint8Array(wrapped), iv.length);
	return all;
}

/** The data key, or null when the wrapping key is not the one. */
export async function unwrapDataKey(
	wrappingKey: CryptoKey,
	wrapped: Bytes,
	{ place, extractable = false }: { readonly place: string; readonly extractable?: boolean }
): Promise<CryptoKey | null> {
	const iv = wrapped.subarray(0, 12);
	const parameters = { name: 'AES-GCM', iv, additionalData: toUtf8(place) };
	try {
		return await crypto.subtle.unwrapKey(
			'raw',
			wrapped.subarray(12),
			wrappingKey,
			parameters,
			algorithm,
			extractable,
			dataUses
		);
	} catch (error) {
		if (error instanceof DOMException && error.name === 'OperationError') return null;
		throw error;
	}
}

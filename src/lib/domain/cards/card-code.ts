import type { Id } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { decodeBase45, encodeBase45 } from './base45.ts';
import { bytesOfId, idBytes, idOfBytes } from './id-bytes.ts';

/** The content of a card's QR code: no name, no password (design.md 5, *Cards*). */
export interface CardPayload {
	readonly schoolId: Id;
	readonly cardId: Id;
	/** `cardKey.number` of the key that signed it, 1 to 65535. */
	readonly keyNumber: number;
}

/** A card's code, taken apart; whether the signature is good is for who holds the public key. */
export interface CardCode extends CardPayload {
	/** The bytes that were signed. */
	readonly signed: Uint8Array<ArrayBuffer>;
	/** Ed25519, 64 bytes. */
	readonly signature: Uint8Array<ArrayBuffer>;
}

/** Another kind of QR code; a card of a later app; a card's code with a part missing or changed. */
export type UnreadableCard = 'notACard' | 'newerVersion' | 'damaged';

const prefix = 'SK1:';
const version = 1;
const payloadBytes = 1 + 2 * idBytes + 2;
const signatureBytes = 64;

/** As much as a QR code of version 6-M holds. */
export const maxCardCodeLength = 154;

/**
 * The 35 bytes to sign: version, school id (16), card id (16), key number (2, big-endian). Throws on
 * ids that are not 16 bytes in base64url.
 */
export function encodeCardPayload(payload: CardPayload): Uint8Array<ArrayBuffer> {
	const school = bytesOfId(payload.schoolId);
	const card = bytesOfId(payload.cardId);
	if (!school || !card) throw new TypeError('An id of a card is not 16 bytes in base64url');
	const { keyNumber } = payload;
	if (!Number.isInteger(keyNumber) || keyNumber < 1 || keyNumber > 0xffff) {
		throw new RangeError('The number of a card key takes two bytes');
	}
	const bytes = new Uint8Array(payloadBytes);
	bytes[0] = version;
	bytes.set(school, 1);
	bytes.set(card, 1 + idBytes);
	new DataView(bytes.buffer).setUint16(1 + 2 * idBytes, keyNumber);
	return bytes;
}

/** The text of the QR code, 153 characters: `SK1:` and payload and signature in base45. */
export function formatCardCode(payload: Uint8Array, signature: Uint8Array): string {
	if (payload.length !== payloadBytes || signature.length !== signatureBytes) {
		throw new RangeError('A card code is 35 bytes and a signature of 64');
	}
	const bytes = new Uint8Array(payloadBytes + signatureBytes);
	bytes.set(payload);
	bytes.set(signature, payloadBytes);
	return prefix + encodeBase45(bytes);
}

/** Takes a scanned text apart, without judging its signature. */
export function parseCardCode(text: string): Result<CardCode, UnreadableCard> {
	if (!text.startsWith(prefix)) return refuse(/^SK\d+:/.test(text) ? 'newerVersion' : 'notACard');
	const bytes = decodeBase45(text.slice(prefix.length));
	if (!bytes || bytes.length === 0) return refuse('damaged');
	if (bytes[0] !== version) return refuse('newerVersion');
	if (bytes.length !== payloadBytes + signatureBytes) return refuse('damaged');
	const keyNumber = new DataView(bytes.buffer).getUint16(1 + 2 * idBytes);
	if (keyNumber === 0) return refuse('damaged');
	return ok({
		schoolId: idOfBytes(bytes.subarray(1, 1 + idBytes)),
		cardId: idOfBytes(bytes.subarray(1 + idBytes, 1 + 2 * idBytes)),
		keyNumber,
		signed: bytes.slice(0, payloadBytes),
		signature: bytes.slice(payloadBytes)
	});
}

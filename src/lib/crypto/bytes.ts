/** Bytes that own a plain buffer, as WebCrypto and IndexedDB want them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const valueOf = new Map([...alphabet].map((letter, value) => [letter, value]));

/** Base64url without padding (RFC 4648 §5). */
export function toBase64url(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 3) {
		const left = bytes.length - at;
		const word =
			((bytes[at] ?? 0) << 16) |
			((bytes[at + 1] ?? 0) << 8) |
			(left > 2 ? (bytes[at + 2] ?? 0) : 0);
		text += alphabet.charAt(word >> 18) + alphabet.charAt((word >> 12) & 63);
		if (left > 1) text += alphabet.charAt((word >> 6) & 63);
		if (left > 2) text += alphabet.charAt(word & 63);
	}
	return text;
}

/** Base64url without padding. Throws a RangeError on anything else. */
export function fromBase64url(text: string): Bytes {
	if (text.length % 4 === 1) throw new RangeError('not base64url');
	const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
	let word = 0;
	let bits = 0;
	let at = 0;
	for (const letter of text) {
		const value = valueOf.get(letter);
		if (value === undefined) throw new RangeError('not base64url');
		word = ((word << 6) | value) & 0xffff;
		bits += 6;
		if (bits < 8) continue;
		bits -= 8;
		bytes[at++] = (word >> bits) & 0xff;
	}
	if (word & ((1 << bits) - 1)) throw new RangeError('not base64url');
	return bytes;
}

export function toUtf8(text: string): Bytes {
	return new TextEncoder().encode(text);
}

/** How many bytes `toUtf8` would make of well-formed text. */
export function utf8Length(text: string): number {
	let length = text.length;
	for (let at = 0; at < text.length; at++) {
		const unit = text.charCodeAt(at);
		if (unit < 0x80) continue;
		// Half of a pair counts for two of its four bytes.
		length += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
	}
	return length;
}

/** Throws a TypeError on bytes that are not UTF-8. */
export function fromUtf8(bytes: Uint8Array): string {
	return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

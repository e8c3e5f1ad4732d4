import type { Id } from '../kernel/ids.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** How many bytes an id has. */
export const idBytes = 16;

/** The 16 bytes of an id; null where the text is not the one way to write 16 bytes in base64url. */
export function bytesOfId(id: Id): Uint8Array<ArrayBuffer> | null {
	if (id.length !== 22) return null;
	const bytes = new Uint8Array(idBytes);
	let bits = 0;
	let value = 0;
	let length = 0;
	for (const character of id) {
		const digit = alphabet.indexOf(character);
		if (digit < 0) return null;
		value = (value << 6) | digit;
		bits += 6;
		if (bits < 8) continue;
		bits -= 8;
		bytes[length++] = value >> bits;
		value &= (1 << bits) - 1;
	}
	return value === 0 ? bytes : null;
}

/** The id that 16 bytes make, 22 characters of base64url. */
export function idOfBytes(bytes: Uint8Array): Id {
	let id = '';
	let bits = 0;
	let value = 0;
	for (const byte of bytes) {
		value = (value << 8) | byte;
		for (bits += 8; bits >= 6; bits -= 6) {
			id += alphabet.charAt(value >> (bits - 6));
			value &= (1 << (bits - 6)) - 1;
		}
	}
	return bits > 0 ? id + alphabet.charAt(value << (6 - bits)) : id;
}

/** RFC 9285: the characters that a QR code packs tightest, two bytes in three of them. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function encodeBase45(bytes: Uint8Array): string {
	let text = '';
	for (let at = 0; at < bytes.length; at += 2) {
		const [first = 0, second] = bytes.subarray(at, at + 2);
		let value = second === undefined ? first : first * 256 + second;
		for (let digits = second === undefined ? 2 : 3; digits > 0; digits--) {
			text += alphabet.charAt(value % 45);
			value = Math.floor(value / 45);
		}
	}
	return text;
}

/** null: not base45. */
export function decodeBase45(text: string): Uint8Array<ArrayBuffer> | null {
	if (text.length % 3 === 1) return null;
	const bytes = new Uint8Array(Math.floor((text.length * 2) / 3));
	let length = 0;
	for (let at = 0; at < text.length; at += 3) {
		const digits = [...text.slice(at, at + 3)].map((digit) => alphabet.indexOf(digit));
		if (digits.includes(-1)) return null;
		const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
		if (value > (digits.length === 3 ? 0xffff : 0xff)) return null;
		if (digits.length === 3) bytes[length++] = value >> 8;
		bytes[length++] = value & 0xff;
	}
	return bytes;
}

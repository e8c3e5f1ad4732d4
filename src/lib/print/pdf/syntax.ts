/** PDF points per mm. */
export const pointsPerMm = 72 / 25.4;

/** A number as PDF writes it: two decimals are finer than any printer. */
export function number(value: number): string {
	return String(Math.round(value * 100) / 100);
}

/** Millimetres as points. */
export function mm(value: number): string {
	return String(Math.round(value * pointsPerMm * 100) / 100);
}

/** A literal string of bytes (U+0000–U+00FF). */
export function literal(bytes: string): string {
	return `(${bytes.replace(/[\\()\r]/g, (c) => (c === '\r' ? '\\r' : `\\${c}`))})`;
}

/** A text string: UTF-16BE in hexadecimal. */
export function textString(text: string): string {
	return `<FEFF${utf16Hex(text)}>`;
}

export function utf16Hex(text: string): string {
	let hex = '';
	for (let i = 0; i < text.length; i++) {
		hex += text.charCodeAt(i).toString(16).padStart(4, '0');
	}
	return hex.toUpperCase();
}

/** Bytes as a string of U+0000–U+00FF. */
export function byteString(bytes: Uint8Array): string {
	let text = '';
	// Spread out, it takes six times as long; all at once is more than some browsers take.
	for (let at = 0; at < bytes.length; at += 8192) {
		text += Reflect.apply(String.fromCharCode, String, bytes.subarray(at, at + 8192)) as string;
	}
	return text;
}

/** The bytes of a string of U+0000–U+00FF. */
export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
	return bytes;
}

/** `#rrggbb` as the operands of `rg`. */
export function colour(hex: string): string {
	const part = (at: number) => number(parseInt(hex.slice(at, at + 2), 16) / 255);
	return `${part(1)} ${part(3)} ${part(5)}`;
}

import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface DecodedText {
	readonly text: string;
	readonly encoding: Encoding;
}

/**
 * Text of a file in whichever of the four encodings it has, without its byte order mark. Refuses
 * with the first line that fits neither UTF-8 nor the rest of the file.
 */
export function decodeText(bytes: Uint8Array): Result<DecodedText, { readonly line: number }> {
	const marked = markedEncoding(bytes) ?? unmarkedUtf16(bytes);
	if (marked && marked !== 'utf-8') return decoded(bytes, marked);
	try {
		return ok({ text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' });
	} catch {
		return decodeInvalidUtf8(bytes, marked === 'utf-8');
	}
}

function decoded(bytes: Uint8Array, encoding: Encoding): Result<DecodedText, never> {
	return ok({ text: new TextDecoder(encoding).decode(bytes), encoding });
}

function markedEncoding(bytes: Uint8Array): Encoding | null {
	const [first, second, third] = bytes;
	if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	return null;
}

/** Western text in UTF-16 has a zero in every other byte; text in any other encoding has none. */
function unmarkedUtf16(bytes: Uint8Array): Encoding | null {
	const sample = bytes.subarray(0, 512);
	const zeros = [0, 0];
	sample.forEach((byte, index) => {
		if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
	});
	const [even = 0, odd = 0] = zeros;
	const many = sample.length * 0.3;
	if (odd > many && even < many / 4) return 'utf-16le';
	return even > many && odd < many / 4 ? 'utf-16be' : null;
}

/**
 * Windows-1252, unless most of what is not ASCII does make sense as UTF-8: then a part of the file
 * is damaged, and reading all of it as Windows-1252 would spoil every name with an accent.
 */
function decodeInvalidUtf8(
	bytes: Uint8Array,
	saysUtf8: boolean
): Result<DecodedText, { readonly line: number }> {
	const text = new TextDecoder('utf-8').decode(bytes);
	let wrong = 0;
	let right = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === 0xfffd) wrong++;
		else if (code >= 0x80) right++;
	}
	if (!saysUtf8 && right <= wrong) return decoded(bytes, 'windows-1252');
	const line = text.slice(0, text.indexOf('\uFFFD')).split(/\r\n|\r|\n/).length;
	return refuse({ line });
}

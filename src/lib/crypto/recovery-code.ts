import { toUtf8, type Bytes } from './bytes.ts';
import { randomInt } from './random.ts';

/**
 * Capitals without I, L and O; no digits, so that none is taken for a letter. 23 is prime, which
 * lets one check character catch every wrong letter and every two neighbours swapped.
 */
const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ';
/** 29 letters of 23: 131 bits. */
const dataLength = 29;
const groupLength = 5;

/** A recovery code as it is printed: six groups of five letters, `ABCDE-FGHJK-…`. */
export function newRecoveryCode(): string {
	let code = '';
	for (let at = 0; at < dataLength; at++) code += letters.charAt(randomInt(letters.length));
	code += checkLetter(code);
	return code.match(new RegExp(`.{${groupLength}}`, 'g'))?.join('-') ?? '';
}

/**
 * A typed recovery code as it was printed, whatever its case, spaces and hyphens; null when it can
 * be none: a letter is missing, wrong or swapped.
 */
export function parseRecoveryCode(typed: string): string | null {
	const code = typed.toUpperCase().replace(/[\s\p{Pd}]/gu, '');
	if (code.length !== dataLength + 1) return null;
	if ([...code].some((letter) => !letters.includes(letter))) return null;
	if (code.charAt(dataLength) !== checkLetter(code.slice(0, dataLength))) return null;
	return code.match(new RegExp(`.{${groupLength}}`, 'g'))?.join('-') ?? null;
}

/** Weights run 1…22 and again, never 0 and never the same for neighbours. */
function checkLetter(data: string): string {
	let sum = 0;
	for (const [at, letter] of [...data].entries()) {
		sum += letters.indexOf(letter) * ((at % (letters.length - 1)) + 1);
	}
	return letters.charAt(sum % letters.length);
}

/**
 * The AES-GCM key that a recovery code gives, fit to wrap and unwrap. A code is random enough that
 * HKDF will do (RFC 5869, SHA-256). Throws a RangeError on what `parseRecoveryCode` refuses.
 */
export async function keyFromRecoveryCode(code: string, salt: Bytes): Promise<CryptoKey> {
	const parsed = parseRecoveryCode(code);
	if (!parsed) throw new RangeError('not a recovery code');
	const material = toUtf8(parsed.replaceAll('-', ''));
	const base = await crypto.subtle.importKey('raw', material, 'HKDF', false, ['deriveKey']);
	const parameters = {
		name: 'HKDF',
		hash: 'SHA-256',
		salt,
		info: toUtf8('schoolsleutel recovery')
	};
	const target = { name: 'AES-GCM', length: 256 };
	return crypto.subtle.deriveKey(parameters, base, target, false, ['wrapKey', 'unwrapKey']);
}

import { transliterate } from '../../kernel/text/transliterate.ts';

/**
 * How two given names relate: `same` but for accents, case, hyphens and the like; `spelling`: initials,
 * an abbreviation or one letter; `firstPart`: one is the whole first part of the other (*Anne* and
 * *Anne-Marie*); `different`.
 */
export type NameRelation = 'same' | 'spelling' | 'firstPart' | 'different';

/** A letter is half of a shorter name: *Bo* and *Jo* are two names, not two spellings. */
const shortestWithTypo = 3;

/**
 * A name for comparing: in Latin letters and digits, without marks, case, spaces and punctuation. *ĳ*
 * and *ij* are *y*, and *ae*, *oe* and *ue* are written as *ä*, *ö* and *ü* are without their marks.
 */
function spelled(name: string): string {
	return transliterate(name)
		.replace(/ij/g, 'y')
		.replace(/([aou])e/g, '$1')
		.replace(/[^\p{L}\p{N}]/gu, '');
}

/** A part of a given name, and whether it is an initial or ends with a point. */
interface NamePart {
	readonly text: string;
	readonly isShort: boolean;
}

/** How names are spelled and divided. */
export interface Spelling {
	spelled(name: string): string;
	parts(givenName: string): readonly NamePart[];
}

export const plainSpelling: Spelling = { spelled, parts: partsOf };

/** A spelling that does each name once: who compares many people meets the same names again and again. */
export class KeptSpelling implements Spelling {
	readonly #spelled = new Map<string, string>();
	readonly #parts = new Map<string, readonly NamePart[]>();

	spelled(name: string): string {
		let text = this.#spelled.get(name);
		if (text === undefined) this.#spelled.set(name, (text = spelled(name)));
		return text;
	}

	parts(givenName: string): readonly NamePart[] {
		let parts = this.#parts.get(givenName);
		if (!parts) this.#parts.set(givenName, (parts = partsOf(givenName)));
		return parts;
	}
}

export function compareGivenNames(
	one: string,
	other: string,
	spelling: Spelling = plainSpelling
): NameRelation {
	const [a, b] = [spelling.spelled(one), spelling.spelled(other)];
	if (a === b) return 'same';
	const [ones, others] = [spelling.parts(one), spelling.parts(other)];
	if (abbreviates(ones, others) || abbreviates(others, ones)) return 'spelling';
	if (Math.min(a.length, b.length) >= shortestWithTypo && isOneSlip(a, b)) return 'spelling';
	return isFirstPart(ones, others) || isFirstPart(others, ones) ? 'firstPart' : 'different';
}

/** One letter added, left out or changed, or two neighbours swapped. */
function isOneSlip(one: string, other: string): boolean {
	const [short, long] =
		one.length <= other.length ? [[...one], [...other]] : [[...other], [...one]];
	if (long.length - short.length > 1) return false;
	let at = 0;
	while (at < short.length && short[at] === long[at]) at++;
	const rest = (letters: readonly string[], from: number) => letters.slice(from).join('');
	if (long.length > short.length) return rest(short, at) === rest(long, at + 1);
	if (rest(short, at + 1) === rest(long, at + 1)) return true;
	const isSwapped = short[at] === long[at + 1] && short[at + 1] === long[at];
	return isSwapped && rest(short, at + 2) === rest(long, at + 2);
}

/** `J.`, `J.M.`, `Joh.` for *Johannes*, *Jan* and the like: as far as both go, in their order. */
function abbreviates(shortened: readonly NamePart[], parts: readonly NamePart[]): boolean {
	if (!shortened.some(({ isShort }) => isShort)) return false;
	return shortened.slice(0, parts.length).every(({ text, isShort }, at) => {
		const whole = parts[at]?.text ?? '';
		return isShort ? whole.startsWith(text) : whole === text;
	});
}

function isFirstPart(
	[only, ...more]: readonly NamePart[],
	[first, ...others]: readonly NamePart[]
): boolean {
	return only?.text === first?.text && more.length === 0 && others.length > 0;
}

function partsOf(name: string): NamePart[] {
	return (name.match(/[^\s.\-‐–]+\.?/gu) ?? []).flatMap((written) => {
		const text = spelled(written);
		const isShort = written.endsWith('.') || [...text].length === 1;
		return text === '' ? [] : [{ text, isShort }];
	});
}

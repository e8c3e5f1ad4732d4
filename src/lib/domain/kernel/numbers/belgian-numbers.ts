import { isCalendarDay } from '../dates.ts';

/**
 * The facts that a Belgian number gives of the person. Month and day are null where the register
 * left them 0.
 */
export interface BelgianNumber {
	readonly scheme: 'rijksregister' | 'bis';
	readonly birthYear: number;
	readonly birthMonth: number | null;
	readonly birthDay: number | null;
	/** null: a BIS number given before the sex was known. */
	readonly sex: 'M' | 'V' | null;
}

/**
 * Reads a rijksregister- or bisnummer: eleven digits of which the last two are 97 minus the first
 * nine modulo 97, with a `2` before them for who was born in 2000 or later. A BIS number adds 20
 * (sex unknown) or 40 (known) to the month. null: not such a number.
 */
export function readBelgianNumber(digits: string): BelgianNumber | null {
	if (!/^\d{11}$/.test(digits)) return null;
	const century = centuryOf(digits);
	const written = Number(digits.slice(2, 4));
	const month = written % 20;
	const day = Number(digits.slice(4, 6));
	const counter = Number(digits.slice(6, 9));
	if (century === null || written > 52 || month > 12 || counter === 0 || counter === 999)
		return null;
	const birthYear = century + Number(digits.slice(0, 2));
	if (!isPossibleDay(birthYear, month, day)) return null;
	return {
		scheme: written < 20 ? 'rijksregister' : 'bis',
		birthYear,
		birthMonth: month || null,
		birthDay: day || null,
		sex: written >= 20 && written < 40 ? null : counter % 2 === 1 ? 'M' : 'V'
	};
}

/** The check digits fit one century or neither: 2·10⁹ is no multiple of 97. */
function centuryOf(digits: string): 1900 | 2000 | null {
	const check = Number(digits.slice(9));
	const body = Number(digits.slice(0, 9));
	if (97 - (body % 97) === check) return 1900;
	return 97 - ((2_000_000_000 + body) % 97) === check ? 2000 : null;
}

function isPossibleDay(year: number, month: number, day: number): boolean {
	if (day === 0) return true;
	return month === 0 ? day <= 31 : isCalendarDay(year, month, day);
}

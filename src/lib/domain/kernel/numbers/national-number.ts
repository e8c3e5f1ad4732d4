import type { IsoDate } from '../ids.ts';
import { readBelgianNumber } from './belgian-numbers.ts';
import { isBsn, isOnderwijsnummer } from './dutch-numbers.ts';
import type { Country } from './school-number.ts';

export const numberSchemes = ['rijksregister', 'bis', 'bsn', 'onderwijsnummer'] as const;
export type NumberScheme = (typeof numberSchemes)[number];

export const sexes = ['M', 'V', 'X'] as const;
export type Sex = (typeof sexes)[number];

/** A number that passes its own check, digits only. */
export interface ValidNationalNumber {
	readonly scheme: NumberScheme;
	readonly value: string;
}

/**
 * Reads a national number as a file writes it: `85.07.30-033.28`, or with the leading zero that a
 * spreadsheet took off. Which scheme it is follows from the digits and the school's country; null
 * where it passes none of that country's checks.
 */
export function readNationalNumber(text: string, country: Country): ValidNationalNumber | null {
	const digits = text.replace(/[\s.\-/]/g, '');
	if (!/^\d+$/.test(digits)) return null;
	const length = country === 'BE' ? 11 : 9;
	// Born in January 2000 loses three zeros; a BSN starts with one at most.
	if (digits.length < length - (country === 'BE' ? 3 : 1)) return null;
	const value = digits.padStart(length, '0');
	const scheme = schemeOf(value, country);
	return scheme && { scheme, value };
}

function schemeOf(value: string, country: Country): NumberScheme | null {
	if (country === 'BE') return readBelgianNumber(value)?.scheme ?? null;
	if (isBsn(value)) return 'bsn';
	return isOnderwijsnummer(value) ? 'onderwijsnummer' : null;
}

/**
 * Tells whether a valid number can be of a person with this birth date and sex, as far as number
 * and person say. Dutch numbers say nothing of either.
 */
export function isPlausible(
	number: ValidNationalNumber,
	person: { readonly birthDate?: IsoDate | null; readonly sex?: Sex | null }
): boolean {
	const said = readBelgianNumber(number.value);
	if (!said || number.scheme === 'bsn' || number.scheme === 'onderwijsnummer') return true;
	const sexDiffers =
		said.sex !== null && (person.sex === 'M' || person.sex === 'V') && person.sex !== said.sex;
	if (sexDiffers) return false;
	if (!person.birthDate) return true;
	const [year, month, day] = person.birthDate.split('-').map(Number);
	return (
		said.birthYear === year &&
		(said.birthMonth === null || said.birthMonth === month) &&
		(said.birthDay === null || said.birthDay === day)
	);
}

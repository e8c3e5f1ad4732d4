export const countries = ['NL', 'BE'] as const;
export type Country = (typeof countries)[number];

/** Tells whether a text is a BRIN, with or without the number of the branch: `23AB`, `23AB01`. */
export function isBrin(text: string): boolean {
	return /^\d{2}[A-Z]{2}(\d{2})?$/.test(text);
}

/** Tells whether a text is a Flemish instellingsnummer: two to six digits, no leading zero. */
export function isInstellingsnummer(text: string): boolean {
	return /^[1-9]\d{1,5}$/.test(text);
}

/** Tells whether a text is the number that a school in this country goes by. */
export function isSchoolNumber(text: string, country: Country): boolean {
	return country === 'BE' ? isInstellingsnummer(text) : isBrin(text);
}

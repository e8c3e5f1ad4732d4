import type { NameParts } from '../people/names.ts';
import { asciiLetters } from '../kernel/text/transliterate.ts';

/** The longest that administration packages take (EDEXML `gebruikersnaam`). */
const maxLength = 64;
/** Of the part before a number: longer would not fit on a label. */
const maxGenerated = 40;

/**
 * Tells whether a text can be a user name: `a`–`z` and digits, with single `.`, `-` or `_` between
 * them; 64 characters at most. It stands in the login address as it is.
 */
export function isUserName(text: string): boolean {
	return text.length <= maxLength && /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/.test(text);
}

/**
 * `voornaam.naam` in ASCII (facts, *LeerID*). Where a script leaves nothing of a name, the other name
 * alone; where of neither, the pupil number.
 */
export function leerIdUserNameBase(pupil: NameParts & { readonly pupilNumber: string }): string {
	const given = asciiLetters(pupil.givenName);
	const family = asciiLetters(pupil.namePrefix + pupil.familyName);
	const name = [given, family].filter((part) => part !== '').join('.');
	const base = name || asciiLetters(pupil.pupilNumber) || 'leerling';
	return base.slice(0, maxGenerated).replace(/\.$/, '');
}

/**
 * Initials and surname, joined (product.md 2): J. van der Berg → `jvanderberg`.
 * @param fallback taken where the names' script leaves nothing.
 */
export function accountUserNameBase(
	person: { readonly initials: string } & Pick<NameParts, 'namePrefix' | 'familyName'>,
	fallback: string
): string {
	const { initials, namePrefix, familyName } = person;
	const name = asciiLetters(initials + namePrefix + familyName);
	return (name || asciiLetters(fallback) || 'account').slice(0, maxGenerated);
}

/**
 * Makes user names that nobody has: the base, else with 1, 2, … behind it. Remembers what it gave,
 * so that a whole batch can be made before any of it is written.
 */
export function userNameGenerator(taken: (userName: string) => boolean): (base: string) => string {
	const given = new Set<string>();
	const nextNumber = new Map<string, number>();
	return (base) => {
		let number = nextNumber.get(base) ?? 0;
		let userName: string;
		do userName = number === 0 ? base : `${base}${number}`;
		while ((given.has(userName) || taken(userName)) && ++number);
		nextNumber.set(base, number + 1);
		given.add(userName);
		return userName;
	};
}

import { firstLanguage, languages } from '../languages.ts';

let collator: Intl.Collator | null = null;

/**
 * Names of people and groups in the order of a Dutch list, `Groep 2` before `Groep 10`: for `sort`. The
 * order is one for all, whatever language somebody reads in, so that a list on paper is that on a screen.
 */
export function compareNames(one: string, other: string): number {
	collator ??= new Intl.Collator(languages[firstLanguage].tag, { numeric: true });
	return collator.compare(one, other);
}

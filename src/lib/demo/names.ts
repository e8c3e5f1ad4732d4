import type { NameParts } from '#lib/domain/people/names.ts';
import { nameLists, type NameList } from './name-lists.ts';
import type { Random } from './random.ts';

/** The lists, taken apart: drawing reads them thousands of times. */
export interface Names {
	readonly share: number;
	readonly girls: readonly string[];
	readonly boys: readonly string[];
	readonly families: readonly string[];
}

const spaced = (word: string) => word.replaceAll('_', ' ');
const wordsOf = (text: string) => text.split(' ').map(spaced);

const allNames: readonly Names[] = nameLists.map(({ share, girls, boys, families }: NameList) => ({
	share,
	girls: wordsOf(girls),
	boys: wordsOf(boys),
	families: wordsOf(families)
}));
const shares = allNames.reduce((sum, names) => sum + names.share, 0);

/** The list at an index of `nameLists`. */
export function namesAt(index: number): Names | undefined {
	return allNames[index];
}

/** Draws a language, each as often as its share. */
export function drawNames(random: Random): Names {
	let left = random.next() * shares;
	for (const names of allNames) {
		left -= names.share;
		if (left < 0) return names;
	}
	return random.pick(allNames);
}

/** A surname as this person bears it: `Kowalski/Kowalska` has two forms. */
export function surnameFor(
	family: string,
	sex: 'M' | 'V'
): Pick<NameParts, 'namePrefix' | 'familyName'> {
	const [prefix, name] = family.includes('+') ? family.split('+') : ['', family];
	const [his = '', hers = his] = (name ?? '').split('/');
	return { namePrefix: prefix ?? '', familyName: sex === 'V' ? hers : his };
}

export function givenNameFor(names: Names, sex: 'M' | 'V', random: Random): string {
	return random.pick(sex === 'V' ? names.girls : names.boys);
}

/** `J.P.`; a letter of another script stays one. */
export function initialsOf(givenName: string): string {
	return givenName
		.split(/[\s-]/)
		.map((part) => `${Array.from(part)[0] ?? ''}.`)
		.join('');
}

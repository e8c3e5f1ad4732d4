import { fold } from '../kernel/text/fold.ts';

/** The strength of a school without a server is its staff's passwords (design.md 2). */
export const minStaffPasswordLength = 12;

/** Why a password is refused, with what to say to who chose it. */
export type WeakPassword = 'tooShort' | 'tooLong' | 'common' | 'repetitive' | 'personal';

/** Roots of long passwords that lists of leaked ones are full of, Dutch and Flemish ones first. */
const common = (
	'wachtwoord paswoord geheim welkom school leerkracht leerling meester juffrouw directie ' +
	'administratie basisschool secretariaat toegang inloggen sleutel kerstmis sinterklaas zomer ' +
	'winter herfst lente vakantie voetbal feyenoord ajax anderlecht clubbrugge amsterdam rotterdam ' +
	'antwerpen brussel vlaanderen nederland belgie computer internet hallo ikhouvanjou ' +
	'password passwort motdepasse qwerty azerty welcome admin administrator letmein iloveyou ' +
	'princess sunshine football monkey dragon master superman batman pokemon trustno starwars ' +
	'whatever correcthorsebatterystaple changeme default google facebook microsoft january januari ' +
	'februari maart april augustus september oktober november december maandag dinsdag woensdag ' +
	'donderdag vrijdag zaterdag zondag'
).split(' ');

const keyboardRows =
	'01234567890 9876543210 abcdefghijklmnopqrstuvwxyz qwertyuiop poiuytrewq azertyuiop poiuytreza ' +
	'asdfghjkl lkjhgfdsa qsdfghjklm mlkjhgfdsq zxcvbnm mnbvcxz wxcvbn nbvcxw 1qaz2wsx3edc4rfv';

const lookAlikes: Readonly<Record<string, string>> = {
	'0': 'o',
	'1': 'i',
	'3': 'e',
	'4': 'a',
	'5': 's',
	'7': 't',
	'@': 'a',
	$: 's',
	'!': 'i'
};

/**
 * Judges the password of a staff account: twelve characters or more, and more than a common word, a
 * row of keys or a name with something around it. null: good.
 * @param personal names that anybody would try: the school's, the person's, the user name.
 */
export function weakStaffPassword(
	password: string,
	personal: readonly string[]
): WeakPassword | null {
	return weakness(password, minStaffPasswordLength, personal);
}

/** product.md 13. Guardians' and pupils' passwords are only ever tried where tries are counted. */
export const minOwnPasswordLength = 8;

/**
 * Judges the password that a guardian or a pupil chooses: eight characters or more with a capital and
 * a digit (product.md 13), and more than a common word or a name with something around it. null: good.
 */
export function weakOwnPassword(
	password: string,
	personal: readonly string[]
): WeakPassword | 'noCapital' | 'noDigit' | null {
	if (!/\p{Lu}/u.test(password)) return 'noCapital';
	if (!/\p{Nd}/u.test(password)) return 'noDigit';
	return weakness(password, minOwnPasswordLength, personal);
}

function weakness(
	password: string,
	minLength: number,
	personal: readonly string[]
): WeakPassword | null {
	const characters = [...password];
	if (characters.length < minLength) return 'tooShort';
	if (characters.length > 256) return 'tooLong';
	if (new Set(characters).size < 5 || isRepeated(password)) return 'repetitive';
	const plain = fold(password);
	if (leftWithout(plain, personalWords(personal)) < enough) return 'personal';
	if (leftWithout(plain, [...common, ...keyRuns(plain)]) < enough) return 'common';
	return null;
}

/** Letters, or digits for two, that must be left once the guessable words are out. */
const enough = 5;

/** How much a password holds beside guessable words, their look-alike spellings and digits at an end. */
function leftWithout(plain: string, words: readonly string[]): number {
	const spelled = plain.replace(/[013457@$!]/g, (sign) => lookAlikes[sign] ?? sign);
	const joined = plain.replace(/[^\p{L}\p{N}]/gu, '');
	const left = [plain, spelled, joined].map((text) => {
		const rest = words.reduce((before, word) => before.replaceAll(word, ' '), text);
		if (rest === text) return Infinity;
		return rest.replace(/[\d\s\p{P}\p{S}i]/gu, '').length;
	});
	return Math.min(...left);
}

/** Pieces of names of four letters or more; shorter ones are in everything. */
function personalWords(personal: readonly string[]): string[] {
	const words = personal.flatMap((name) => {
		const pieces = fold(name).split(/[^\p{L}\p{N}]+/u);
		return [pieces.join(''), ...pieces];
	});
	return words.filter((word) => word.length >= 4).sort((one, other) => other.length - one.length);
}

/** Pieces of four or more that stand side by side on a keyboard or in the alphabet. */
function keyRuns(plain: string): string[] {
	const runs: string[] = [];
	for (let at = 0; at < plain.length; at++) {
		let end = at + 4;
		if (!keyboardRows.includes(plain.slice(at, end)) || end > plain.length) continue;
		while (end < plain.length && keyboardRows.includes(plain.slice(at, end + 1))) end++;
		runs.push(plain.slice(at, end));
		at = end - 1;
	}
	return runs;
}

/** `hallohallohallo`. */
function isRepeated(password: string): boolean {
	return password.length > 0 && `${password}${password}`.indexOf(password, 1) < password.length;
}

import { transliterate } from '#lib/domain/kernel/text/transliterate.ts';
import type { Roster, RosterGuardian, RosterPupil } from '#lib/domain/import/roster.ts';

const guardianHeadings = ['relatie', 'voornaam', 'familienaam', 'gezag', 'telefoon', 'e-mail'];
const headings = [
	'Stamnummer',
	'Voornaam',
	'Tussenvoegsel',
	'Familienaam',
	'Administratieve groep',
	'Geboortedatum',
	'Geslacht',
	'Rijksregisternummer',
	'Officiële voornaam',
	'Officiële familienaam',
	'Officieel geslacht',
	'Officiële geboortedatum',
	'Straat',
	'Huisnummer',
	'Postcode',
	'Gemeente',
	'Telefoon',
	'E-mail',
	'Begindatum inschrijving',
	'Einddatum inschrijving',
	...[1, 2].flatMap((guardian) => guardianHeadings.map((heading) => `Ouder ${guardian} ${heading}`))
];

/** A roster as rows of text, headings first: a pupil a row, with two guardians in it. */
export function rosterToTable({ pupils, guardians }: Roster): string[][] {
	const guardiansOf = new Map<string, { guardian: RosterGuardian; relation: string }[]>();
	for (const guardian of guardians) {
		for (const { pupilSourceKey, relation } of guardian.pupils) {
			const held = guardiansOf.get(pupilSourceKey) ?? [];
			guardiansOf.set(pupilSourceKey, [...held, { guardian, relation }]);
		}
	}
	return [
		headings,
		...pupils.map((pupil) => {
			const [one, two] = guardiansOf.get(pupil.sourceKey) ?? [];
			return [...pupilCells(pupil), ...guardianCells(one), ...guardianCells(two)];
		})
	];
}

function pupilCells(pupil: RosterPupil): string[] {
	const { official, contact } = pupil;
	return [
		pupil.pupilNumber,
		pupil.givenName,
		pupil.namePrefix ?? '',
		pupil.familyName,
		pupil.groupName ?? '',
		written(pupil.birthDate),
		pupil.sex ?? '',
		pupil.nationalNumber ?? '',
		official?.givenName ?? '',
		official?.familyName ?? '',
		official?.sex ?? '',
		written(official?.birthDate),
		contact?.street ?? '',
		contact?.houseNumber ?? '',
		contact?.postcode ?? '',
		contact?.city ?? '',
		contact?.phone ?? '',
		contact?.email ?? '',
		written(pupil.enrolledFrom),
		written(pupil.enrolledTo)
	];
}

function guardianCells(link?: { guardian: RosterGuardian; relation: string }): string[] {
	if (!link) return guardianHeadings.map(() => '');
	const { guardian, relation } = link;
	const { givenName, namePrefix, familyName, contact, pupils } = guardian;
	const surname = namePrefix ? `${namePrefix} ${familyName}` : familyName;
	const authority = pupils[0]?.authority;
	const gezag = authority === true ? 'ja' : authority === false ? 'nee' : '';
	return [relation, givenName, surname, gezag, contact?.phone ?? '', contact?.email ?? ''];
}

/** `2019-03-07` → `07/03/2019`. */
function written(date: string | null | undefined): string {
	return (date ?? '').split('-').reverse().join('/');
}

/** A table as CSV, quoted where it must be. */
export function tableToCsv(rows: readonly (readonly string[])[], separator = ';'): string {
	const cell = (text: string) =>
		/["\n\r]/.test(text) || text.includes(separator) ? `"${text.replaceAll('"', '""')}"` : text;
	return rows.map((row) => row.map(cell).join(separator) + '\r\n').join('');
}

/** Windows-1252 beside Latin-1, from 0x80 on; `\0` where there is none. */
const upperHalf = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/** Returns what an old administration package makes of a text: `Łucja` → `Lucja`, `ሰላም` → `???`. */
function windows1252Text(text: string): string {
	return Array.from(text.normalize('NFC'), (letter) => {
		if (byteOf(letter) !== undefined) return letter;
		const plain = transliterate(letter);
		if (!/^[ -~]*$/.test(plain)) return '?';
		return letter === letter.toLowerCase() ? plain : plain.toUpperCase();
	}).join('');
}

/** The bytes of a text in Windows-1252; letters that it lacks are written out. */
export function windows1252Bytes(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(Array.from(windows1252Text(text), (letter) => byteOf(letter) ?? 0x3f));
}

function byteOf(letter: string): number | undefined {
	const code = letter.codePointAt(0) ?? 0;
	if (code < 0x80 || (code >= 0xa0 && code <= 0xff)) return code;
	const at = upperHalf.indexOf(letter);
	return at < 0 ? undefined : 0x80 + at;
}

import type { Address } from '#lib/domain/people/kinds.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { guardianPositions } from './fields.ts';
import type { ListedGuardian, ListedPupil, ListedStaff } from './school-people.ts';

/** A table to be written: every cell is text. */
export interface WrittenTable {
	readonly name: string;
	readonly headings: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

type Column<T> = readonly [heading: string, text: (person: T) => string];

const address = <T>(of: (person: T) => Address): Column<T>[] => [
	['straat', (person) => of(person).street],
	['huisnummer', (person) => of(person).houseNumber],
	['postcode', (person) => of(person).postcode],
	['woonplaats', (person) => of(person).city],
	['telefoon', (person) => of(person).phone],
	['e-mail', (person) => of(person).email]
];

/** Headings that `suggestMapping` recognises, so that what is exported can be imported again. */
const pupilColumns: readonly Column<ListedPupil>[] = [
	['Stamnummer', ({ pupil }) => pupil.pupilNumber],
	['Voornaam', ({ pupil }) => pupil.givenName],
	['Tussenvoegsel', ({ pupil }) => pupil.namePrefix],
	['Achternaam', ({ pupil }) => pupil.familyName],
	['Administratieve groep', ({ groupName }) => groupName],
	['Geboortedatum', ({ identity }) => writtenDate(identity.birthDate)],
	['Geslacht', ({ identity }) => identity.sex ?? ''],
	['Begindatum', ({ enrolment }) => writtenDate(enrolment.from)],
	[
		'Einddatum',
		({ enrolment: { endReason, to } }) => (endReason === 'schoolYear' ? '' : writtenDate(to))
	],
	...address<ListedPupil>(({ contact }) => contact).map(([heading, text]): Column<ListedPupil> => [
		capital(heading),
		text
	])
];

const guardianColumns: readonly Column<ListedGuardian>[] = [
	['voornaam', ({ guardian }) => guardian.givenName],
	['voorletters', ({ guardian }) => guardian.initials],
	['tussenvoegsel', ({ guardian }) => guardian.namePrefix],
	['achternaam', ({ guardian }) => guardian.familyName],
	['relatie', ({ link }) => link.relation],
	['gezag', ({ link: { authority } }) => (authority === null ? '' : authority ? 'ja' : 'nee')],
	...address<ListedGuardian>(({ contact }) => contact)
];

const staffColumns: readonly Column<ListedStaff>[] = [
	['Personeelsnummer', ({ staff }) => staff.staffNumber],
	['Voornaam', ({ staff }) => staff.givenName],
	['Tussenvoegsel', ({ staff }) => staff.namePrefix],
	['Achternaam', ({ staff }) => staff.familyName],
	['Functie', ({ staff }) => staff.job],
	['Groepen', ({ groupNames }) => groupNames.join(', ')],
	['E-mail', ({ staff }) => staff.email]
];

/** Only a template has these: what they hold is in no list. */
const templateHeadings = [
	'Rijksregisternummer of BSN',
	'Officiële voornaam',
	'Officiële naam',
	'Officieel geslacht',
	'Officiële geboortedatum'
];

/** One row a pupil, with as many guardians beside them as somebody has, at most four. */
export function pupilTable(pupils: readonly ListedPupil[]): WrittenTable {
	const most = pupils.reduce((count, { guardians }) => Math.max(count, guardians.length), 0);
	const positions = guardianPositions.filter((position) => position <= most);
	return {
		name: 'Leerlingen',
		headings: [...pupilColumns.map(([heading]) => heading), ...guardianHeadings(positions)],
		rows: pupils.map((pupil) => [
			...pupilColumns.map(([, text]) => text(pupil)),
			...positions.flatMap((position) => {
				const guardian = pupil.guardians[position - 1];
				return guardianColumns.map(([, text]) => (guardian ? text(guardian) : ''));
			})
		])
	};
}

export function staffTable(staff: readonly ListedStaff[]): WrittenTable {
	return {
		name: 'Personeel',
		headings: staffColumns.map(([heading]) => heading),
		rows: staff.map((one) => staffColumns.map(([, text]) => text(one)))
	};
}

/** Every heading that a school may want to fill in, and no rows. */
export function templateTables(): readonly WrittenTable[] {
	const pupils = pupilTable([]);
	const headings = [...pupils.headings, ...templateHeadings, ...guardianHeadings([1, 2])];
	return [{ ...pupils, headings }, staffTable([])];
}

function guardianHeadings(positions: readonly number[]): string[] {
	return positions.flatMap((position) =>
		guardianColumns.map(([heading]) => `Ouder ${position} ${heading}`)
	);
}

function writtenDate(date: IsoDate | null): string {
	return date === null ? '' : date.split('-').reverse().join('-');
}

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

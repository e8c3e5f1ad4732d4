import type {
	Roster,
	RosterPupil,
	RosterStaff,
	UnreadableValue
} from '#lib/domain/import/roster.ts';
import type { Address } from '#lib/domain/people/kinds.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Sex } from '#lib/domain/kernel/numbers/national-number.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { readDate } from '../values/dates.ts';
import { EdexElements, type EdexPerson } from './elements.ts';
import { limits } from '../text/limits.ts';
import { XmlReader } from '../text/xml.ts';

export type EdexProblem =
	| { readonly code: 'broken'; readonly kind: 'XML'; readonly line: number }
	| { readonly code: 'otherKind'; readonly found: 'otherXml' }
	| { readonly code: 'tooManyRows'; readonly max: number }
	| { readonly code: 'empty' };

/**
 * Reads EDEXML 2.0 and 2.1 and the pupil data of UWLR, alone or in a SOAP envelope. Elements it
 * does not know are accepted, so that later versions can be read for what they share.
 */
export function readEdexml(text: string, file: string): Result<Roster, EdexProblem> {
	const reader: { current: XmlReader | null } = { current: null };
	const elements = new EdexElements(() => reader.current?.currentLine ?? 0);
	const xml = new XmlReader(elements, { position: true });
	reader.current = xml;
	if (!xml.write(text) || !xml.close()) {
		return refuse({ code: 'broken', kind: 'XML', line: xml.line });
	}
	if (!elements.isEdex) return refuse({ code: 'otherKind', found: 'otherXml' });
	const { pupils, teachers, version } = elements;
	if (pupils.length + teachers.length === 0) return refuse({ code: 'empty' });
	if (pupils.length + teachers.length > limits.rows) {
		return refuse({ code: 'tooManyRows', max: limits.rows });
	}
	const known = new Set(pupils.flatMap((pupil) => [...pupil.values.keys()]));
	return ok({
		format: `${elements.isUwlr ? 'UWLR' : 'EDEXML'} ${version.slice(0, 12)}`.trim(),
		pupils: pupils.map((pupil) => pupilOf(pupil, elements.groups, known, file)),
		guardians: [],
		staff: teachers.map((teacher) => staffOf(teacher, elements.groups, file))
	});
}

function pupilOf(
	person: EdexPerson,
	groups: ReadonlyMap<string, string>,
	known: ReadonlySet<string>,
	file: string
): RosterPupil {
	const unreadable: UnreadableValue[] = [];
	// What some pupils have and this one has not, is empty; what none has, the file does not say.
	const value = (...names: string[]) =>
		names.some((name) => known.has(name))
			? (names.map((name) => person.values.get(name)).find((found) => found) ?? '')
			: undefined;
	const date = (name: string, field: string) => {
		const text = value(name);
		return text === undefined ? undefined : dateOf(text, field, unreadable);
	};
	const sex = value('geslacht');
	const birthDate = date('geboortedatum', 'birthDate');
	const pupil: RosterPupil = {
		file,
		line: person.line,
		unreadable,
		sourceKey: person.key,
		pupilNumber: value('stamnummer', 'leerlingnummer') || person.key,
		givenName: value('roepnaam', 'voornamen', 'voorletters-1') ?? '',
		namePrefix: value('voorvoegsel'),
		familyName: value('achternaam') ?? '',
		userName: value('gebruikersnaam'),
		groupName: groupNameOf(person, groups),
		birthDate,
		sex: sex === undefined ? undefined : sexOf(sex, unreadable),
		nationalNumber: value('bsn', 'onderwijsnummer', 'rijksregisternummer', 'bisnummer'),
		contact: contactOf(value),
		enrolledFrom: date('instroomdatum', 'enrolledFrom'),
		enrolledTo: date('uitstroomdatum', 'enrolledTo')
	};
	return { ...pupil, official: officialOf(person, pupil) };
}

/** `voornamen` are the official ones by the format's own definition; `roepnaam` is not. */
function officialOf(person: EdexPerson, pupil: RosterPupil): RosterPupil['official'] {
	const givenName = person.values.get('voornamen');
	if (!givenName || !pupil.nationalNumber) return undefined;
	const { namePrefix = '', familyName, sex, birthDate } = pupil;
	return { givenName, familyName: `${namePrefix} ${familyName}`.trim(), sex, birthDate };
}

function groupNameOf(person: EdexPerson, groups: ReadonlyMap<string, string>): string {
	const [first] = person.groupKeys;
	const group = person.groupKeys.find(({ composed }) => !composed) ?? first;
	return group ? (groups.get(group.key) ?? group.key) : '';
}

function contactOf(value: (...names: string[]) => string | undefined): Partial<Address> {
	const contact = {
		street: value('straat', 'straatnaam'),
		houseNumber: value('huisnummer'),
		postcode: value('postcodenl', 'postnummerbe', 'postcode'),
		city: value('woonplaats', 'gemeente'),
		phone: value('telefoonnummer', 'telefoon'),
		email: value('emailadres')
	};
	return Object.fromEntries(Object.entries(contact).filter(([, text]) => text !== undefined));
}

function dateOf(text: string, field: string, unreadable: UnreadableValue[]): IsoDate | null {
	if (text === '') return null;
	const date = readDate(text, 'dayFirst');
	if (date === null) unreadable.push({ field, text });
	return date;
}

/**
 * EDEXGeslachtType; not the codes of OSO, where 1 is a woman. 0 and 9 (*onbekend*, *niet
 * gespecificeerd*) say nothing, against what the school may know.
 */
function sexOf(text: string, unreadable: UnreadableValue[]): Sex | null | undefined {
	if (text === '1') return 'M';
	if (text === '2') return 'V';
	if (text === '0' || text === '9') return undefined;
	if (text !== '') unreadable.push({ field: 'sex', text });
	return null;
}

/** EDEXLeerkrachtRolType. */
const jobs: Readonly<Record<string, string>> = {
	ADJ: 'Adjunct-directeur',
	ADM: 'Administratief medewerker',
	CON: 'Conciërge',
	DIR: 'Directeur',
	ICT: 'ICT-coördinator',
	IB: 'Intern begeleider',
	KLA: 'Klassenassistent',
	LRK: 'Leerkracht',
	LOS: 'Lerarenondersteuner',
	LOC: 'Locatieleider',
	OWA: 'Onderwijsassistent',
	OUD: 'Ouder',
	RT: 'Remedial teacher',
	SMW: 'Schoolmaatschappelijk werker',
	STA: 'Stagiair',
	VAK: 'Vakleerkracht'
};

function jobOf({ roles, values }: EdexPerson): string {
	return values.get('rolomschrijving') ?? roles.map((role) => jobs[role] ?? role).join(', ');
}

function staffOf(
	person: EdexPerson,
	groups: ReadonlyMap<string, string>,
	file: string
): RosterStaff {
	const value = (name: string) => person.values.get(name);
	return {
		file,
		line: person.line,
		unreadable: [],
		sourceKey: person.key,
		staffNumber: value('personeelsnummer') ?? person.key,
		givenName: value('roepnaam') ?? value('voornamen') ?? value('voorletters-1') ?? '',
		namePrefix: value('voorvoegsel') ?? '',
		familyName: value('achternaam') ?? '',
		email: value('emailadres'),
		job: jobOf(person),
		groupNames: person.groupKeys.map(({ key }) => groups.get(key) ?? key)
	};
}

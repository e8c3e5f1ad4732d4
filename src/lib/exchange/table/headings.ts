import type { ImportSubject } from '#lib/domain/import/plan.ts';
import {
	guardianColumns,
	type Field,
	type GuardianColumn,
	type GuardianPosition,
	type PlainField
} from './fields.ts';

/** Characters; what is longer is no heading. */
const longestHeading = 60;

/** A heading as it is looked up: lower case, no accents, words with one space between. */
export function normaliseHeading(heading: string): string {
	return heading
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.replace(/\b([1-4])(?:e|ste|de|st|nd|rd|th)\b/g, '$1')
		.trim();
}

type Synonyms = Partial<Record<PlainField, string>>;

/** Dutch and English headings, normalised, best first. */
const personSynonyms: Synonyms = {
	givenName:
		'roepnaam|voornaam|preferred name|preferred first name|first name|firstname|given name|givenname|voornamen|forename|prenom',
	namePrefix:
		'tussenvoegsel|tussenvoegsels|voorvoegsel|voorvoegsels|tussenv|tussenvgsl|tvg|name prefix|prefix|infix|particle',
	familyName:
		'achternaam|familienaam|geslachtsnaam|surname|last name|lastname|family name|familyname|nom de famille',
	fullName: 'volledige naam|naam volledig|full name|fullname|naam|name|nom',
	initials: 'voorletters|initialen|initials'
};

const addressSynonyms: Synonyms = {
	street: 'straat|straatnaam|street|street name|rue',
	houseNumber: 'huisnummer|huisnr|huis nr|house number|housenumber|street number|nummer huis',
	houseNumberAddition:
		'toevoeging|huisnummertoevoeging|huisnummer toevoeging|huisnr toevoeging|huisnr toev|huisnrtoev|toev|bus|busnummer|busnr|addition|box',
	addressLine:
		'adres|straat en nummer|straat en huisnummer|straat huisnummer|straat nr|straat en nr|adresregel|adresregel 1|address|address line|address line 1|street address|adresse',
	postcode: 'postcode|postnummer|post code|pc|zip|zip code|zipcode|postal code|code postal',
	city: 'woonplaats|gemeente|plaats|plaatsnaam|stad|city|town|deelgemeente|commune',
	phone:
		'telefoon|telefoonnummer|telefoonnr|tel|tel nr|telnr|gsm|gsm nummer|mobiel|mobiele nummer|mobiel nummer|mobielnummer|telefoon mobiel|telefoon thuis|telefoon prive|phone|phone number|telephone|mobile|mobile phone|telephone number',
	email:
		'e mail|email|e mailadres|emailadres|email adres|e mail adres|mailadres|mail|e mail address|email address'
};

const userName =
	'gebruikersnaam|loginnaam|inlognaam|accountnaam|login|user name|username|account name';

const pupilSynonyms: Synonyms = {
	...personSynonyms,
	userName,
	...addressSynonyms,
	pupilNumber:
		'stamnummer|stamnr|stam nr|leerlingnummer|leerlingnr|leerling nr|leerling nummer|llnr|ll nr|leerlingid|leerling id|stamboeknummer|stamboeknr|studentnummer|student number|student id|studentid|pupil number|pupil id|pupilid|pupilnumber|studentnumber|admission number|nummer|nr|number|id',
	fullName: `${personSynonyms.fullName}|naam leerling|leerlingnaam|leerling|pupil|student|pupil name|student name`,
	givenName: `${personSynonyms.givenName}|voornaam leerling|roepnaam leerling`,
	familyName: `${personSynonyms.familyName}|achternaam leerling|familienaam leerling`,
	group:
		'administratieve groep|klas|klasnaam|klascode|stamklas|stamgroep|basisgroep|groep|groepsnaam|groepnaam|naam groep|huidige groep|huidige klas|klasgroep|klas groep|class|class name|classname|group|group name|homeroom|home room|registration group|form|classe|leerjaar|jaargroep|year group',
	birthDate:
		'geboortedatum|geb datum|gebdatum|geb dat|gebdat|geboorte datum|geboren op|geboren|date of birth|birth date|birthdate|birthday|dob|date de naissance',
	sex: 'geslacht|sekse|m v|mv|sex|gender|sexe',
	nationalNumber:
		'bsn|burgerservicenummer|bsn onderwijsnummer|bsn of onderwijsnummer|onderwijsnummer|bsn nummer|persoonsgebonden nummer|pgn|sofinummer|rijksregisternummer|rijksregisternr|rijksregister|rijksreg nr|rijksregister of bisnummer|rijksregister bisnummer|rijksregisternummer of bisnummer|rijksregisternummer of bsn|bsn of rijksregisternummer|rrn|insz|insz nummer|insznummer|bisnummer|bis nummer|national number|national id|numero national|niss',
	enrolledFrom:
		'begindatum|instroomdatum|inschrijvingsdatum|inschrijfdatum|datum inschrijving|begindatum inschrijving|begin inschrijving|startdatum|datum in|datum instroom|ingeschreven vanaf|ingeschreven op|ingangsdatum|start date|enrolment date|enrollment date|enrolled from|entry date|begin date',
	enrolledTo:
		'einddatum|uitstroomdatum|uitschrijvingsdatum|uitschrijfdatum|datum uitschrijving|einddatum inschrijving|einde inschrijving|datum uit|datum uitstroom|ingeschreven tot|ingeschreven tot en met|uitgeschreven op|end date|enrolled to|leaving date|exit date',
	officialGivenName:
		'officiele voornaam|officiele voornamen|official given name|official first name',
	officialFamilyName:
		'officiele naam|officiele achternaam|officiele familienaam|official family name|official surname|official last name',
	officialSex: 'officieel geslacht|official sex|official gender',
	officialBirthDate:
		'officiele geboortedatum|official birth date|official date of birth|official birthdate'
};

const guardianSynonyms: Synonyms = {
	...personSynonyms,
	userName,
	...addressSynonyms,
	guardianKey:
		'oudernummer|ouder id|ouderid|verzorger id|verzorgerid|verzorgernummer|relatienummer|relatie id|contactnummer|contact id|guardian id|guardian number|guardianid|parent id|parentid|nummer|nr|id|key',
	pupilNumber:
		'stamnummer leerling|leerlingnummer|stamnummer kind|stamnummer|stamnr|stamnr leerling|leerling nr|leerlingnr|llnr|leerling id|leerlingid|student number|student id|pupil number|pupil id|leerling|kind|ouder van|stamboeknummer',
	relation:
		'relatie|relatie tot leerling|soort relatie|relatietype|relatiesoort|verwantschap|soort verzorger|rol|type|relation|relationship|hoedanigheid',
	authority:
		'gezag|ouderlijk gezag|heeft gezag|gezaghebbend|wettelijk vertegenwoordiger|wettelijke vertegenwoordiger|authority|parental authority|legal guardian'
};

const staffSynonyms: Synonyms = {
	...personSynonyms,
	email: addressSynonyms.email,
	staffNumber:
		'personeelsnummer|personeelsnr|personeels nr|medewerkernummer|medewerkernr|medewerker id|docentnummer|docentcode|leerkrachtcode|afkorting|stamboeknummer|stamnummer|staff number|staff id|employee number|employee id|teacher id|teacher number|code|nummer|nr|id',
	job: 'functie|ambt|functienaam|rol|taak|opdracht|job|job title|role|function|position',
	groups:
		'groepen|klassen|groep|klas|groep en|klas sen|klastitularis van|titularis van|groups|classes|group|class'
};

const synonyms: Record<ImportSubject, ReadonlyMap<string, Meaning>> = {
	pupil: tableOf(pupilSynonyms),
	guardian: tableOf(guardianSynonyms),
	staff: tableOf(staffSynonyms)
};
const contactTable = tableOf(guardianSynonyms);

export interface Meaning<F extends Field = Field> {
	readonly field: F;
	/** 0 is the best heading that a field can have. */
	readonly rank: number;
}

function tableOf(fields: Synonyms): ReadonlyMap<string, Meaning> {
	const table = new Map<string, Meaning>();
	for (const [field, words] of Object.entries(fields) as [PlainField, string][]) {
		words.split('|').forEach((word, rank) => table.set(word, { field, rank }));
	}
	return table;
}

/** What a heading means, if anything. */
export function meaningOf(heading: string, subject: ImportSubject): Meaning | null {
	const text = heading.length > longestHeading ? '' : normaliseHeading(heading);
	if (text === '') return null;
	const whole = synonyms[subject].get(text);
	if (whole) return whole;
	if (subject !== 'pupil') return stripped(text, subject);
	return officialOf(text) ?? guardianColumnOf(text) ?? stripped(text, subject);
}

/** `Voornaam (officieel)`. */
function officialOf(text: string): Meaning | null {
	const rest = without(text, /\b(officieel|officiele|official)\b/);
	const plain = rest === null ? undefined : synonyms.pupil.get(rest);
	const fields: Partial<Record<Field, Field>> = {
		givenName: 'officialGivenName',
		familyName: 'officialFamilyName',
		fullName: 'officialFamilyName',
		sex: 'officialSex',
		birthDate: 'officialBirthDate'
	};
	const field = plain && fields[plain.field];
	return field ? { field, rank: plain.rank } : null;
}

/** `Leerling voornaam`, `Voornaam van de leerling`. */
function stripped(text: string, subject: ImportSubject): Meaning | null {
	const noise = {
		pupil: /\b(van )?(de |het )?(leerling|student|pupil|kind)\b/,
		guardian: /\b(van )?(de )?(ouder|verzorger|ouder verzorger|guardian|parent|contactpersoon)\b/,
		staff: /\b(van )?(de )?(leerkracht|docent|medewerker|personeelslid|teacher|staff)\b/
	}[subject];
	const rest = without(text, noise);
	const meaning = rest === null ? undefined : synonyms[subject].get(rest);
	return meaning ? { field: meaning.field, rank: meaning.rank + 50 } : null;
}

const guardianWord =
	/\b(?:ouder verzorger|ouder voogd|ouder|verzorger|voogd|contactpersoon|contact|guardian|parent|vader|moeder|father|mother|papa|mama|pere|mere) ?([1-4])?\b/;

/** `Ouder 1 e-mail`, `E-mail verzorger 2`, `Naam vader`. Without a number: vader 1, moeder 2. */
function guardianColumnOf(text: string): Meaning | null {
	const found = guardianWord.exec(text);
	if (!found) return null;
	let rest = (without(text, guardianWord) ?? '').replace(/\b(van|de|het|of)\b/g, ' ').trim();
	let number = found[1];
	const loose = number ? null : /(?:^| )([1-4])(?: |$)/.exec(rest);
	if (loose) {
		number = loose[1];
		rest = rest.replace(loose[0], ' ').trim();
	}
	const fallback = /moeder|mother|mama|mere/.test(found[0]) ? 2 : 1;
	const position = Number(number ?? fallback) as GuardianPosition;
	const meaning = contactTable.get(rest.replace(/ +/g, ' ')) ?? nameOnly(rest);
	const column = meaning?.field as GuardianColumn | undefined;
	if (!meaning || !column || !guardianColumns.includes(column)) return null;
	return { field: `guardian${position}.${column}`, rank: meaning.rank };
}

/** `Ouder 1`, `Moeder`: the name. */
function nameOnly(rest: string): Meaning | undefined {
	return rest === '' ? { field: 'fullName', rank: 40 } : undefined;
}

function without(text: string, pattern: RegExp): string | null {
	if (!pattern.test(text)) return null;
	return text.replace(pattern, ' ').replace(/ +/g, ' ').trim();
}

/** The relation that a heading says by itself: `Naam moeder`. */
export function relationIn(heading: string): string {
	const text = normaliseHeading(heading);
	return /\b(vader|moeder|voogd|father|mother)\b/.exec(text)?.[0] ?? '';
}

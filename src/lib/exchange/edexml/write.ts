import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Sex } from '#lib/domain/kernel/numbers/national-number.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { schoolPeople, type ListedPupil, type ListedStaff } from '../table/school-people.ts';

/**
 * Pupils, staff and groups as EDEXML 2.1. The format knows no guardians, and no address but a
 * postcode; a year group is given only where the group's name says it.
 */
export function pupilsToEdexml(state: StateReader, today: IsoDate): Uint8Array<ArrayBuffer> {
	const { school, pupils, staff } = schoolPeople(state, today);
	const number = school?.number ?? '';
	const isBrin = school?.country === 'NL';
	const groups = [...state.all('group')].map(
		({ id, name }) =>
			`<groep key="${xml(id)}">${tag('naam', name)}${tag('jaargroep', yearGroupIn(name))}</groep>`
	);
	const lines = [
		'<?xml version="1.0" encoding="UTF-8"?>',
		'<EDEX>',
		'<school>',
		tag('schooljaar', schoolYearOf(today)),
		isBrin
			? tag('brincode', number.slice(0, 4)) + tag('dependancecode', number.slice(4) || '00')
			: '',
		isBrin ? '' : tag('instellingsnummer', number),
		tag('aanmaakdatum', `${today}T00:00:00`),
		tag('auteur', 'Schoolsleutel'),
		tag('xsdversie', '2.1'),
		'</school>',
		`<groepen>${groups.join('')}</groepen>`,
		'<leerlingen>',
		...pupils.map((pupil) => pupilXml(pupil, school?.country === 'BE')),
		'</leerlingen>',
		'<leerkrachten>',
		...staff.map(staffXml),
		'</leerkrachten>',
		'</EDEX>',
		''
	];
	return new TextEncoder().encode(lines.filter((line) => line !== '').join('\n'));
}

function schoolYearOf(today: IsoDate): string {
	const year = Number(today.slice(0, 4)) - (today.slice(5, 7) >= '08' ? 0 : 1);
	return `${year}-${year + 1}`;
}

/** `groep 5` is year group 5; `3de leerjaar` is 5 as well (EDEXJaargroepType). */
function yearGroupIn(name: string): string {
	const dutch = /\bgroep ?([1-8])\b/i.exec(name)?.[1];
	const flemish = /\b([1-6])(?:e|ste|de)? ?leerjaar\b/i.exec(name)?.[1];
	return dutch ?? (flemish ? String(Number(flemish) + 2) : '');
}

/** EDEXGeslachtType. */
const sexes: Readonly<Record<Sex, string>> = { M: '1', V: '2', X: '9' };

function pupilXml(listed: ListedPupil, belgian: boolean): string {
	const { pupil, groupName, identity, contact, enrolment } = listed;
	const { endReason, from, to } = enrolment;
	const postcode = contact.postcode.replace(/\s/g, '').toUpperCase();
	return [
		`<leerling key="${xml(pupil.pupilNumber)}">`,
		nameXml(pupil),
		tag('geboortedatum', identity.birthDate ?? ''),
		tag('geslacht', identity.sex === null ? '0' : sexes[identity.sex]),
		tag('jaargroep', yearGroupIn(groupName)),
		pupil.groupId === null ? '' : `<groep key="${xml(pupil.groupId)}"/>`,
		tag('emailadres', contact.email),
		/^\d{4}[A-Z]{2}$/.test(postcode) ? tag('postcodenl', postcode) : '',
		belgian && /^\d{4}$/.test(postcode) ? tag('postnummerbe', postcode) : '',
		tag('instroomdatum', from),
		endReason === 'schoolYear' ? '' : tag('uitstroomdatum', to),
		'</leerling>'
	].join('');
}

function staffXml({ staff }: ListedStaff): string {
	const groups = staff.groupIds.map((id) => `<groep key="${xml(id)}"/>`).join('');
	return [
		`<leerkracht key="${xml(staff.staffNumber)}">`,
		nameXml(staff),
		tag('emailadres', staff.email),
		tag('rolomschrijving', staff.job),
		groups === '' ? '' : `<groepen>${groups}</groepen>`,
		'</leerkracht>'
	].join('');
}

/** A `voorvoegsel` has at most ten characters; a longer one goes with the name. */
function nameXml(person: {
	readonly givenName: string;
	readonly namePrefix: string;
	readonly familyName: string;
}): string {
	const { givenName, namePrefix, familyName } = person;
	const fits = namePrefix.length <= 10;
	return [
		tag('achternaam', fits ? familyName : `${namePrefix} ${familyName}`),
		fits ? tag('voorvoegsel', namePrefix) : '',
		tag('roepnaam', givenName)
	].join('');
}

function tag(name: string, text: string): string {
	return text === '' ? '' : `<${name}>${xml(text)}</${name}>`;
}

/** What XML can't hold at all is left out. */
function xml(text: string): string {
	return text
		.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
}

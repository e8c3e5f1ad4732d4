import { describe, expect, it } from 'vitest';
import { dateOfExcelNumber, detectDateOrder, readDate } from './dates.ts';
import { recogniseColumns } from '../table/mapping.ts';
import { splitFullName } from './names.ts';
import { sexReaderFor } from './sex.ts';
import { readPeople } from '../file/testing.ts';

describe('dates', () => {
	it.each([
		'2010-11-07',
		'7-11-2010',
		'07/11/2010',
		'7.11.2010',
		'20101107',
		'07112010',
		'7 november 2010',
		'7 nov. 2010',
		'zondag 7 november 2010',
		'2010-11-07T00:00:00',
		'7-11-2010 0:00',
		'2010/11/7'
	])('reads %s', (text) => {
		expect(readDate(text, 'dayFirst')).toBe('2010-11-07');
	});

	it.each([
		'31-2-2010',
		'7-13-2010',
		'7-11-10',
		'00-00-0000',
		'2010',
		'gisteren',
		'1-1-1810',
		'40489'
	])('does not guess at %s', (text) => {
		expect(readDate(text, 'dayFirst')).toBeNull();
	});

	it('takes the month first only where the dates prove it', () => {
		expect(detectDateOrder(['11/7/2010', '1/2/2010'])).toBe('dayFirst');
		expect(detectDateOrder(['1/31/2010', '2/28/2010', '11/30/2010', '1/2/2010'])).toBe(
			'monthFirst'
		);
		expect(detectDateOrder(['1/31/2010', '2/28/2010', '11/30/2010', '31/1/2010'])).toBe('dayFirst');
		expect(readDate('11/7/2010', 'monthFirst')).toBe('2010-11-07');
	});

	it('knows the day numbers of both of Excel’s systems', () => {
		expect(dateOfExcelNumber(40489, false)).toBe('2010-11-07');
		expect(dateOfExcelNumber(1, false)).toBe('1900-01-01');
		expect(dateOfExcelNumber(59, false)).toBe('1900-02-28');
		expect(dateOfExcelNumber(60, false)).toBeNull();
		expect(dateOfExcelNumber(61, false)).toBe('1900-03-01');
		expect(dateOfExcelNumber(40489 - 1462, true)).toBe('2010-11-07');
		expect(readDate('40489', 'dayFirst', { excelNumbers: true })).toBe('2010-11-07');
	});
});

describe('sex', () => {
	it.each([
		[
			['M', 'V'],
			['M', 'V']
		],
		[
			['J', 'M'],
			['M', 'V']
		],
		[
			['j', 'm', 'v'],
			['M', 'unreadable', 'V']
		],
		[
			['jongen', 'Meisje', 'X', ''],
			['M', 'V', 'X', null]
		],
		[
			['male', 'F'],
			['M', 'V']
		],
		[
			['1', '2'],
			['unreadable', 'unreadable']
		],
		[
			['constructor', '__proto__'],
			['unreadable', 'unreadable']
		]
	])('reads a column with %j', (texts, expected) => {
		expect(texts.map(sexReaderFor(texts))).toEqual(expected);
	});
});

describe('whole names', () => {
	it.each([
		['Jan van der Berg', 'Jan', 'van der', 'Berg', true],
		['Berg, Jan van der', 'Jan', 'van der', 'Berg', true],
		['van der Berg, Jan', 'Jan', 'van der', 'Berg', true],
		['Van den Berghe, Jan Pieter', 'Jan Pieter', '', 'Van den Berghe', true],
		['Aylin Öz', 'Aylin', '', 'Öz', true],
		['Madonna', '', '', 'Madonna', true],
		['Anne Marie Jansen', 'Anne', '', 'Marie Jansen', false]
	])('splits %s', (text, givenName, namePrefix, familyName, certain) => {
		expect(splitFullName(text)).toEqual({ givenName, namePrefix, familyName, certain });
	});
});

describe('headings', () => {
	it.each([
		[
			['Stamnr.', 'Roepnaam', 'Tussenv.', 'Achternaam', 'Groep', 'Geb.datum', 'M/V'],
			['pupilNumber', 'givenName', 'namePrefix', 'familyName', 'group', 'birthDate', 'sex']
		],
		[
			['Leerlingnummer', 'VOORNAAM', 'Naam', 'Klas', 'Rijksregisternummer', 'Gemeente'],
			['pupilNumber', 'givenName', 'familyName', 'group', 'nationalNumber', 'city']
		],
		[
			['Student ID', 'First name', 'Last name', 'Class', 'Date of birth', 'Phone'],
			['pupilNumber', 'givenName', 'familyName', 'group', 'birthDate', 'phone']
		],
		[
			[
				'Stamnummer',
				'Voornaam',
				'Roepnaam',
				'Achternaam',
				'Klas',
				'Groep',
				'Administratieve groep'
			],
			['pupilNumber', null, 'givenName', 'familyName', null, null, 'group']
		],
		[
			[
				'Stamnummer',
				'Naam',
				'Officiële voornaam',
				'Naam (officieel)',
				'Instroomdatum',
				'Uitstroomdatum'
			],
			[
				'pupilNumber',
				'fullName',
				'officialGivenName',
				'officialFamilyName',
				'enrolledFrom',
				'enrolledTo'
			]
		],
		[
			[
				'Stamnummer',
				'Naam',
				'Ouder 1 naam',
				'E-mail verzorger 2',
				'Telefoon ouder/verzorger 1',
				'Moeder'
			],
			[
				'pupilNumber',
				'fullName',
				'guardian1.fullName',
				'guardian2.email',
				'guardian1.phone',
				'guardian2.fullName'
			]
		]
	])('recognises %j', (headings, fields) => {
		expect(recogniseColumns(headings, 'pupil')).toEqual(fields);
	});

	it('gives no field to two columns', () => {
		const columns = recogniseColumns(
			['Stamnummer', 'Naam', 'Naam', 'Telefoon', 'GSM', 'Tel'],
			'pupil'
		);
		const given = columns.filter((field) => field !== null);
		expect(new Set(given).size).toBe(given.length);
	});
});

describe('guardians in the row of a pupil', () => {
	const text = [
		'Stamnummer;Voornaam;Naam;Vader voornaam;Vader naam;Vader e-mail;Moeder voornaam;Moeder naam;Moeder gezag',
		'1;Aylin;Peeters;Piet;Peeters;piet@example.org;An;Maes;nee',
		'2;Bo;Peeters;Piet;Peeters;piet@example.org;;;'
	].join('\n');

	it('are one person where name and address are the same', () => {
		const { guardians } = readPeople(text);
		expect(guardians).toMatchObject([
			{
				givenName: 'Piet',
				pupils: [
					{ pupilSourceKey: '1', relation: 'vader' },
					{ pupilSourceKey: '2', relation: 'vader' }
				]
			},
			{ givenName: 'An', pupils: [{ pupilSourceKey: '1', relation: 'moeder', authority: false }] }
		]);
	});

	it('reads user names of pupils and of the parents beside them', () => {
		const roster = readPeople(
			'Stamnummer;Voornaam;Naam;Gebruikersnaam;Ouder 1 naam;Gebruikersnaam ouder 1\n1;Aylin;Peeters;apeeters;An Maes;amaes3\n'
		);
		expect(roster.pupils).toMatchObject([{ userName: 'apeeters' }]);
		expect(roster.guardians).toMatchObject([{ userName: 'amaes3' }]);
	});

	it('have doubts of their own', () => {
		const { pupils, guardians } = readPeople(
			'Stamnummer;Voornaam;Naam;Ouder 1 naam\n1;Aylin;Peeters;Anne Marie Jansen\n2;Bo;Maes;\n'
		);
		expect(pupils[0]?.unreadable).toEqual([]);
		expect(guardians).toMatchObject([{ unreadable: [{ field: 'fullName' }] }]);
	});
});

it('reads guardians and staff in tables of their own', () => {
	const guardians = readPeople(
		'Leerlingnummer;Voornaam ouder;Achternaam ouder;Relatie\n1,2;An;Maes;moeder\n',
		'ouders.csv'
	);
	expect(guardians.guardians).toMatchObject([
		{ givenName: 'An', pupils: [{ pupilSourceKey: '1' }, { pupilSourceKey: '2' }] }
	]);
	const staff = readPeople(
		'Personeelsnummer;Voornaam;Achternaam;Functie;Klassen\nT1;Els;Maes;leerkracht;3A, 3B\n'
	);
	expect(staff.staff).toMatchObject([
		{ staffNumber: 'T1', job: 'leerkracht', groupNames: ['3A', '3B'] }
	]);
});

it('splits an address in one cell', () => {
	const { pupils } = readPeople(
		'Stamnummer;Naam;Adres\n1;Maes;Lange Kerkstraat 12 bus 3\n2;Öz;Markt\n'
	);
	expect(pupils.map(({ contact }) => contact)).toEqual([
		{ street: 'Lange Kerkstraat', houseNumber: '12 bus 3' },
		{ street: 'Markt', houseNumber: '' }
	]);
});

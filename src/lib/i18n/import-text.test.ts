import { afterEach, describe, expect, it } from 'vitest';
import { reasonOf, type Choice, type Doubt } from '#lib/domain/import/plan.ts';
import { reasonHint } from './import-reason-text.ts';
import {
	addedTexts,
	changeTexts,
	choiceHint,
	choiceText,
	doubtText,
	doubtTitle
} from './import-text.ts';
import { overwriteGetLocale } from './paraglide/runtime.js';

const name = { givenName: 'Aylin', namePrefix: '', familyName: 'Demir' };
const base = { id: 'pupil:1:x', choices: [], chosen: null };
const other = {
	code: 'otherNumber',
	otherId: 'AAAAAAAAAAAAAAAAAAAAAA',
	otherName: name,
	otherNumber: '60351',
	otherGroupName: '3A'
} as const;
const youssef = {
	id: 'AAAAAAAAAAAAAAAAAAAAAA',
	name: { givenName: 'Youssef', namePrefix: '', familyName: 'Çelik' },
	number: '000123',
	groupName: '3A',
	userName: 'youssef.celik',
	hasCard: true
};
const holder = {
	...base,
	choices: ['samePerson', 'differentPerson', 'skip'],
	code: 'anotherPupil',
	holder: youssef,
	differs: [{ field: 'givenName', here: 'Youssef', inFile: 'Aylin' }],
	only: null,
	found: null,
	lines: [],
	freedNumber: '000123-oud'
} as const;
const birthDate = {
	...holder,
	differs: [{ field: 'birthDate', here: '2017-01-17', inFile: '2017-01-18' }],
	only: 'birthDate'
} as const;
const found = {
	...{ ...youssef, name, number: '60351', userName: 'aylin.demir', hasCard: false },
	...({ by: 'nameAndBirthDate', certain: true } as const)
};
const doubts: readonly Doubt[] = [
	holder,
	{ ...holder, only: 'givenName' },
	...(['rijksregister', 'bis', 'bsn', 'onderwijsnummer'] as const).map((only) => {
		return { ...holder, differs: [], only };
	}),
	birthDate,
	{ ...birthDate, differs: [...birthDate.differs, { field: 'sex', here: 'M', inFile: 'V' }] },
	{ ...holder, lines: [14] },
	{ ...holder, found },
	{ ...holder, found: { ...found, by: 'nationalNumber', certain: false } },
	{ ...holder, found: { ...found, by: 'source', certain: false } },
	{ ...holder, code: 'anotherPerson', holder: { ...youssef, number: '' }, freedNumber: '' },
	{ ...base, code: 'missingNumber' },
	{ ...base, code: 'missingName' },
	{ ...base, code: 'numberUsedTwice', number: '60351', lines: [14, 1500] },
	{ ...base, ...other, by: 'nameAndBirthDate' },
	{ ...base, ...other, by: 'name' },
	{ ...base, ...other, by: 'nationalNumber' },
	{ ...base, ...other, by: 'source' },
	{ ...base, code: 'twiceInFile', lines: [14] },
	{ ...base, code: 'invalidNationalNumber', schemes: ['rijksregister', 'bis'] },
	{ ...base, code: 'invalidNationalNumber', schemes: ['bsn', 'onderwijsnummer'] },
	{ ...base, code: 'implausibleNationalNumber' },
	{ ...base, code: 'nationalNumberUsedTwice', lines: [14] },
	{ ...base, code: 'nationalNumberUsedTwice', lines: [] },
	{ ...base, code: 'unreadableValue', field: 'birthDate', text: '31/02/2012' },
	{ ...base, code: 'unreadableValue', field: 'fullName', text: 'Demir Aylin' },
	{ ...base, code: 'valueTooLong', field: 'street', length: 4000 },
	{ ...base, code: 'endsBeforeStart', from: '2026-09-01', to: '2026-08-31' },
	{ ...base, code: 'childNotFound', number: '60351' },
	{
		...base,
		code: 'changedHere',
		kind: 'pupilContact',
		field: 'phone',
		before: '',
		here: '0499 00 11 22',
		inFile: '09 222 33 44'
	}
];
const choices: readonly Choice[] = [
	...(['takeFile', 'keepHere', 'samePerson'] as const),
	...(['differentPerson', 'withoutValue', 'skip'] as const)
];

afterEach(() => overwriteGetLocale(() => 'nl'));

describe.each(['nl', 'en'] as const)('in %s', (locale) => {
	it('says of every doubt why, each in its own words', () => {
		overwriteGetLocale(() => locale);
		const sentences = doubts.map((doubt) => doubtText(doubt, name));
		expect(new Set(sentences).size).toBe(doubts.length);
		for (const sentence of sentences) expect(sentence).toMatch(/^[\p{Lu}“].{15,}[.?]$/u);
		expect(sentences.join()).not.toMatch(/undefined|AAAA/);
	});

	it('has a title for every reason', () => {
		overwriteGetLocale(() => locale);
		const reasons = new Set(doubts.map(reasonOf));
		expect(new Set([...reasons].map(doubtTitle)).size).toBe(reasons.size);
	});

	it('says what each choice does to all rows of a reason', () => {
		overwriteGetLocale(() => locale);
		for (const reason of new Set(doubts.map(reasonOf))) {
			const texts = choices.map((choice) => reasonHint(choice, reason));
			expect(new Set(texts).size).toBe(choices.length);
			for (const text of texts) expect(text).toMatch(/^\p{Lu}.{15,}\.$/u);
		}
	});

	it('tells the choices of a doubt apart', () => {
		overwriteGetLocale(() => locale);
		for (const { code, choices: own } of doubts) {
			const offered = own.length > 0 ? own : choices;
			const texts = offered.map((choice) => choiceText(choice, code));
			expect(new Set(texts).size).toBe(offered.length);
		}
	});
});

describe('of somebody else’s number, what a choice does', () => {
	const hint = (choice: Choice, doubt: Doubt) => choiceHint(choice, doubt, name);

	it('says whose the account and the card stay', () => {
		expect(hint('differentPerson', holder)).toBe(
			'Aylin Demir komt erbij. Het account youssef.celik en de kaart blijven van Youssef Çelik. Youssef Çelik krijgt nummer 000123-oud.'
		);
		expect(hint('samePerson', holder)).toContain(
			'Het account youssef.celik en de kaart zijn dan van Aylin Demir.'
		);
		const noCard = { ...holder, holder: { ...youssef, hasCard: false } };
		expect(hint('differentPerson', noCard)).toContain(
			'Het account youssef.celik blijft van Youssef Çelik.'
		);
		const noAccount = { ...holder, holder: { ...youssef, userName: null, hasCard: false } };
		expect(hint('differentPerson', noAccount)).toContain('Youssef Çelik blijft in uw school.');
	});

	it('says who gets the number, and asks on where that is not certain', () => {
		expect(hint('differentPerson', { ...holder, found, lines: [3] })).toBe(
			'Aylin Demir krijgt nummer 000123. Het account aylin.demir blijft van Aylin Demir. Het account youssef.celik en de kaart blijven van Youssef Çelik. Youssef Çelik krijgt het nummer op regel 3, of nummer 000123-oud als die rij wordt overgeslagen.'
		);
		const unsure = { ...holder, found: { ...found, by: 'source', certain: false } } as const;
		expect(hint('differentPerson', unsure)).toContain('Daarna vragen we of');
	});
});

describe('of a likely correction', () => {
	const same = { ...name, givenName: 'Youssef', familyName: 'Çelik' };
	const hint = (choice: Choice, doubt: Doubt) => choiceHint(choice, doubt, same);

	it('says what alone differs, and no national number', () => {
		expect(doubtText(birthDate, same)).toBe(
			'Nummer 000123 is van Youssef Çelik. In deze rij is de geboortedatum anders: 18-01-2017 in plaats van 17-01-2017. Is het dezelfde leerling?'
		);
		expect(doubtText({ ...holder, only: 'givenName' }, name)).toBe(
			'De voornaam is anders: Aylin in plaats van Youssef. Is het dezelfde leerling?'
		);
		expect(doubtText({ ...holder, differs: [], only: 'bsn' }, same)).toBe(
			'Het burgerservicenummer is anders dan dat van Youssef Çelik. Is het dezelfde leerling?'
		);
	});

	it('says that one is corrected, or that there are two', () => {
		expect(hint('samePerson', birthDate)).toBe(
			'Youssef houdt account en kaart. De geboortedatum wordt verbeterd.'
		);
		expect(hint('differentPerson', birthDate)).toBe(
			'Er komt een tweede Youssef Çelik bij, zonder account. De eerste houdt account en kaart, en krijgt nummer 000123-oud.'
		);
		const noAccount = { ...birthDate, holder: { ...youssef, userName: null, hasCard: false } };
		expect(hint('samePerson', noAccount)).toBe(
			'Youssef blijft dezelfde leerling. De geboortedatum wordt verbeterd.'
		);
		expect(hint('differentPerson', noAccount)).toMatch(/De eerste krijgt nummer 000123-oud\.$/);
	});
});

it('says of a row that is left out whose number goes to another row all the same', () => {
	expect(choiceHint('skip', holder, name)).toBe('Deze rij wordt niet overgenomen.');
	const freed = { holder: youssef.name, freed: '000123-oud', taker: name };
	expect(choiceHint('skip', holder, name, freed)).toBe(
		'Deze rij wordt niet overgenomen. Youssef Çelik krijgt wel nummer 000123-oud, want het nummer gaat naar Aylin Demir.'
	);
});

it('names the person whom the row may be about', () => {
	expect(doubtText({ ...base, ...other, by: 'name' }, name)).toContain('Aylin Demir (60351, 3A)');
});

it('shows both values of a field that was changed here', () => {
	const doubt = doubts.at(-1);
	if (!doubt) throw new Error('no doubt');
	expect(choiceHint('keepHere', doubt, name)).toBe('0499 00 11 22');
	expect(choiceHint('takeFile', doubt, name)).toBe('09 222 33 44');
});

it('writes dates and codes as a person reads them', () => {
	const birth = {
		kind: 'pupilIdentity',
		field: 'birthDate',
		from: null,
		to: '2015-11-07'
	} as const;
	expect(changeTexts(birth)).toEqual({ label: 'Geboortedatum', from: null, to: '07-11-2015' });
	const sex = { kind: 'pupilOfficial', field: 'sex', from: 'M', to: 'V' } as const;
	expect(changeTexts(sex)).toEqual({ label: 'Officieel geslacht', from: 'man', to: 'vrouw' });
	const end = { kind: 'enrolment', field: 'to', from: '2027-08-31', to: '2026-11-21' } as const;
	expect(changeTexts(end).label).toBe('Ingeschreven tot en met');
});

it('never shows a national number', () => {
	const add = { kind: 'nationalNumber', id: 'p', scheme: 'bsn', value: '269326728' } as const;
	expect(JSON.stringify(addedTexts([{ add }]))).not.toContain('2693');
	const change = { kind: 'nationalNumber', field: 'value', from: '269326728', to: '1' } as const;
	expect(JSON.stringify(changeTexts(change))).not.toContain('2693');
});

it('lists what a file says of somebody new, without ids and empty values', () => {
	const pupil = {
		kind: 'pupil',
		id: 'AAAAAAAAAAAAAAAAAAAAAA',
		pupilNumber: '60351',
		...name,
		groupId: 'BBBBBBBBBBBBBBBBBBBBBB'
	} as const;
	expect(addedTexts([{ add: pupil }])).toEqual([
		{ label: 'Stamnummer', value: '60351' },
		{ label: 'Voornaam', value: 'Aylin' },
		{ label: 'Achternaam', value: 'Demir' }
	]);
});

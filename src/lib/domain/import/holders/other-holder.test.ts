import { describe, expect, it } from 'vitest';
import type { SchoolState } from '../../state/school-state.ts';
import { decide } from '../plan-import.ts';
import type { Choice, ImportPlan } from '../plan.ts';
import type { RosterGuardian, RosterPupil, RosterStaff } from '../roster.ts';
import {
	carryOut,
	emptySchool,
	giveLeerId,
	importInto,
	plan,
	pupilRow,
	roster,
	today
} from '../testing.ts';

const youssef = pupilRow({
	pupilNumber: '000123',
	givenName: 'Youssef',
	familyName: 'Çelik',
	groupName: 'Groep 3A',
	birthDate: '2017-01-17',
	sex: 'M'
});
const anais = pupilRow({
	pupilNumber: '000123',
	givenName: 'Anaïs',
	namePrefix: 'van der',
	familyName: 'Berg',
	groupName: '5A',
	birthDate: '2014-03-09',
	sex: 'V'
});

/** A school in which everybody has a LeerID and a card. */
function schoolOf(...pupils: readonly RosterPupil[]): SchoolState {
	const state = emptySchool();
	importInto(state, roster({ pupils }));
	for (const { id } of [...state.all('pupil')]) giveLeerId(state, id);
	return state;
}

function decideAll(planned: ImportPlan, choice: Choice) {
	let result = planned;
	// What was decided may bring another question.
	for (let round = 0; round < 3; round++) {
		const doubts = result.people.flatMap((person) => person.doubts);
		const all = doubts.map(({ id, choices }) => [id, choices.includes(choice) ? choice : 'skip']);
		result = decide(result, Object.fromEntries(all) as Readonly<Record<string, Choice>>);
	}
	return result;
}

/** `000123 Youssef Çelik, user youssef.celik`, of everybody. */
function peopleIn(state: SchoolState): string[] {
	return [...state.all('pupil')]
		.map(({ id, pupilNumber, givenName, familyName }) => {
			const [leerId] = state.find('leerIdByPupil', id);
			const name = `${pupilNumber} ${givenName} ${familyName}`;
			return leerId ? `${name}, ${leerId.userName}` : name;
		})
		.sort();
}

function outcomes({ people }: ImportPlan): string[] {
	return people.map(({ outcome }) => outcome);
}

function doubtsIn({ people }: ImportPlan) {
	return people.flatMap(({ doubts }) => doubts);
}

describe('a reused number', () => {
	it('is asked about, and changes nothing as long as nobody decides', () => {
		const state = schoolOf(youssef);
		const planned = plan(state, roster({ pupils: [anais] }));
		expect(planned.counts).toMatchObject({ doubt: 1, changed: 0 });
		expect(doubtsIn(planned)).toMatchObject([
			{
				code: 'anotherPupil',
				choices: ['samePerson', 'differentPerson', 'skip'],
				holder: { name: { givenName: 'Youssef' }, userName: 'youssef.celik', hasCard: true },
				freedNumber: '000123-oud',
				found: null
			}
		]);
		const before = peopleIn(state);
		carryOut(state, planned);
		expect(peopleIn(state)).toEqual(before);
	});

	it('goes to the new pupil, and everything else stays with the old one', () => {
		const state = schoolOf(youssef);
		const [old] = state.find('pupilByNumber', '000123');
		const planned = decideAll(plan(state, roster({ pupils: [anais] })), 'differentPerson');
		expect(planned.counts).toMatchObject({ new: 1, doubt: 0 });
		carryOut(state, planned, planned.source.options.decisions);
		expect(peopleIn(state)).toEqual([
			'000123 Anaïs Berg',
			'000123-oud Youssef Çelik, youssef.celik'
		]);
		const id = old?.id ?? '';
		expect(state.find('cardByPupil', id)).toMatchObject([{ state: 'current' }]);
		expect(state.find('enrolmentByPupil', id)).toMatchObject([{ endReason: 'schoolYear' }]);
		expect(state.get('pupilIdentity', id)).toMatchObject({ birthDate: '2017-01-17', sex: 'M' });
	});

	it('lets the old pupil leave only where the file is the whole school', () => {
		const state = schoolOf(youssef);
		const planned = plan(state, roster({ pupils: [anais] }), { whole: true });
		expect(planned.counts.left).toBe(0);
		const decided = decideAll(planned, 'differentPerson');
		expect(decided.counts).toMatchObject({ new: 1, left: 1 });
		carryOut(state, decided, decided.source.options.decisions);
		const [old] = state.find('pupilByNumber', '000123-oud');
		expect(state.find('enrolmentByPupil', old?.id ?? '')).toMatchObject([
			{ to: today, endReason: 'left' }
		]);
		const back = { ...youssef, pupilNumber: '000999', sourceKey: '000999' };
		const again = decideAll(plan(state, roster({ pupils: [back] })), 'samePerson');
		expect(doubtsIn(again)).toMatchObject([{ code: 'otherNumber' }]);
	});

	it('is settled for the next file, and the old pupil is found again under a new number', () => {
		const state = schoolOf(youssef);
		const first = decideAll(plan(state, roster({ pupils: [anais] })), 'differentPerson');
		carryOut(state, first, first.source.options.decisions);
		expect(outcomes(plan(state, roster({ pupils: [anais] })))).toEqual(['unchanged']);
		const back = { ...youssef, pupilNumber: '000999', sourceKey: '000999' };
		const planned = plan(state, roster({ pupils: [anais, back] }));
		expect(doubtsIn(planned)).toMatchObject([{ code: 'otherNumber', otherNumber: '000123-oud' }]);
		const second = decideAll(planned, 'samePerson');
		carryOut(state, second, second.source.options.decisions);
		expect(peopleIn(state)).toEqual(['000123 Anaïs Berg', '000999 Youssef Çelik, youssef.celik']);
	});

	it('is still asked about where the row was chosen of two with one number', () => {
		const state = schoolOf(youssef);
		const file = roster({
			pupils: [
				{ ...youssef, line: 2 },
				{ ...anais, line: 3 }
			]
		});
		const planned = plan(state, file);
		const take = doubtsIn(planned).filter(({ code }) => code === 'numberUsedTwice');
		const decided = decide(planned, {
			[take[0]?.id ?? '']: 'skip',
			[take[1]?.id ?? '']: 'takeFile'
		});
		expect(outcomes(decided)).toEqual(['skipped', 'doubt']);
		expect(decided.people[1]?.doubts).toMatchObject([
			{ chosen: 'takeFile' },
			{ code: 'anotherPupil', chosen: null }
		]);
	});

	it('takes the corrected data where it is said to be the same pupil', () => {
		const state = schoolOf(youssef);
		const johannes = { ...youssef, givenName: 'Johannes' };
		const planned = decideAll(plan(state, roster({ pupils: [johannes] })), 'samePerson');
		expect(outcomes(planned)).toEqual(['changed']);
		carryOut(state, planned, planned.source.options.decisions);
		expect(peopleIn(state)).toEqual(['000123 Johannes Çelik, youssef.celik']);
		// A corrected roepnaam is not asked about again.
		expect(outcomes(plan(state, roster({ pupils: [johannes] })))).toEqual(['unchanged']);
	});
});

describe('a row of whoever has its number', () => {
	it.each<[string, Partial<RosterPupil>, 'changed' | 'doubt']>([
		['accents', { givenName: 'Yoüssef', familyName: 'Celik' }, 'changed'],
		['initials', { givenName: 'Y.' }, 'changed'],
		['one letter', { givenName: 'Yousef' }, 'changed'],
		['a group', { groupName: '4A' }, 'changed'],
		['an address', { contact: { street: 'Kerkstraat', city: 'Gent' } }, 'changed'],
		['a group, an address and no birth date', { groupName: '4A', birthDate: null }, 'changed'],
		['a maiden name', { familyName: 'Peeters' }, 'changed'],
		['a sex', { sex: 'V' }, 'changed'],
		['a birth date', { birthDate: '2017-01-18' }, 'doubt'],
		['a roepnaam', { givenName: 'Joes' }, 'doubt'],
		['a family name and a sex', { familyName: 'Peeters', sex: 'V' }, 'doubt'],
		['a letter and a family name', { givenName: 'Yousef', familyName: 'Peeters' }, 'doubt']
	])('that changes %s', (_, said, outcome) => {
		const planned = plan(schoolOf(youssef), roster({ pupils: [{ ...youssef, ...said }] }));
		// An emptied birth date changes what the school has, and says nothing of who it is.
		expect(outcomes(planned)).toEqual([outcome]);
	});

	it('is about the same pupil as before, whatever they are called here now', () => {
		const state = schoolOf(youssef);
		const [pupil] = state.find('pupilByNumber', '000123');
		if (pupil) state.apply({ puts: [{ ...pupil, givenName: 'Joe' }], removes: [] });
		const planned = plan(state, roster({ pupils: [youssef] }));
		expect(doubtsIn(planned)).toMatchObject([{ code: 'changedHere', field: 'givenName' }]);
		const taken = decideAll(planned, 'takeFile');
		carryOut(state, taken, taken.source.options.decisions);
		expect(peopleIn(state)).toEqual(['000123 Youssef Çelik, youssef.celik']);
	});
});

describe('brothers and sisters', () => {
	const tim = pupilRow({ pupilNumber: '1', givenName: 'Tim', birthDate: '2015-05-05', line: 2 });
	const tom = pupilRow({ pupilNumber: '2', givenName: 'Tom', birthDate: '2015-05-05', line: 3 });
	const swapped = [
		{ ...tom, pupilNumber: '1', sourceKey: '1', line: 2 },
		{ ...tim, pupilNumber: '2', sourceKey: '2', line: 3 }
	];

	it('who are twins are asked about where their numbers are swapped, one letter apart', () => {
		const state = schoolOf(tim, tom);
		const planned = plan(state, roster({ pupils: swapped }));
		expect(outcomes(planned)).toEqual(['doubt', 'doubt']);
		expect(doubtsIn(planned)).toMatchObject([
			{ holder: { name: { givenName: 'Tim' } }, found: { number: '2' }, lines: [3] },
			{ holder: { name: { givenName: 'Tom' } }, found: { number: '1' }, lines: [2] }
		]);
	});

	it('swap numbers in one import, and keep their accounts', () => {
		const state = schoolOf(tim, tom);
		const decided = decideAll(plan(state, roster({ pupils: swapped })), 'differentPerson');
		expect(decided.counts).toMatchObject({ changed: 2, doubt: 0, new: 0 });
		carryOut(state, decided, decided.source.options.decisions);
		expect(peopleIn(state)).toEqual(['1 Tom Peeters, tom.peeters', '2 Tim Peeters, tim.peeters']);
		expect(outcomes(plan(state, roster({ pupils: swapped })))).toEqual(['unchanged', 'unchanged']);
	});

	it('never become one person, whatever is decided of the two rows', () => {
		const choices = ['samePerson', 'differentPerson', 'skip'] as const;
		for (const first of choices) {
			for (const second of choices) {
				const state = schoolOf(tim, tom);
				const planned = plan(state, roster({ pupils: swapped }));
				const [one, other] = doubtsIn(planned);
				carryOut(state, planned, { [one?.id ?? '']: first, [other?.id ?? '']: second });
				expect(new Set(peopleIn(state).map((text) => text.split(', ')[0])).size).toBe(2);
				expect(state.count('leerId')).toBe(2);
			}
		}
	});

	it('are two where one gets the other’s number', () => {
		const state = schoolOf(tim);
		const lies = { ...tim, givenName: 'Lies', birthDate: '2018-02-02' };
		const planned = plan(state, roster({ pupils: [lies] }));
		expect(outcomes(planned)).toEqual(['doubt']);
	});

	it('are asked about where a row says the name of one who is elsewhere in the file', () => {
		const state = schoolOf(tim, tom);
		const planned = plan(state, roster({ pupils: [{ ...tim, givenName: 'Tom' }, tom] }));
		expect(outcomes(planned)).toEqual(['doubt', 'unchanged']);
	});
});

describe('a column of numbers that slipped', () => {
	const names = ['Aya', 'Bram', 'Cem', 'Dana', 'Emil', 'Fleur'];
	const pupils = names.map((givenName, at) =>
		pupilRow({
			pupilNumber: `${at + 1}`,
			givenName,
			familyName: `Van ${givenName}`,
			birthDate: `201${at}-01-01`,
			line: at + 2
		})
	);
	const numbered = (numberOf: (at: number) => number) =>
		pupils.map((row, at) => {
			const pupilNumber = `${numberOf(at)}`;
			return { ...row, pupilNumber, sourceKey: pupilNumber };
		});

	it.each<[string, (at: number) => number]>([
		['by one row', (at) => at + 2],
		['by one row, the first at the end', (at) => ((at + 1) % names.length) + 1],
		['upwards', (at) => at],
		['anyhow', (at) => [4, 1, 2, 6, 3, 5][at] ?? 0]
	])('%s is asked about row by row, and can be taken in one import', (_, numberOf) => {
		const state = schoolOf(...pupils);
		const file = roster({ pupils: numbered(numberOf) });
		const planned = plan(state, file);
		const unmoved = names.filter((_, at) => numberOf(at) === at + 1).length;
		expect(planned.counts.doubt).toBe(names.length - unmoved);
		expect(planned.counts.changed).toBe(0);
		const decided = decide(
			planned,
			Object.fromEntries(
				doubtsIn(planned).map(({ id, code }) => [
					id,
					code === 'anotherPupil' ? 'differentPerson' : 'samePerson'
				])
			)
		);
		expect(decided.counts).toMatchObject({ doubt: 0, new: 0 });
		carryOut(state, decided, decided.source.options.decisions);
		expect(peopleIn(state)).toEqual(
			names
				.map(
					(name, at) =>
						`${numberOf(at)} ${name} Van ${name}, ${name.toLowerCase()}.van${name.toLowerCase()}`
				)
				.sort()
		);
	});

	it('is taken for a whole school too, in mutations that each hold', () => {
		const many = Array.from({ length: 1_300 }, (_, at) =>
			pupilRow({
				pupilNumber: `${at}`,
				givenName: `Aylin ${'abcdefghij'[at % 10]}${at}`,
				familyName: `Van ${at}`,
				birthDate: `2014-01-${10 + (at % 19)}`
			})
		);
		const state = emptySchool();
		importInto(state, roster({ pupils: many }));
		const rotated = many.map((row, at) => {
			const pupilNumber = `${(at + 1) % many.length}`;
			return { ...row, pupilNumber, sourceKey: pupilNumber };
		});
		const decided = decideAll(plan(state, roster({ pupils: rotated })), 'differentPerson');
		expect(decided.counts).toMatchObject({ changed: many.length, doubt: 0 });
		carryOut(state, decided, decided.source.options.decisions);
		for (const { pupilNumber, familyName } of rotated) {
			expect(state.find('pupilByNumber', pupilNumber)).toMatchObject([{ familyName }]);
		}
	});
});

describe('other keys', () => {
	const national = '85073003328';

	it('of a package that belong to another pupil are asked about', () => {
		const state = emptySchool();
		const rows = [
			{ ...youssef, sourceKey: 'a' },
			{ ...anais, pupilNumber: '2', sourceKey: 'b' }
		];
		importInto(state, { ...roster({ pupils: rows }), format: 'OneRoster 1.2' });
		const mixed = { ...youssef, sourceKey: 'b' };
		const planned = plan(state, { ...roster({ pupils: [mixed] }), format: 'OneRoster 1.2' });
		expect(doubtsIn(planned)).toMatchObject([
			{ code: 'anotherPupil', found: { name: { givenName: 'Anaïs' } } }
		]);
	});

	it('that are a national number belong to one pupil', () => {
		const undated = { birthDate: null, sex: null };
		const other = { ...anais, ...undated, pupilNumber: '2', sourceKey: '2' };
		const state = schoolOf({ ...youssef, ...undated, nationalNumber: national }, other);
		expect(state.count('nationalNumber')).toBe(1);
		const renamed = { ...other, familyName: 'Maes', nationalNumber: national };
		const planned = plan(state, roster({ pupils: [renamed] }));
		expect(doubtsIn(planned)).toMatchObject([
			{ code: 'anotherPupil', holder: { number: '2' }, found: { number: '000123', certain: false } }
		]);
		// Of the pupil with that number the name is another: that is a question of its own.
		const asked = decideAll(planned, 'differentPerson');
		expect(doubtsIn(asked)).toMatchObject([
			{ code: 'anotherPupil' },
			{ code: 'otherNumber', by: 'nationalNumber', otherNumber: '000123' },
			{ code: 'nationalNumberUsedTwice' }
		]);
	});
});

describe('guardians and staff', () => {
	const mother: RosterGuardian = {
		line: 2,
		unreadable: [],
		sourceKey: 'g1',
		givenName: 'Fatma',
		initials: 'F.',
		familyName: 'Çelik',
		contact: { email: 'fatma@example.org' },
		pupils: [{ pupilSourceKey: '000123', relation: 'moeder' }]
	};
	const els: RosterStaff = {
		line: 2,
		unreadable: [],
		sourceKey: 'T1',
		staffNumber: 'T1',
		givenName: 'Els',
		familyName: 'Maes'
	};

	function linksIn(state: SchoolState): string[] {
		return [...state.all('guardianship')].map(({ guardianId, pupilId }) => {
			const guardian = state.get('guardian', guardianId);
			return `${guardian?.givenName} of ${state.get('pupil', pupilId)?.givenName}`;
		});
	}

	it('link the guardians of a row in doubt to nobody', () => {
		const state = schoolOf(youssef);
		importInto(state, roster({ pupils: [youssef], guardians: [mother] }));
		const saskia = { ...mother, sourceKey: 'g2', givenName: 'Saskia', familyName: 'Berg' };
		importInto(state, roster({ pupils: [anais], guardians: [saskia] }));
		expect(linksIn(state)).toEqual(['Fatma of Youssef']);
	});

	it('link them to the new pupil once that is decided, and leave the old pupil’s alone', () => {
		const state = schoolOf(youssef);
		importInto(state, roster({ pupils: [youssef], guardians: [mother] }));
		const saskia = { ...mother, sourceKey: 'g2', givenName: 'Saskia', familyName: 'Berg' };
		const file = roster({ pupils: [anais], guardians: [saskia] });
		const decided = decideAll(plan(state, file), 'differentPerson');
		carryOut(state, decided, decided.source.options.decisions);
		expect(linksIn(state)).toEqual(['Fatma of Youssef', 'Saskia of Anaïs']);
		// A file of guardians alone: the number stands for whoever has it now.
		const joost = { ...mother, sourceKey: 'g3', givenName: 'Joost', familyName: 'Berg' };
		importInto(state, roster({ guardians: [joost] }));
		expect(linksIn(state)).toContain('Joost of Anaïs');
	});

	it('link nobody by a number that is the old pupil’s no longer', () => {
		const state = schoolOf(youssef);
		importInto(state, roster({ pupils: [youssef], guardians: [mother] }));
		const decided = decideAll(plan(state, roster({ pupils: [anais] })), 'differentPerson');
		carryOut(state, decided, decided.source.options.decisions);
		importInto(state, roster({ guardians: [mother] }));
		expect(linksIn(state)).toEqual(['Fatma of Youssef']);
	});

	it('ask where a key of the package was another guardian’s', () => {
		const state = schoolOf(youssef);
		importInto(state, roster({ pupils: [youssef], guardians: [mother] }));
		const other = { ...mother, givenName: 'Saskia', initials: 'S.', familyName: 'Berg' };
		const planned = plan(state, roster({ pupils: [youssef], guardians: [other] }));
		expect(doubtsIn(planned)).toMatchObject([
			{ code: 'anotherPerson', holder: { name: { givenName: 'Fatma' } } }
		]);
		const decided = decideAll(planned, 'differentPerson');
		carryOut(state, decided, decided.source.options.decisions);
		expect([...state.all('guardian')].map(({ givenName }) => givenName)).toEqual([
			'Fatma',
			'Saskia'
		]);
		expect(outcomes(plan(state, roster({ pupils: [youssef], guardians: [other] })))).toEqual([
			'unchanged',
			'unchanged'
		]);
	});

	it('know a guardian by initials again', () => {
		const state = schoolOf(youssef);
		importInto(state, roster({ pupils: [youssef], guardians: [mother] }));
		const shorter = { ...mother, givenName: '' };
		const planned = plan(state, roster({ pupils: [youssef], guardians: [shorter] }));
		expect(doubtsIn(planned).filter(({ code }) => code === 'anotherPerson')).toEqual([]);
	});

	it('ask where a staff number was another’s, and keep both people', () => {
		const state = emptySchool();
		importInto(state, roster({ staff: [els] }));
		const piet = { ...els, givenName: 'Piet', familyName: 'Claes' };
		const planned = plan(state, roster({ staff: [piet] }));
		expect(doubtsIn(planned)).toMatchObject([{ code: 'anotherPerson', freedNumber: 'T1-oud' }]);
		const decided = decideAll(planned, 'differentPerson');
		carryOut(state, decided, decided.source.options.decisions);
		const staff = [...state.all('staff')].map(({ staffNumber, givenName }) => [
			staffNumber,
			givenName
		]);
		expect(staff).toEqual([
			['T1-oud', 'Els'],
			['T1', 'Piet']
		]);
		expect(outcomes(plan(state, roster({ staff: [piet] })))).toEqual(['unchanged']);
	});
});

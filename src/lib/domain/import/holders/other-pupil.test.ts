import { describe, expect, it } from 'vitest';
import { choicesForAll, reasonOf } from '../plan.ts';
import { decide } from '../plan-import.ts';
import type { RosterPupil } from '../roster.ts';
import { carryOut, emptySchool, importInto, plan, roster, today } from '../testing.ts';
import { anais, decideAll, doubtsIn, outcomes, peopleIn, schoolOf, youssef } from './testing.ts';

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
		expect(planned.counts).toMatchObject({ new: 1, changed: 1, doubt: 0 });
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

describe('a likely correction', () => {
	const onlyOf = (said: Partial<RosterPupil>, ...more: RosterPupil[]) => {
		const pupils = [{ ...youssef, ...said }, ...more];
		const planned = plan(schoolOf(youssef), roster({ pupils }));
		const doubt = doubtsIn(planned).find(({ code }) => code === 'anotherPupil');
		if (doubt?.code !== 'anotherPupil') throw new Error('not asked');
		return { only: doubt.only, reason: reasonOf(doubt), forAll: choicesForAll(doubt) };
	};
	const corrected = { birthDate: '2017-01-18' };

	it('of the birth date alone is a reason of its own, and makes nobody a double in bulk', () => {
		const expected = {
			only: 'birthDate',
			reason: 'otherBirthDate',
			forAll: ['samePerson', 'skip']
		};
		expect(onlyOf(corrected)).toEqual(expected);
		expect(onlyOf({ ...corrected, sex: 'V' })).toEqual(expected);
		expect(onlyOf({ ...corrected, givenName: 'Youssèf' })).toEqual(expected);
	});

	it('of the given name alone stays among other names', () => {
		expect(onlyOf({ givenName: 'Joes' })).toEqual({
			only: 'givenName',
			reason: 'anotherPupil',
			forAll: ['differentPerson', 'skip']
		});
	});

	it('is none where a name differs too, or is not said', () => {
		expect(onlyOf({ ...corrected, givenName: 'Yousef' }).only).toBeNull();
		expect(onlyOf({ ...corrected, familyName: 'Peeters' }).only).toBeNull();
		expect(onlyOf({ ...corrected, givenName: '' }).only).toBeNull();
	});

	it('is none where another row may be about the same pupil', () => {
		const other = { ...youssef, pupilNumber: '9', sourceKey: '9', line: 3 };
		expect(onlyOf(corrected, other).only).toBeNull();
		expect(onlyOf(corrected, { ...other, ...corrected }).only).toBeNull();
		expect(onlyOf(corrected, { ...youssef, line: 3 }).only).toBeNull();
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

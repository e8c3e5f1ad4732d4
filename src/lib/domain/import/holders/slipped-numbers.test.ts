import { describe, expect, it } from 'vitest';
import type { Choice } from '../plan.ts';
import { decide } from '../plan-import.ts';
import { carryOut, emptySchool, importInto, plan, pupilRow, roster } from '../testing.ts';
import { freedIfSkipped } from './freed-if-skipped.ts';
import { decideAll, doubtsIn, outcomes, peopleIn, schoolOf } from './testing.ts';

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

	it('are told whose number is given up where one of the rows is skipped', () => {
		const state = schoolOf(tim, tom);
		const planned = plan(state, roster({ pupils: swapped }));
		const [first, second] = doubtsIn(planned);
		const [, row] = planned.people;
		if (!first || !second || !row) throw new Error('not asked');
		const freed = (choice: Choice | null) =>
			freedIfSkipped(planned.people, row, second, ({ id }) => (id === first.id ? choice : null));
		expect(freed(null)).toBeUndefined();
		expect(freed('samePerson')).toBeUndefined();
		expect(freed('skip')).toBeUndefined();
		expect(freed('differentPerson')).toMatchObject({
			holder: { givenName: 'Tim' },
			freed: '1-oud',
			taker: { givenName: 'Tom' }
		});
	});

	it('count as changed where one of the rows is skipped, and that pupil gives the number up', () => {
		const state = schoolOf(tim, tom);
		const planned = plan(state, roster({ pupils: swapped }));
		const [one, other] = doubtsIn(planned);
		const decisions = { [one?.id ?? '']: 'differentPerson', [other?.id ?? '']: 'skip' } as const;
		const decided = decide(planned, decisions);
		expect(decided.counts).toMatchObject({ new: 0, changed: 2, skipped: 1 });
		expect(decided.people.map(({ outcome, number }) => `${outcome} ${number}`)).toEqual([
			'changed 1',
			'skipped 2',
			'changed 1'
		]);
		expect(decided.people[2]).toMatchObject({
			name: { givenName: 'Tim' },
			changes: [{ kind: 'pupil', field: 'pupilNumber', from: '1', to: '1-oud' }]
		});
		carryOut(state, planned, decisions);
		expect(peopleIn(state)).toEqual([
			'1 Tom Peeters, tom.peeters',
			'1-oud Tim Peeters, tim.peeters'
		]);
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

	it('is taken for a whole school but for a row that is skipped, whose pupil gives the number up', () => {
		const many = Array.from({ length: 1_300 }, (_, at) =>
			pupilRow({
				pupilNumber: `${100_000 + at}`,
				givenName: `Aylin ${'abcdefghij'[at % 10]}${at}`,
				familyName: `Van ${at}`,
				birthDate: `2014-01-${10 + (at % 19)}`
			})
		);
		const state = emptySchool();
		importInto(state, roster({ pupils: many }));
		const slipped = many.slice(1, 701).map((row, at) => {
			const pupilNumber = `${100_000 + at}`;
			return { ...row, pupilNumber, sourceKey: pupilNumber };
		});
		const planned = decideAll(plan(state, roster({ pupils: slipped })), 'differentPerson');
		const skipped = planned.people[690];
		const decisions = { ...planned.source.options.decisions };
		for (const { id } of skipped?.doubts ?? []) decisions[id] = 'skip';
		const commands = carryOut(state, planned, decisions);
		expect(commands.length).toBeGreaterThan(2);
		const nameAt = (number: string) => state.find('pupilByNumber', number)[0]?.familyName;
		expect(nameAt('100000')).toBe('Van 1');
		expect(nameAt('100000-oud')).toBe('Van 0');
		expect(nameAt('100689')).toBe('Van 690');
		expect(nameAt('100691')).toBe('Van 692');
	});
});

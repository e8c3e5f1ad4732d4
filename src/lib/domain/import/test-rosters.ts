import fc from 'fast-check';
import type { IsoDate } from '../kernel/ids.ts';
import type { Sex } from '../kernel/numbers/national-number.ts';
import { decide } from './plan-import.ts';
import type { Choice, Decisions, ImportPlan } from './plan.ts';
import type { Roster, RosterGuardian, RosterPupil, RosterStaff } from './roster.ts';

/** Files, and decisions about them, for the property tests of this folder. */

/** Few names and numbers, so that rows collide in every way there is. */
const givenName = fc.constantFrom('Aylin', 'Bo', 'Cem', 'Łukasz', '');
const familyName = fc.constantFrom('Peeters', 'Maes', 'Öz', '');
const number = fc.constantFrom('1', '2', '3', '4', '5', '6', '');
const date = fc.constantFrom<IsoDate | null | undefined>(
	'2014-11-07',
	'2026-09-01',
	'2027-09-01',
	'2026-11-21',
	'2026-06-30',
	'2028-01-01',
	null,
	undefined
);
const nationalNumber = fc.constantFrom(
	undefined,
	'',
	'85073003328',
	'17073003384',
	'98472899765',
	'85073003327'
);

const pupil: fc.Arbitrary<RosterPupil> = fc
	.record({
		number,
		givenName,
		familyName,
		namePrefix: fc.constantFrom(undefined, '', 'van'),
		groupName: fc.constantFrom(undefined, '', '3A', '3a', '4B'),
		birthDate: date,
		sex: fc.constantFrom<Sex | null | undefined>('M', 'V', null, undefined),
		nationalNumber,
		official: fc.option(fc.record({ givenName, familyName }), { nil: undefined }),
		contact: fc.option(fc.record({ email: fc.constantFrom('', 'a@b.be', 'c@d.be') }), {
			nil: undefined
		}),
		enrolledFrom: date,
		enrolledTo: date,
		line: fc.integer({ min: 2, max: 40 }),
		unreadable: fc.constantFrom([], [], [], [{ field: 'birthDate', text: '31-2-2014' }])
	})
	.map(({ number, ...row }) => ({ ...row, pupilNumber: number, sourceKey: number }));

const guardian: fc.Arbitrary<RosterGuardian> = fc.record({
	sourceKey: fc.constantFrom('a', 'b', 'c'),
	givenName,
	familyName,
	contact: fc.option(fc.record({ phone: fc.constantFrom('', '1', '2') }), { nil: undefined }),
	pupils: fc.array(
		fc.record({
			pupilSourceKey: fc.constantFrom('1', '2', '3', '4', '5', '6'),
			relation: fc.constantFrom('', 'moeder', 'vader'),
			authority: fc.constantFrom(true, false, null, undefined)
		}),
		{ maxLength: 3 }
	),
	line: fc.integer({ min: 2, max: 40 }),
	unreadable: fc.constant([])
});

const staff: fc.Arbitrary<RosterStaff> = fc.record({
	sourceKey: number,
	staffNumber: number,
	givenName,
	familyName,
	job: fc.constantFrom(undefined, '', 'leerkracht'),
	groupNames: fc.constantFrom(undefined, [], ['3A'], ['3A', '4B']),
	line: fc.integer({ min: 2, max: 40 }),
	unreadable: fc.constant([])
});

export const rosters: fc.Arbitrary<Roster> = fc.record({
	format: fc.constantFrom('CSV', 'OneRoster 1.1'),
	pupils: fc.array(pupil, { maxLength: 8 }),
	guardians: fc.uniqueArray(guardian, { maxLength: 3, selector: (row) => row.sourceKey }),
	staff: fc.array(staff, { maxLength: 3 })
});
/** Which of the choices is taken, for any number of doubts. */
export const choosing = fc.func<[string], number>(fc.nat(5));

function decideAll(planned: ImportPlan, choose: (id: string) => number): Decisions {
	const decisions: Record<string, Choice> = {};
	for (const { doubts } of planned.people) {
		for (const { id, choices } of doubts) {
			const chosen = choices[choose(id) % choices.length];
			if (chosen) decisions[id] = chosen;
		}
	}
	return decisions;
}

/** Decides until no decision brings a doubt that was not seen before. */
export function decideFully(planned: ImportPlan, choose: (id: string) => number): Decisions {
	let decisions: Decisions = {};
	for (let round = 0; round < 4; round++) {
		decisions = decideAll(decide(planned, decisions), choose);
	}
	return decisions;
}

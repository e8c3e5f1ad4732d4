import { describe, expect, it } from 'vitest';
import type { Enrolment } from '../people/kinds.ts';
import type { SchoolState } from '../registry/state.ts';
import { decide } from './plan-import.ts';
import {
	allDecided,
	emptySchool,
	importInto,
	newId,
	only,
	plan,
	pupilRow,
	roster,
	carryOut
} from './testing.ts';

function enrolmentsOf(state: SchoolState, number: string): Enrolment[] {
	const [pupil] = state.find('pupilByNumber', number);
	return pupil ? [...state.find('enrolmentByPupil', pupil.id)] : [];
}

describe('a first import', () => {
	it('makes pupils with their group, birth date, contact and enrolment, and no credentials', () => {
		const state = emptySchool();
		const row = pupilRow({
			pupilNumber: '60351',
			namePrefix: 'van',
			groupName: '6de leerjaar',
			birthDate: '2014-11-07',
			sex: 'V',
			contact: { email: 'a@example.org' },
			enrolledFrom: '2020-09-01',
			enrolledTo: null
		});
		const planned = importInto(state, roster({ pupils: [row] }));
		expect(planned.counts).toMatchObject({ new: 1, doubt: 0 });
		const [pupil] = state.find('pupilByNumber', '60351');
		expect(pupil).toMatchObject({ givenName: 'Aylin', namePrefix: 'van', familyName: 'Peeters' });
		const id = pupil?.id ?? '';
		expect(state.get('group', pupil?.groupId ?? '')?.name).toBe('6de leerjaar');
		expect(state.get('pupilIdentity', id)).toMatchObject({ birthDate: '2014-11-07', sex: 'V' });
		expect(state.get('pupilContact', id)?.email).toBe('a@example.org');
		expect(enrolmentsOf(state, '60351')).toMatchObject([
			{ from: '2020-09-01', to: '2027-08-31', endReason: 'schoolYear' }
		]);
		expect([...state.all('leerId')]).toEqual([]);
		expect([...state.all('importRun')]).toMatchObject([
			{ added: 1, changed: 0, left: 0, skipped: 0 }
		]);
	});

	it('uses a group that exists, whatever its capitals', () => {
		const state = emptySchool();
		importInto(state, roster({ pupils: [pupilRow({ pupilNumber: '1', groupName: '3A' })] }));
		importInto(
			state,
			roster({ pupils: [pupilRow({ pupilNumber: '2', givenName: 'Bo', groupName: '3a' })] })
		);
		expect([...state.all('group')]).toHaveLength(1);
	});
});

describe('a later import', () => {
	it('names each field that changed, and leaves the others', () => {
		const state = emptySchool();
		importInto(state, roster({ pupils: [pupilRow({ pupilNumber: '1', groupName: '3A' })] }));
		const planned = importInto(
			state,
			roster({ pupils: [pupilRow({ pupilNumber: '1', groupName: '4A', familyName: 'Pieters' })] })
		);
		expect(only(planned)).toMatchObject({
			outcome: 'changed',
			changes: [
				{ kind: 'pupil', field: 'familyName', from: 'Peeters', to: 'Pieters' },
				{ kind: 'pupil', field: 'groupName', from: '3A', to: '4A' }
			]
		});
		expect(state.find('pupilByNumber', '1')).toMatchObject([{ familyName: 'Pieters' }]);
	});

	it('keeps what the file says nothing of', () => {
		const state = emptySchool();
		const row = pupilRow({ pupilNumber: '1', birthDate: '2014-01-02', contact: { city: 'Gent' } });
		importInto(state, roster({ pupils: [row] }));
		const planned = importInto(state, roster({ pupils: [pupilRow({ pupilNumber: '1' })] }));
		expect(only(planned).outcome).toBe('unchanged');
		const [pupil] = state.find('pupilByNumber', '1');
		expect(state.get('pupilContact', pupil?.id ?? '')?.city).toBe('Gent');
	});

	it('lets nobody leave unless the file is the whole school', () => {
		const state = emptySchool();
		importInto(state, roster({ pupils: [pupilRow({ pupilNumber: '1' })] }));
		const file = roster({ pupils: [pupilRow({ pupilNumber: '2', givenName: 'Bo' })] });
		expect(plan(state, file).counts.left).toBe(0);
		const whole = plan(state, file, { whole: true });
		expect(whole.counts.left).toBe(1);
		carryOut(state, whole);
		expect(enrolmentsOf(state, '1')).toMatchObject([{ to: '2026-11-21', endReason: 'left' }]);
		expect(plan(state, file, { whole: true }).counts).toMatchObject({ left: 0, unchanged: 1 });
	});

	it('gives a new enrolment to a pupil who comes back', () => {
		const state = emptySchool();
		const row = pupilRow({ pupilNumber: '1', enrolledFrom: '2025-09-01' });
		importInto(state, roster({ pupils: [row] }));
		importInto(state, roster({}), { whole: true });
		const later = { today: '2027-01-10' };
		importInto(state, roster({ pupils: [row] }), later);
		expect(enrolmentsOf(state, '1')).toMatchObject([
			{ from: '2025-09-01', to: '2026-11-21', endReason: 'left' },
			{ from: '2027-01-10', to: '2027-08-31', endReason: 'schoolYear' }
		]);
		expect(plan(state, roster({ pupils: [row] }), later).counts.unchanged).toBe(1);
	});

	it('lengthens the enrolment in the next school year, and takes the end that a file gives', () => {
		const state = emptySchool();
		const row = pupilRow({ pupilNumber: '1', enrolledFrom: '2026-09-01' });
		importInto(state, roster({ pupils: [row] }));
		importInto(state, roster({ pupils: [row] }), { today: '2027-08-31' });
		expect(enrolmentsOf(state, '1')).toMatchObject([{ to: '2027-08-31' }]);
		importInto(state, roster({ pupils: [{ ...row, enrolledTo: '2027-12-24' }] }), {
			today: '2027-08-31'
		});
		expect(enrolmentsOf(state, '1')).toMatchObject([{ to: '2027-12-24', endReason: 'file' }]);
	});

	it('plans an enrolment for next year beside the one that runs', () => {
		const state = emptySchool();
		importInto(state, roster({ pupils: [pupilRow({ pupilNumber: '1' })] }));
		const next = pupilRow({ pupilNumber: '1', enrolledFrom: '2027-09-01' });
		importInto(state, roster({ pupils: [next] }));
		expect(enrolmentsOf(state, '1').map(({ from, to }) => [from, to])).toEqual([
			['2026-11-21', '2027-08-31'],
			['2027-09-01', '2028-08-31']
		]);
	});
});

describe('doubt', () => {
	it('asks about the same name and birth date under another number, and never guesses', () => {
		const state = emptySchool();
		const known = pupilRow({ pupilNumber: '1', birthDate: '2014-11-07' });
		importInto(state, roster({ pupils: [known] }));
		const file = roster({ pupils: [{ ...known, pupilNumber: '9', sourceKey: '9' }] });
		const planned = plan(state, file, { whole: true });
		const person = only(planned);
		expect(person).toMatchObject({ outcome: 'doubt', writes: [] });
		expect(person.doubts).toMatchObject([
			{ code: 'otherNumber', by: 'nameAndBirthDate', otherNumber: '1' }
		]);
		expect(planned.counts.left).toBe(0);
		const same = decide(planned, allDecided(planned, 'samePerson'));
		expect(only(same).changes).toMatchObject([{ field: 'pupilNumber', from: '1', to: '9' }]);
		const other = decide(planned, allDecided(planned, 'differentPerson'));
		expect(other.counts).toMatchObject({ new: 1, left: 1 });
	});

	it('takes one of the rows that share a number, and only one', () => {
		const state = emptySchool();
		const rows = [
			pupilRow({ pupilNumber: '5', line: 2 }),
			pupilRow({ pupilNumber: '5', line: 3, givenName: 'Bo' })
		];
		const planned = plan(state, roster({ pupils: rows }));
		expect(planned.people.map(({ outcome }) => outcome)).toEqual(['doubt', 'doubt']);
		expect(planned.people[0]?.doubts[0]).toMatchObject({ code: 'numberUsedTwice', lines: [3] });
		const both = decide(planned, allDecided(planned, 'takeFile'));
		expect(both.people.map(({ outcome }) => outcome)).toEqual(['new', 'doubt']);
	});

	it('asks about a number of the register that is not valid, and makes no official data of it', () => {
		const state = emptySchool();
		const official = { givenName: 'Aylin Maria', familyName: 'Peeters' };
		const row = pupilRow({ pupilNumber: '1', nationalNumber: '85073003327', official });
		const planned = plan(state, roster({ pupils: [row] }));
		expect(only(planned).doubts).toMatchObject([{ code: 'invalidNationalNumber' }]);
		expect(JSON.stringify(planned.people)).not.toContain('85073003327');
		carryOut(state, planned, allDecided(planned, 'withoutValue'));
		expect(state.count('pupil')).toBe(1);
		expect(state.count('pupilOfficial')).toBe(0);
		importInto(state, roster({ pupils: [{ ...row, nationalNumber: '85.07.30-033.28' }] }));
		expect([...state.all('nationalNumber')]).toMatchObject([{ value: '85073003328' }]);
		expect([...state.all('pupilOfficial')]).toMatchObject([official]);
	});

	it('keeps official data that a later file does not have', () => {
		const state = emptySchool();
		const official = { givenName: 'Aylin Maria', familyName: 'Peeters' };
		const row = pupilRow({ pupilNumber: '1', nationalNumber: '85073003328', official });
		importInto(state, roster({ pupils: [row] }));
		importInto(state, roster({ pupils: [pupilRow({ pupilNumber: '1', nationalNumber: '' })] }));
		expect(state.count('pupilOfficial')).toBe(1);
		expect(state.count('nationalNumber')).toBe(1);
	});

	it('imports a row without the date that is none, when told so', () => {
		const state = emptySchool();
		const unreadable = [{ field: 'birthDate', text: '31-2-2014' }];
		importInto(
			state,
			roster({ pupils: [pupilRow({ pupilNumber: '1', birthDate: '2014-02-28' })] })
		);
		const row = pupilRow({ pupilNumber: '1', birthDate: null, unreadable });
		const planned = plan(state, roster({ pupils: [row] }));
		expect(only(planned).doubts).toMatchObject([
			{ code: 'unreadableValue', field: 'birthDate', text: '31-2-2014', chosen: null }
		]);
		carryOut(state, planned, allDecided(planned, 'withoutValue'));
		expect([...state.all('pupilIdentity')]).toMatchObject([{ birthDate: '2014-02-28' }]);
	});

	it('offers no other choice than to leave out a new row without a number or a name', () => {
		const state = emptySchool();
		const rows = [
			pupilRow({ pupilNumber: '', line: 2 }),
			pupilRow({ pupilNumber: '7', line: 3, givenName: '', familyName: '' })
		];
		const planned = plan(state, roster({ pupils: rows }));
		expect(planned.people.map(({ doubts }) => doubts)).toMatchObject([
			[{ code: 'missingNumber', choices: ['skip'] }],
			[{ code: 'missingName', choices: ['skip'] }]
		]);
	});
});

describe('a field changed here since the last import', () => {
	function changedHere(): SchoolState {
		const state = emptySchool();
		importInto(state, roster({ pupils: [pupilRow({ pupilNumber: '1', givenName: 'Ailin' })] }));
		const [pupil] = state.find('pupilByNumber', '1');
		if (pupil) state.apply({ puts: [{ ...pupil, givenName: 'Aylin' }], removes: [] });
		return state;
	}
	const file = roster({ pupils: [pupilRow({ pupilNumber: '1', givenName: 'Ailin' })] });

	it('is in doubt, with what it was, is here, and is in the file', () => {
		const planned = plan(changedHere(), file);
		expect(only(planned).doubts).toMatchObject([
			{ code: 'changedHere', field: 'givenName', before: 'Ailin', here: 'Aylin', inFile: 'Ailin' }
		]);
	});

	it('is not asked about again once it was kept, until the file says something else', () => {
		const state = changedHere();
		const planned = plan(state, file);
		carryOut(state, planned, allDecided(planned, 'keepHere'));
		expect(state.find('pupilByNumber', '1')).toMatchObject([{ givenName: 'Aylin' }]);
		expect(plan(state, file).counts).toMatchObject({ unchanged: 1, doubt: 0 });
		const other = roster({ pupils: [pupilRow({ pupilNumber: '1', givenName: 'Elin' })] });
		expect(plan(state, other).counts.doubt).toBe(1);
	});

	it('is overwritten only when that is decided', () => {
		const state = changedHere();
		const planned = plan(state, file);
		carryOut(state, planned);
		expect(state.find('pupilByNumber', '1')).toMatchObject([{ givenName: 'Aylin' }]);
		carryOut(state, planned, allDecided(planned, 'takeFile'));
		expect(state.find('pupilByNumber', '1')).toMatchObject([{ givenName: 'Ailin' }]);
	});
});

it('keeps the keys of packages apart', () => {
	const state = emptySchool();
	const first = pupilRow({ pupilNumber: '900', sourceKey: '1' });
	importInto(state, { ...roster({ pupils: [first] }), format: 'OneRoster 1.1' });
	const other = pupilRow({ pupilNumber: '1', givenName: 'Bo' });
	expect(only(plan(state, roster({ pupils: [other] }), { newId })).outcome).toBe('new');
});

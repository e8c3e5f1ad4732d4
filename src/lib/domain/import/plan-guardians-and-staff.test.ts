import { describe, expect, it } from 'vitest';
import { decide } from './plan-import.ts';
import { allDecided, emptySchool, importInto, only, plan, pupilRow, roster } from './testing.ts';

describe('guardians and staff', () => {
	const children = [
		pupilRow({ pupilNumber: '1', birthDate: '2014-01-01' }),
		pupilRow({ pupilNumber: '2', givenName: 'Bo', birthDate: '2016-01-01' })
	];
	const guardian = {
		line: 2,
		unreadable: [],
		sourceKey: 'an peeters/an@example.org',
		givenName: 'An',
		familyName: 'Peeters',
		contact: { email: 'an@example.org' },
		pupils: [
			{ pupilSourceKey: '1', relation: 'moeder' },
			{ pupilSourceKey: '2', relation: 'moeder', authority: false }
		]
	};

	it('links one guardian to several children', () => {
		const state = emptySchool();
		importInto(state, roster({ pupils: children, guardians: [guardian] }));
		expect(state.count('guardian')).toBe(1);
		expect([...state.all('guardianship')]).toMatchObject([
			{ relation: 'moeder', authority: null, receivesMail: true },
			{ relation: 'moeder', authority: false, receivesMail: false }
		]);
	});

	it('finds a guardian with another key again by name and child', () => {
		const state = emptySchool();
		importInto(state, roster({ pupils: children, guardians: [guardian] }));
		const moved = {
			...guardian,
			sourceKey: 'an peeters/new',
			contact: { email: 'new@example.org' }
		};
		const planned = importInto(state, roster({ pupils: children, guardians: [moved] }));
		expect(planned.counts).toMatchObject({ changed: 1, new: 0 });
		expect([...state.all('guardianContact')]).toMatchObject([{ email: 'new@example.org' }]);
	});

	it('waits with a guardian whose only child is in doubt', () => {
		const state = emptySchool();
		const nobody = pupilRow({ pupilNumber: '1', givenName: '', familyName: '' });
		const planned = plan(state, roster({ pupils: [nobody], guardians: [guardian] }), {});
		expect(planned.people[1]?.doubts).toMatchObject([{ code: 'childNotFound', number: '2' }]);
		expect(decide(planned, allDecided(planned, 'withoutValue')).people[1]?.outcome).toBe('skipped');
	});

	it('knows staff by number, and makes the groups they teach', () => {
		const state = emptySchool();
		const teacher = {
			line: 2,
			unreadable: [],
			sourceKey: 'T1',
			staffNumber: 'T1',
			givenName: 'Els',
			familyName: 'Maes',
			job: 'leerkracht',
			groupNames: ['3A', '3B']
		};
		importInto(state, roster({ staff: [teacher] }));
		expect([...state.all('group')].map(({ name }) => name)).toEqual(['3A', '3B']);
		const planned = importInto(state, roster({ staff: [{ ...teacher, groupNames: ['3A'] }] }));
		expect(only(planned).changes).toEqual([
			{ kind: 'staff', field: 'groupNames', from: '3A, 3B', to: '3A' }
		]);
	});
});

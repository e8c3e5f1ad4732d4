import { describe, expect, it } from 'vitest';
import type { RosterStaff } from '../roster.ts';
import { carryOut, emptySchool, importInto, plan, roster } from '../testing.ts';
import { decideAll, doubtsIn, outcomes } from './testing.ts';

describe('staff', () => {
	const els: RosterStaff = {
		line: 2,
		unreadable: [],
		sourceKey: 'T1',
		staffNumber: 'T1',
		givenName: 'Els',
		familyName: 'Maes'
	};

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

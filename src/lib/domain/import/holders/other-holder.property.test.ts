import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAnotherPerson, type Identity } from '../../people/identity/same-person.ts';
import type { Id } from '../../kernel/ids.ts';
import type { SchoolState } from '../../registry/state.ts';
import { identityOf } from './known-pupils.ts';
import { decide } from '../plan-import.ts';
import { choosing, decideFully, rosters } from '../test-rosters.ts';
import { carryOut, emptySchool, giveLeerId, plan } from '../testing.ts';

/** A school as a file makes it, in which everybody has a LeerID and a card. */
function schoolOf(file: Parameters<typeof plan>[1], choose: (id: string) => number): SchoolState {
	const state = emptySchool();
	const planned = plan(state, file);
	carryOut(state, planned, decideFully(planned, choose));
	for (const { id } of [...state.all('pupil')]) giveLeerId(state, id);
	return state;
}

function identities(state: SchoolState): Map<Id, Identity> {
	return new Map([...state.all('pupil')].map((pupil) => [pupil.id, identityOf(state, pupil)]));
}

/** The records that hang on a person, by the record of that person. */
function hangings(state: SchoolState): string[] {
	return (['leerId', 'credentialCard', 'guardianship', 'account'] as const).flatMap((kind) =>
		[...state.all(kind)].map((record) => {
			const of = 'pupilId' in record ? record.pupilId : record.guardianId;
			return `${kind} ${record.id} ${of}`;
		})
	);
}

function expectNumbersToBeUnique(state: SchoolState): void {
	const numbers = [...state.all('pupil')].map(({ pupilNumber }) => pupilNumber);
	expect(new Set(numbers).size).toBe(numbers.length);
}

describe('the accounts of a school', () => {
	it('become nobody else’s in an import of which nothing is decided', () => {
		fc.assert(
			fc.property(rosters, rosters, fc.boolean(), choosing, (first, second, whole, choose) => {
				const state = schoolOf(first, choose);
				const before = identities(state);
				const held = hangings(state);
				carryOut(state, plan(state, second, { whole }));
				for (const [id, known] of before) {
					const pupil = state.get('pupil', id);
					if (!pupil) throw new Error('a pupil is gone');
					expect(isAnotherPerson(known, identityOf(state, pupil))).toBe(false);
				}
				expect(hangings(state)).toEqual(expect.arrayContaining(held));
				expectNumbersToBeUnique(state);
			}),
			{ numRuns: 300 }
		);
	});

	it('stay with their person whatever is decided, unless it is said to be the same one', () => {
		fc.assert(
			fc.property(rosters, rosters, fc.boolean(), choosing, (first, second, whole, choose) => {
				const state = schoolOf(first, choose);
				const before = identities(state);
				const held = hangings(state);
				const planned = plan(state, second, { whole });
				const decisions = decideFully(planned, choose);
				const said = new Set(
					decide(planned, decisions)
						.people.filter(({ doubts }) =>
							doubts.some(({ chosen }) => chosen === 'samePerson' || chosen === 'takeFile')
						)
						.map(({ id }) => id)
				);
				carryOut(state, planned, decisions);
				for (const [id, known] of before) {
					const pupil = state.get('pupil', id);
					if (!pupil) throw new Error('a pupil is gone');
					if (said.has(id)) continue;
					expect(isAnotherPerson(known, identityOf(state, pupil))).toBe(false);
				}
				expect(hangings(state)).toEqual(expect.arrayContaining(held));
				expectNumbersToBeUnique(state);
			}),
			{ numRuns: 300 }
		);
	});
});

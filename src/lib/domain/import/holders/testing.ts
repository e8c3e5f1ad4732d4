import type { SchoolState } from '../../registry/state.ts';
import { decide } from '../plan-import.ts';
import type { Choice, ImportPlan } from '../plan.ts';
import type { RosterPupil } from '../roster.ts';
import { emptySchool, giveLeerId, importInto, pupilRow, roster } from '../testing.ts';

/** People who get each other's numbers, for the tests of this folder. */

export const youssef = pupilRow({
	pupilNumber: '000123',
	givenName: 'Youssef',
	familyName: 'Çelik',
	groupName: 'Groep 3A',
	birthDate: '2017-01-17',
	sex: 'M'
});
export const anais = pupilRow({
	pupilNumber: '000123',
	givenName: 'Anaïs',
	namePrefix: 'van der',
	familyName: 'Berg',
	groupName: '5A',
	birthDate: '2014-03-09',
	sex: 'V'
});

/** A school in which everybody has a LeerID and a card. */
export function schoolOf(...pupils: readonly RosterPupil[]): SchoolState {
	const state = emptySchool();
	importInto(state, roster({ pupils }));
	for (const { id } of [...state.all('pupil')]) giveLeerId(state, id);
	return state;
}

export function decideAll(planned: ImportPlan, choice: Choice) {
	let result = planned;
	// A decision may bring another question.
	for (let round = 0; round < 3; round++) {
		const doubts = result.people.flatMap((person) => person.doubts);
		const all = doubts.map(({ id, choices }) => [id, choices.includes(choice) ? choice : 'skip']);
		result = decide(result, Object.fromEntries(all) as Readonly<Record<string, Choice>>);
	}
	return result;
}

/** `000123 Youssef Çelik, user youssef.celik`, of everybody. */
export function peopleIn(state: SchoolState): string[] {
	return [...state.all('pupil')]
		.map(({ id, pupilNumber, givenName, familyName }) => {
			const [leerId] = state.find('leerIdByPupil', id);
			const name = `${pupilNumber} ${givenName} ${familyName}`;
			return leerId ? `${name}, ${leerId.userName}` : name;
		})
		.sort();
}

export function outcomes({ people }: ImportPlan): string[] {
	return people.map(({ outcome }) => outcome);
}

export function doubtsIn({ people }: ImportPlan) {
	return people.flatMap(({ doubts }) => doubts);
}

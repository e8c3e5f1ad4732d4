import type { Identity, IdentityField } from '../../people/identity/same-person.ts';
import { leerIdOf } from '../../credentials/status.ts';
import { surnameOf } from '../../people/names.ts';
import type { Guardian, Pupil, Staff } from '../../people/kinds.ts';
import { nameOf } from '../person-names.ts';
import { maxValueLength, type NamedPerson, type OtherHolder } from '../plan.ts';
import type { PlanContext } from '../plan-context.ts';

export function namedPupil({ state, groups }: PlanContext, pupil: Pupil): NamedPerson {
	const cards = state.find('cardByPupil', pupil.id);
	return {
		id: pupil.id,
		name: nameOf(pupil),
		number: pupil.pupilNumber,
		groupName: groups.nameOf(pupil.groupId),
		userName: leerIdOf(state, pupil.id)?.userName ?? null,
		hasCard: cards.some((card) => card.state === 'current')
	};
}

export function namedGuardian({ state }: PlanContext, guardian: Guardian): NamedPerson {
	const [account] = state.find('accountByGuardian', guardian.id);
	const { givenName, initials } = guardian;
	return {
		id: guardian.id,
		name: nameOf({ ...guardian, givenName: givenName || initials }),
		number: '',
		groupName: '',
		userName: account?.userName ?? null,
		hasCard: false
	};
}

/** Accounts of staff are made apart, and follow no number. */
export function namedStaff(staff: Staff): NamedPerson {
	const { id, staffNumber: number } = staff;
	return { id, name: nameOf(staff), number, groupName: '', userName: null, hasCard: false };
}

/** The values that the school knows and those of the file, side by side. */
export function shownDifferences(
	fields: readonly IdentityField[],
	known: Identity,
	said: Identity
): OtherHolder['differs'] {
	return fields.map((field) => ({
		field,
		here: shown(field, known),
		inFile: shown(field, said).slice(0, maxValueLength)
	}));
}

function shown(field: IdentityField, person: Identity): string {
	if (field !== 'familyName') return person[field] ?? '';
	const { namePrefix = '', familyName = '' } = person;
	return surnameOf({ givenName: '', namePrefix, familyName });
}

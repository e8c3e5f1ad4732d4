import { byGroupAndName } from '#lib/domain/people/list-order.ts';
import type {
	Address,
	Enrolment,
	Guardian,
	Guardianship,
	Pupil,
	PupilIdentity,
	Staff
} from '#lib/domain/people/kinds.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';

/** What a school's list of people holds, for every format alike. */
export interface SchoolPeople {
	readonly school: School | undefined;
	readonly pupils: readonly ListedPupil[];
	readonly staff: readonly ListedStaff[];
}

export interface ListedPupil {
	readonly pupil: Pupil;
	readonly groupName: string;
	readonly identity: Pick<PupilIdentity, 'birthDate' | 'sex'>;
	readonly contact: Address;
	readonly enrolment: Enrolment;
	readonly guardians: readonly ListedGuardian[];
}

export interface ListedGuardian {
	readonly guardian: Guardian;
	readonly contact: Address;
	readonly link: Guardianship;
}

export interface ListedStaff {
	readonly staff: Staff;
	readonly groupNames: readonly string[];
}

const noAddress: Address = {
	street: '',
	houseNumber: '',
	postcode: '',
	city: '',
	phone: '',
	email: ''
};

/**
 * The pupils whose enrolment runs or is still to begin, by group and name, with their guardians, and
 * all staff. National numbers and what comes with them are in no list (facts, *Personal numbers*),
 * and neither are credentials.
 */
export function schoolPeople(state: StateReader, today: IsoDate): SchoolPeople {
	const [school] = state.all('school');
	const pupils: ListedPupil[] = [];
	for (const pupil of state.all('pupil')) {
		const enrolment = state
			.find('enrolmentByPupil', pupil.id)
			.filter(({ to }) => to >= today)
			.sort((one, other) => (one.from < other.from ? -1 : 1))[0];
		if (enrolment) pupils.push(listedPupil(state, pupil, enrolment));
	}
	const staff = [...state.all('staff')].map((one) => ({
		staff: one,
		groupNames: one.groupIds.map((id) => state.get('group', id)?.name ?? '')
	}));
	return { school, pupils: pupils.sort(byGroupAndName), staff };
}

function listedPupil(state: StateReader, pupil: Pupil, enrolment: Enrolment): ListedPupil {
	const { id, groupId } = pupil;
	const { birthDate = null, sex = null } = state.get('pupilIdentity', id) ?? {};
	const guardians = state.find('guardianshipByPupil', id).flatMap((link): ListedGuardian[] => {
		const guardian = state.get('guardian', link.guardianId);
		const contact = state.get('guardianContact', link.guardianId) ?? noAddress;
		return guardian ? [{ guardian, contact, link }] : [];
	});
	return {
		pupil,
		groupName: groupId === null ? '' : (state.get('group', groupId)?.name ?? ''),
		identity: { birthDate, sex },
		contact: state.get('pupilContact', id) ?? noAddress,
		enrolment,
		guardians
	};
}

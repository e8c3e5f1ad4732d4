import { ageOn } from '../kernel/dates.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { StateReader } from '../registry/state.ts';

const ageOfMajority = 18;

/** Tells whether a pupil is of age today, as far as the school knows their birth date. */
export function isOfAge(state: StateReader, pupilId: Id, today: IsoDate): boolean {
	const birthDate =
		state.get('pupilIdentity', pupilId)?.birthDate ??
		state.get('pupilOfficial', pupilId)?.birthDate ??
		null;
	return birthDate !== null && ageOn(birthDate, today) >= ageOfMajority;
}

/**
 * Tells whether guardians may see a pupil: until the eighteenth birthday, or as the pupil wants
 * (product.md 7).
 */
export function guardiansMaySee(state: StateReader, pupilId: Id, today: IsoDate): boolean {
	return !isOfAge(state, pupilId, today) || isAllowed(state, pupilId);
}

/** Tells whether the pupil lets them. */
export function isAllowed(state: StateReader, pupilId: Id): boolean {
	return state.get('guardianAccess', pupilId)?.allowed ?? false;
}

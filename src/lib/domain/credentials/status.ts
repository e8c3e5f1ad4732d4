import type { Enrolment } from '../people/kinds.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { LeerId } from './kinds.ts';
import type { StateReader } from '../registry/state.ts';

/** *Actief*, *Inactief*, *Geen account*. */
export type LeerIdStatus = 'active' | 'inactive' | 'none';

/** The pupil's LeerID; a pupil has one at most. */
export function leerIdOf(state: StateReader, pupilId: Id): LeerId | undefined {
	return state.find('leerIdByPupil', pupilId)[0];
}

/** The enrolment that ends last, which decides when the account becomes inactive; null: never enrolled. */
function lastEnrolmentOf(state: StateReader, pupilId: Id): Enrolment | null {
	let last: Enrolment | null = null;
	for (const enrolment of state.find('enrolmentByPupil', pupilId)) {
		if (!last || enrolment.to > last.to) last = enrolment;
	}
	return last;
}

/** Tells whether the pupil is enrolled today or will be. */
export function isEnrolled(state: StateReader, pupilId: Id, today: IsoDate): boolean {
	return (lastEnrolmentOf(state, pupilId)?.to ?? '') >= today;
}

export interface LeerIdStanding {
	readonly status: LeerIdStatus;
	/** *Wordt automatisch inactief bij einde inschrijving*: the last day of it; null without enrolment. */
	readonly endsOn: IsoDate | null;
}

/**
 * Tells whether a pupil's account works (product.md 40): from when it is made, before the first
 * school day too, through the last day of the last enrolment; and again once that is renewed.
 */
export function leerIdStatus(state: StateReader, pupilId: Id, today: IsoDate): LeerIdStanding {
	const endsOn = lastEnrolmentOf(state, pupilId)?.to ?? null;
	return { status: statusOf(leerIdOf(state, pupilId), endsOn, today), endsOn };
}

/** The same, of a LeerID and the last day of its pupil's last enrolment. */
export function statusOf(
	leerId: LeerId | undefined,
	endsOn: IsoDate | null,
	today: IsoDate
): LeerIdStatus {
	if (!leerId) return 'none';
	return endsOn !== null && endsOn >= today ? 'active' : 'inactive';
}

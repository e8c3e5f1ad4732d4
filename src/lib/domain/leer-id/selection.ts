import { addDays } from '../kernel/dates.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { LeerId } from '../credentials/kinds.ts';
import type { Pupil } from '../people/kinds.ts';
import type { StateReader } from '../registry/state.ts';
import { maskEmail } from '../credentials/email-mask.ts';
import { isEnrolled, leerIdOf, leerIdStatus } from '../credentials/status.ts';

export interface PupilWithLeerId {
	readonly pupil: Pupil;
	readonly leerId: LeerId;
}

/** The three lists of *Bulk: genereer nieuw wachtwoord* (product.md 37), each in the order selected. */
export interface RenewSelection {
	/** *Leerlingen zonder e-mailadres*: these can get a new password. */
	readonly renewable: readonly PupilWithLeerId[];
	/** *LeerID's met gekoppeld e-mailadres*: these are the pupil's own. */
	readonly linked: readonly (PupilWithLeerId & { readonly maskedEmail: string })[];
	/** Without an active account. */
	readonly withoutAccount: readonly Pupil[];
}

/** Divides a selection for a bulk renewal. Pupils that are no longer here are left out. */
export function selectForRenewal(
	state: StateReader,
	pupilIds: Iterable<Id>,
	today: IsoDate
): RenewSelection {
	const renewable: PupilWithLeerId[] = [];
	const linked: (PupilWithLeerId & { maskedEmail: string })[] = [];
	const withoutAccount: Pupil[] = [];
	for (const pupil of pupilsOf(state, pupilIds)) {
		const leerId = leerIdOf(state, pupil.id);
		if (!leerId || !isEnrolled(state, pupil.id, today)) withoutAccount.push(pupil);
		else if (leerId.email === null) renewable.push({ pupil, leerId });
		else linked.push({ pupil, leerId, maskedEmail: maskEmail(leerId.email) });
	}
	return { renewable, linked, withoutAccount };
}

export interface CreateSelection {
	readonly creatable: readonly Pupil[];
	readonly excluded: readonly {
		readonly pupil: Pupil;
		readonly reason: 'hasLeerId' | 'notEnrolled';
	}[];
}

/** Divides a selection for making LeerIDs in bulk (product.md 34), in the order selected. */
export function selectForCreation(
	state: StateReader,
	pupilIds: Iterable<Id>,
	today: IsoDate
): CreateSelection {
	const creatable: Pupil[] = [];
	const excluded: { pupil: Pupil; reason: 'hasLeerId' | 'notEnrolled' }[] = [];
	for (const pupil of pupilsOf(state, pupilIds)) {
		if (leerIdOf(state, pupil.id)) excluded.push({ pupil, reason: 'hasLeerId' });
		else if (!isEnrolled(state, pupil.id, today)) excluded.push({ pupil, reason: 'notEnrolled' });
		else creatable.push(pupil);
	}
	return { creatable, excluded };
}

function pupilsOf(state: StateReader, pupilIds: Iterable<Id>): Pupil[] {
	return [...pupilIds].flatMap((id) => state.get('pupil', id) ?? []);
}

/** Accounts that become inactive after a day, for the warning beforehand (product.md 40). */
export interface EndingAccounts {
	readonly endsOn: IsoDate;
	readonly pupilIds: readonly Id[];
}

/** Active accounts whose enrolment ends within a number of days from today; the soonest first. */
export function endingAccounts(state: StateReader, today: IsoDate, days: number): EndingAccounts[] {
	const last = addDays(today, days);
	const byDate = new Map<IsoDate, Id[]>();
	for (const { pupilId } of state.all('leerId')) {
		const { status, endsOn } = leerIdStatus(state, pupilId, today);
		if (status !== 'active' || endsOn === null || endsOn > last) continue;
		const pupilIds = byDate.get(endsOn);
		if (pupilIds) pupilIds.push(pupilId);
		else byDate.set(endsOn, [pupilId]);
	}
	const dates = [...byDate].sort(([one], [other]) => (one < other ? -1 : 1));
	return dates.map(([endsOn, pupilIds]) => ({ endsOn, pupilIds }));
}

import { isEnrolled, leerIdStatus } from '../credentials/status.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { StateReader } from '../registry/state.ts';
import { pupilTiersOf } from '../registry/tiers.ts';
import { guardiansMaySee } from './guardian-access.ts';

const ofTeacher = pupilTiersOf('teacher');
const ofGuardian = pupilTiersOf('guardian');
const ofGuardianShownAddress = pupilTiersOf('guardianShownAddress');
const ofPupil = pupilTiersOf('pupil');

/**
 * Returns the scopes that kinds let teachers see, of the pupils in a teacher's groups as long as
 * they are enrolled.
 */
export function seenByTeacher(state: StateReader, accountId: Id, today: IsoDate): string[] {
	const groupIds = state.get('account', accountId)?.groupIds ?? [];
	return groupIds
		.flatMap((groupId) => state.find('pupilByGroup', groupId))
		.filter(({ id }) => isEnrolled(state, id, today))
		.flatMap(({ id }) => tiersOf(id, ofTeacher));
}

/**
 * A guardian's own record and links, and of each child name, group and birth date, with the address
 * where they may be shown it. A guardian without authority is informed on request only (facts,
 * *Guardians*), and a child who is of age decides (product.md 7).
 */
export function seenByGuardian(state: StateReader, accountId: Id, today: IsoDate): string[] {
	const account = state.get('account', accountId);
	if (!account || account.guardianId === null) return [];
	const { guardianId } = account;
	const children = state
		.find('guardianshipByGuardian', guardianId)
		.filter(
			({ authority, pupilId }) => authority !== false && guardiansMaySee(state, pupilId, today)
		)
		.flatMap(({ pupilId, addressVisible }) => [
			...tiersOf(pupilId, ofGuardian),
			...(addressVisible ? tiersOf(pupilId, ofGuardianShownAddress) : []),
			...groupOf(state, pupilId)
		]);
	return [`guardian/${guardianId}`, ...children];
}

/** A pupil's own tiers but the national number's, while their LeerID works. */
export function seenByPupil(state: StateReader, leerIdId: Id, today: IsoDate): string[] {
	const pupilId = state.get('leerId', leerIdId)?.pupilId;
	if (pupilId === undefined || leerIdStatus(state, pupilId, today).status !== 'active') return [];
	return [...tiersOf(pupilId, ofPupil), ...groupOf(state, pupilId)];
}

/** The name of the pupil's group. */
function groupOf(state: StateReader, pupilId: Id): string[] {
	const groupId = state.get('pupil', pupilId)?.groupId ?? null;
	return groupId === null ? [] : [`group/${groupId}`];
}

function tiersOf(pupilId: Id, tiers: readonly string[]): string[] {
	return tiers.map((tier) => `pupil/${pupilId}/${tier}`);
}

import { isUserNameTaken } from '../accounts/user-names.ts';
import type { AnyRecord } from '../records.ts';
import type { StateReader } from '../state/school-state.ts';
import { referencesOf } from './references.ts';

/** Whether a record that comes back finds what it refers to, and nobody in its place. */
export function canStand(state: StateReader, record: AnyRecord): boolean {
	for (const { kind, id } of referencesOf(record)) if (!state.get(kind, id)) return false;
	return !isPlaceTaken(state, record);
}

function isPlaceTaken(state: StateReader, record: AnyRecord): boolean {
	const others = (found: readonly AnyRecord[]) => found.some(({ id }) => id !== record.id);
	switch (record.kind) {
		case 'group':
			return others(state.find('groupByName', record.name.toLowerCase()));
		case 'pupil':
			return others(state.find('pupilByNumber', record.pupilNumber));
		case 'account':
			return (
				// The two share their ids (accounts/actors.ts), and one may have been given out meanwhile.
				state.get('leerId', record.id) !== undefined ||
				isUserNameTaken(state, record.userName, record.id) ||
				(record.guardianId !== null && others(state.find('accountByGuardian', record.guardianId)))
			);
		case 'leerId':
			return (
				state.get('account', record.id) !== undefined ||
				isUserNameTaken(state, record.userName, record.id) ||
				others(state.find('leerIdByPupil', record.pupilId))
			);
		case 'credentialCard':
			// Of a LeerID one card holds at a time.
			return (
				record.state === 'current' &&
				others(
					state
						.find('cardByPupil', record.pupilId)
						.filter(({ leerIdId, state }) => leerIdId === record.leerIdId && state === 'current')
				)
			);
		default:
			return false;
	}
}

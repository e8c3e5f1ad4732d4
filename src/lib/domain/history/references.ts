import type { AnyRecord, CredentialCard, RecordKey } from '../records.ts';
import type { StateReader } from '../state/school-state.ts';

/**
 * The records that a record cannot stand without. A block and a report may outlive their account, or
 * they would keep the undo of it back.
 */
export function referencesOf(record: AnyRecord): readonly RecordKey[] {
	switch (record.kind) {
		case 'pupil':
			return record.groupId === null ? [] : [{ kind: 'group', id: record.groupId }];
		case 'pupilIdentity':
		case 'nationalNumber':
		case 'pupilContact':
		case 'guardianAccess':
			return [{ kind: 'pupil', id: record.id }];
		case 'pupilOfficial':
			return [
				{ kind: 'pupil', id: record.id },
				{ kind: 'nationalNumber', id: record.id }
			];
		case 'enrolment':
		case 'leerId':
			return [{ kind: 'pupil', id: record.pupilId }];
		case 'guardianContact':
			return [{ kind: 'guardian', id: record.id }];
		case 'guardianship':
			return [
				{ kind: 'guardian', id: record.guardianId },
				{ kind: 'pupil', id: record.pupilId }
			];
		case 'staff':
			return record.groupIds.map((id) => ({ kind: 'group', id }));
		case 'account':
			if (record.guardianId !== null) return [{ kind: 'guardian', id: record.guardianId }];
			return record.groupIds.map((id) => ({ kind: 'group', id }));
		case 'credentialCard':
			return referencesOfCard(record);
		case 'cardReceipt':
			return [{ kind: 'credentialCard', id: record.id }];
		case 'cardKeyPrivate':
			return [{ kind: 'cardKey', id: record.id }];
		case 'school':
		case 'group':
		case 'guardian':
		case 'handOut':
		case 'signInBlock':
		case 'signInReport':
		case 'printRun':
		case 'cardKey':
		case 'importRun':
		case 'importBase':
		case 'history':
			return [];
	}
}

/** A revoked card only says what became of a piece of paper, and may outlive its account. */
function referencesOfCard(card: CredentialCard): RecordKey[] {
	const printRun: RecordKey = { kind: 'printRun', id: card.printRunId };
	if (card.state === 'revoked') return [printRun];
	return [printRun, { kind: 'leerId', id: card.leerIdId }, { kind: 'pupil', id: card.pupilId }];
}

/** Whether a record stands that cannot stand without this one. */
export function isReferredTo(state: StateReader, record: AnyRecord): boolean {
	const { kind, id } = record;
	const holds = (key: RecordKey) => key.kind === kind && key.id === id;
	for (const candidate of candidates(state, record)) {
		if (candidate && referencesOf(candidate).some(holds)) return true;
	}
	return false;
}

function* candidates(state: StateReader, record: AnyRecord): Iterable<AnyRecord | undefined> {
	const { kind, id } = record;
	switch (kind) {
		case 'group':
			yield* state.find('pupilByGroup', id);
			yield* state.all('staff');
			yield* state.all('account');
			break;
		case 'pupil':
			for (const part of pupilParts) yield state.get(part, id);
			yield* state.find('enrolmentByPupil', id);
			yield* state.find('guardianshipByPupil', id);
			yield* state.find('leerIdByPupil', id);
			yield* state.find('cardByPupil', id);
			break;
		case 'nationalNumber':
			yield state.get('pupilOfficial', id);
			break;
		case 'guardian':
			yield state.get('guardianContact', id);
			yield* state.find('guardianshipByGuardian', id);
			yield* state.find('accountByGuardian', id);
			break;
		case 'leerId':
			yield* state.find('cardByPupil', record.pupilId);
			break;
		case 'credentialCard':
			yield state.get('cardReceipt', id);
			break;
		case 'printRun':
			yield* state.find('cardByPrintRun', id);
			break;
		case 'cardKey':
			yield state.get('cardKeyPrivate', id);
	}
}

const pupilParts = [
	'pupilIdentity',
	'pupilOfficial',
	'nationalNumber',
	'pupilContact',
	'guardianAccess'
] as const;

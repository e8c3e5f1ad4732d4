import { readNationalNumber } from '../kernel/numbers/national-number.ts';
import type { AnyRecord } from '../registry/records.ts';
import type { Id } from '../kernel/ids.ts';
import type { Kind } from '../registry/kinds.ts';
import type { Refusal } from '../registry/refusal.ts';
import type { StateReader } from '../registry/state.ts';

/** Tells whether a record that an import wrote can stand in the state as it is after all of it. */
export function checkImported(state: StateReader, record: AnyRecord): Refusal | null {
	switch (record.kind) {
		case 'pupil':
			return checkPupil(state, record);
		case 'pupilIdentity':
		case 'pupilContact':
			return mustExist(state, 'pupil', record.id);
		case 'pupilOfficial':
			return checkOfficial(state, record.id);
		case 'nationalNumber':
			return checkNationalNumber(state, record);
		case 'enrolment':
			return mustExist(state, 'pupil', record.pupilId);
		case 'guardianContact':
			return mustExist(state, 'guardian', record.id);
		case 'guardianship':
			return (
				mustExist(state, 'guardian', record.guardianId) ?? mustExist(state, 'pupil', record.pupilId)
			);
		case 'staff':
			return firstRefusal(record.groupIds, (id) => mustExist(state, 'group', id));
		default:
			return null;
	}
}

function checkPupil(state: StateReader, record: AnyRecord & { kind: 'pupil' }): Refusal | null {
	const { id, pupilNumber, groupId } = record;
	if (pupilNumber === '') return { code: 'invalidValue', field: 'pupilNumber' };
	if (state.find('pupilByNumber', pupilNumber).some((other) => other.id !== id)) {
		return { code: 'pupilNumberTaken', pupilNumber };
	}
	return groupId === null ? null : mustExist(state, 'group', groupId);
}

/** Official data stands on a valid national number, and on nothing else (product.md 33). */
function checkOfficial(state: StateReader, id: Id): Refusal | null {
	if (state.get('nationalNumber', id)) return mustExist(state, 'pupil', id);
	return { code: 'notFound', kind: 'nationalNumber', id };
}

function checkNationalNumber(
	state: StateReader,
	record: AnyRecord & { kind: 'nationalNumber' }
): Refusal | null {
	const country = record.scheme === 'rijksregister' || record.scheme === 'bis' ? 'BE' : 'NL';
	const read = readNationalNumber(record.value, country);
	if (read?.scheme !== record.scheme || read.value !== record.value) {
		return { code: 'invalidValue', field: 'nationalNumber' };
	}
	return mustExist(state, 'pupil', record.id);
}

function mustExist(state: StateReader, kind: Kind, id: Id): Refusal | null {
	return state.get(kind, id) ? null : { code: 'notFound', kind, id };
}

function firstRefusal<T>(items: readonly T[], check: (item: T) => Refusal | null): Refusal | null {
	for (const item of items) {
		const refusal = check(item);
		if (refusal) return refusal;
	}
	return null;
}

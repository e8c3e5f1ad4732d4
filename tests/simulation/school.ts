import type { Account, AnyRecord, Id } from '#lib/domain/records.ts';
import {
	administrator,
	enrolmentRecord,
	firstAccount,
	pupilRecord
} from '#lib/domain/test-school.ts';

export const pupilIds = ['p1', 'p2', 'p3'] as const;
export const groupIds = ['g1', 'g2'] as const;
export const headId = administrator.id;
/** Another of the administration, whose rights come and go. */
export const deputyId: Id = 'account-8';
export const teacherId: Id = 'account-9';

const deputy: Account = {
	...firstAccount,
	id: deputyId,
	userName: 'deputy',
	rights: ['cards', 'import', 'leerId']
};
const teacher: Account = {
	...firstAccount,
	id: teacherId,
	userName: 'bart.maes',
	role: 'teacher',
	rights: [],
	groupIds: ['g1']
};
const address = { street: '', houseNumber: '', postcode: '', city: '', phone: '', email: '' };

/** What the school has before anything happens, beside itself and its first account. */
export const records: readonly AnyRecord[] = [
	deputy,
	teacher,
	...groupIds.map((id): AnyRecord => ({ kind: 'group', id, name: id })),
	...pupilIds.flatMap((id, at): AnyRecord[] => [
		pupilRecord(id, { groupId: at === 0 ? 'g2' : 'g1' }),
		enrolmentRecord(id),
		{ kind: 'pupilIdentity', id, birthDate: '2015-01-01', sex: 'X' },
		{ kind: 'pupilContact', id, ...address }
	])
];

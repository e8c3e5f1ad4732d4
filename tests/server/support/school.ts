import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { LeerId } from '#lib/domain/credentials/kinds.ts';
import {
	enrolmentRecord,
	firstAccount,
	group,
	pupilRecord,
	school as schoolRecord
} from '#lib/domain/testing/test-school.ts';
import { addSchoolRow } from '#lib/server/store/testing/school-row.ts';
import { setVersion, writeChange } from '#lib/server/store/write-change.ts';
import { keepSecrets } from '#lib/server/sync/secret-table.ts';
import type { App } from './app.ts';

export const schoolId = 'SSSSSSSSSSSSSSSSSSSSSS';
export const otherSchoolId = 'TTTTTTTTTTTTTTTTTTTTTT';

/** The people of the school, with what they type to come in. */
export const people = {
	administrator: {
		userName: 'an.peeters',
		password: 'paard batterij nietje',
		account: 'account-1'
	},
	teacher: { userName: 'bwillems', password: 'fiets lamp kastje', account: 'account-2' },
	guardian: { userName: 'jvanderberg', password: 'Fietspomp7', account: 'account-3' },
	newGuardian: { userName: 'kjanssen', password: 'Ab3defgh', account: 'account-4' },
	child: { userName: 'noor.maes', password: 'zal659', account: 'leerId-child' },
	pictures: { userName: 'sem.bos', password: 'cat dog tree', account: 'leerId-pictures' },
	pupil: { userName: 'lina.haddad', password: 'Tem9orary', account: 'leerId-pupil' }
} as const;

export type PersonName = keyof typeof people;

function account(name: PersonName, fields: Partial<Account>): Account {
	const { userName, account: id } = people[name];
	return { ...firstAccount, id, userName, secretId: `secret-${id}`, ...fields };
}

function leerId(name: PersonName, fields: Partial<LeerId>): readonly AnyRecord[] {
	const { userName, account: id } = people[name];
	const pupilId = `pupil-${id}`;
	return [
		pupilRecord(pupilId),
		enrolmentRecord(pupilId),
		{
			kind: 'leerId',
			id,
			pupilId,
			type: 'basic',
			userName,
			passwordKind: 'word',
			secretId: `secret-${id}`,
			email: null,
			mustChange: false,
			createdAt: '2026-09-01T08:00:00.000Z',
			lastSignInAt: null,
			...fields
		}
	];
}

const guardian: AnyRecord = {
	kind: 'guardian',
	id: 'guardian-1',
	givenName: 'Jan',
	initials: 'J',
	namePrefix: 'van der',
	familyName: 'Berg'
};

const records: readonly AnyRecord[] = [
	group,
	guardian,
	{ ...guardian, id: 'guardian-2' },
	account('administrator', { email: 'an@school.example' }),
	account('teacher', { role: 'teacher', rights: [], displayName: 'Bart Willems' }),
	account('guardian', {
		role: 'guardian',
		rights: [],
		guardianId: 'guardian-1',
		email: 'ouder@example.org'
	}),
	account('newGuardian', {
		role: 'guardian',
		rights: [],
		guardianId: 'guardian-2',
		issuedAt: '2026-11-01T08:00:00.000Z'
	}),
	...leerId('child', {}),
	...leerId('pictures', { passwordKind: 'image' }),
	...leerId('pupil', { type: 'advanced', passwordKind: 'temporary', mustChange: true })
];

/** Makes an open school with these people, their passwords sealed as they came. */
export async function addSchool(
	{ endpoint, now }: App,
	id: Id = schoolId,
	number = id === schoolId ? '12345' : '54321'
): Promise<void> {
	const at = now.toISOString();
	const { keys, store } = endpoint;
	await addSchoolRow(store, { id, at, number, name: `Basisschool ${id}` });
	await store.write(id, async (tx) => {
		const own = {
			...schoolRecord,
			id,
			name: 'Basisschool De Sleutel',
			applicationManagerName: 'mevrouw Claes',
			applicationManagerAddress: 'beheer@school.example'
		};
		const change = { puts: [own, ...records], removes: [] };
		await writeChange(tx, change, { version: 1, at });
		await setVersion(tx, 1);
		await keepSecrets(tx, Object.entries(people).map(broughtBy), { keys, now: at });
	});
}

function broughtBy([name, { account, password }]: [string, (typeof people)[PersonName]]) {
	const secret: Secret =
		name === 'pictures'
			? { kind: 'image', pictures: password.split(' ') }
			: { kind: 'temporary', text: password };
	return { id: `secret-${account}`, account, own: false, secret };
}

import { newId } from '#lib/crypto/random.ts';
import { addDays } from '#lib/domain/kernel/dates.ts';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { LeerId } from '#lib/domain/credentials/kinds.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import {
	enrolmentRecord,
	firstAccount,
	pupilRecord,
	school as schoolRecord
} from '#lib/domain/testing/test-school.ts';
import type { OpenedSchool } from './endpoint.ts';

/** A school of parents, pupils and a teacher, who all sign in at its server. */

/** Today where the school is. */
function schoolDay(): IsoDate {
	return new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
}

/** So many years before a day. */
function yearsBefore(years: number, day: IsoDate): IsoDate {
	return `${Number(day.slice(0, 4)) - years}${day.slice(4)}`;
}

export const family = {
	schoolName: 'Basisschool De Regenboog',
	contact: 'mevrouw Claes, beheer@school.example',
	administrator: { userName: 'apeeters', password: 'paard batterij nietje' },
	teacher: { userName: 'tdevries', password: 'fiets lamp kastje' },
	/** Has two children: Noor, and Daan who turns eighteen tomorrow. */
	guardian: { userName: 'ejanssens', password: 'Fietspomp7', email: 'els@example.org' },
	/** Comes with the letter of the school. */
	newGuardian: { userName: 'kpeeters', password: 'Ab3defgh' },
	/** A word on a card. */
	child: { userName: 'noor.janssens', password: 'zal659' },
	pictures: { userName: 'sem.bos', pictures: ['cat', 'apple', 'key', 'duck', 'star'] },
	/** A temporary password on a card. */
	pupil: { userName: 'lina.haddad', password: 'Tem9orary' },
	/** Nineteen, with a password of his own. */
	grownUp: { userName: 'ruben.bos', password: 'Sneeuwpop4' }
} as const;

class Making {
	readonly records: AnyRecord[] = [];
	readonly passwords: OpenedSchool['passwords'][number][] = [];

	secret(account: Id, secret: Secret): Id {
		const id = newId();
		this.passwords.push({ id, account, secret });
		return id;
	}

	account(fields: Partial<Account>, password: string): Id {
		const id = newId();
		const secretId = this.secret(id, { kind: 'temporary', text: password });
		this.records.push({ ...firstAccount, rights: [], ...fields, id, secretId });
		return id;
	}

	pupil(
		name: Pick<Pupil, 'givenName' | 'familyName'>,
		{ groupId, birthDate }: { readonly groupId: Id; readonly birthDate: IsoDate }
	): Id {
		const id = newId();
		const today = schoolDay();
		const stay = { id: newId(), from: addDays(today, -300), to: addDays(today, 300) };
		this.records.push(
			pupilRecord(id, { ...name, groupId, pupilNumber: String(1000 + this.records.length) }),
			enrolmentRecord(id, stay),
			{ kind: 'pupilIdentity', id, birthDate, sex: null },
			{ ...address, kind: 'pupilContact', id }
		);
		return id;
	}

	leerId(
		pupilId: Id,
		{ secret, ...fields }: Partial<LeerId> & { readonly userName: string; readonly secret: Secret }
	): void {
		const id = newId();
		this.records.push({
			kind: 'leerId',
			id,
			pupilId,
			type: 'basic',
			passwordKind: 'word',
			secretId: this.secret(id, secret),
			email: null,
			mustChange: false,
			createdAt: new Date().toISOString(),
			lastSignInAt: null,
			...fields
		});
	}

	guardian(givenName: string, familyName: string, children: readonly Id[]): Id {
		const id = newId();
		const name = { givenName, initials: `${givenName.charAt(0)}.`, namePrefix: '', familyName };
		this.records.push(
			{ kind: 'guardian', id, ...name },
			{ ...address, kind: 'guardianContact', id },
			...children.map((pupilId): AnyRecord => ({
				kind: 'guardianship',
				id: newId(),
				guardianId: id,
				pupilId,
				relation: 'moeder',
				authority: true,
				receivesMail: true,
				addressVisible: true
			}))
		);
		return id;
	}
}

const address = {
	street: 'Lindelaan',
	houseNumber: '12',
	postcode: '9000',
	city: 'Gent',
	phone: '0470 12 34 56',
	email: 'thuis@example.org'
};

let madeToday: { readonly day: IsoDate; readonly school: OpenedSchool } | undefined;

/** The school as it is today; the same each time, so that it is put in a store once. */
export function familySchool(): OpenedSchool {
	const day = schoolDay();
	if (madeToday?.day !== day) madeToday = { day, school: makeFamilySchool(day) };
	return madeToday.school;
}

function makeFamilySchool(today: IsoDate): OpenedSchool {
	const made = new Making();
	const id = newId();
	const { schoolName: name } = family;
	made.records.push({
		...schoolRecord,
		id,
		name,
		applicationManagerName: 'mevrouw Claes',
		applicationManagerAddress: 'beheer@school.example'
	});
	const groupId = newId();
	made.records.push({ kind: 'group', id: groupId, name: '5de leerjaar A' });
	const child = (givenName: string, familyName: string, age: number, born = today) =>
		made.pupil({ givenName, familyName }, { groupId, birthDate: yearsBefore(age, born) });
	const noor = child('Noor', 'Janssens', 10);
	const daan = child('Daan', 'Janssens', 18, addDays(today, 1));
	const sem = child('Sem', 'Bos', 6);
	const lina = child('Lina', 'Haddad', 14);
	const ruben = child('Ruben', 'Bos', 19);
	addPupilsSignIns(made, { noor, sem, lina, ruben });
	addAccounts(made, { groupId, els: [noor, daan], karim: [sem, ruben] });
	return { id, name, number: '123456', records: made.records, passwords: made.passwords };
}

function addPupilsSignIns(
	made: Making,
	ids: Readonly<Record<'noor' | 'sem' | 'lina' | 'ruben', Id>>
): void {
	const { child, pictures, pupil, grownUp } = family;
	made.leerId(ids.noor, {
		userName: child.userName,
		secret: { kind: 'word', text: child.password }
	});
	made.leerId(ids.sem, {
		userName: pictures.userName,
		passwordKind: 'image',
		secret: { kind: 'image', pictures: pictures.pictures }
	});
	made.leerId(ids.lina, {
		userName: pupil.userName,
		type: 'advanced',
		passwordKind: 'temporary',
		mustChange: true,
		secret: { kind: 'temporary', text: pupil.password }
	});
	made.leerId(ids.ruben, {
		userName: grownUp.userName,
		type: 'advanced',
		passwordKind: 'own',
		secret: { kind: 'temporary', text: grownUp.password }
	});
}

function addAccounts(
	made: Making,
	{
		groupId,
		els,
		karim
	}: { readonly groupId: Id; readonly els: readonly Id[]; readonly karim: readonly Id[] }
): void {
	const { administrator, teacher, guardian, newGuardian } = family;
	made.account({ ...firstAccount, userName: administrator.userName }, administrator.password);
	made.account(
		{
			userName: teacher.userName,
			displayName: 'Tess de Vries',
			role: 'teacher',
			groupIds: [groupId]
		},
		teacher.password
	);
	const parent = (guardianId: Id, displayName: string) =>
		({ role: 'guardian', guardianId, displayName }) as const;
	made.account(
		{
			...parent(made.guardian('Els', 'Janssens', els), 'Els Janssens'),
			userName: guardian.userName,
			email: guardian.email
		},
		guardian.password
	);
	made.account(
		{
			...parent(made.guardian('Karim', 'Peeters', karim), 'Karim Peeters'),
			userName: newGuardian.userName,
			issuedAt: new Date().toISOString()
		},
		newGuardian.password
	);
}

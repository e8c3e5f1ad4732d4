import type { ImportedRecord } from '#lib/domain/import/imported-record.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { ImportRun } from '#lib/domain/import/kinds.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import { accounts, idOf } from '../support/cast.ts';

/** The roster that the administration's file brings. */

const address = {
	street: 'Lindelaan',
	houseNumber: '12 bus 3',
	postcode: '9000',
	city: 'Gent',
	phone: '0470 12 34 56',
	email: 'thuis@example.org'
};

export const group = idOf('group/6');
const otherGroup = idOf('group/5');

function pupil(name: string, fields: Partial<Pupil>): AnyRecord[] {
	const id = idOf(`pupil/${name}`);
	const { givenName = name, familyName = '', namePrefix = '', pupilNumber = name } = fields;
	const groupId = fields.groupId === undefined ? group : fields.groupId;
	return [
		{ kind: 'pupil', id, pupilNumber, givenName, namePrefix, familyName, groupId },
		{
			kind: 'enrolment',
			id: idOf(`enrolment/${name}`),
			pupilId: id,
			from: '2026-09-01',
			to: '2027-08-31',
			endReason: 'schoolYear'
		},
		{ kind: 'pupilContact', id, ...address }
	];
}

function guardian(name: string, pupils: readonly string[]): AnyRecord[] {
	const id = idOf(`guardian/${name}`);
	return [
		{
			kind: 'guardian',
			id,
			givenName: name,
			initials: name.slice(0, 1),
			namePrefix: 'van den',
			familyName: 'Berg'
		},
		{ kind: 'guardianContact', id, ...address },
		...pupils.map((each, at) => ({
			kind: 'guardianship' as const,
			id: idOf(`guardianship/${name}/${each}`),
			guardianId: id,
			pupilId: idOf(`pupil/${each}`),
			relation: 'moeder',
			authority: at === 0 ? true : null,
			receivesMail: true,
			addressVisible: at === 0
		}))
	];
}

/** Born, sex and number, of those pupils of whom the file gives them. */
function identity(name: string, birthDate: string, value: string): AnyRecord[] {
	const id = idOf(`pupil/${name}`);
	const person = { givenName: name, familyName: 'Officieel', birthDate, sex: 'V' as const };
	return [
		{ kind: 'pupilIdentity', id, birthDate, sex: 'V' },
		{ kind: 'nationalNumber', id, scheme: 'rijksregister', value },
		{ kind: 'pupilOfficial', id, ...person }
	];
}

function base(subject: 'pupil' | 'guardian' | 'staff', name: string): AnyRecord {
	const values = { givenName: name, familyName: 'Berg' };
	return { kind: 'importBase', id: idOf(`${subject}/${name}`), subject, sourceKey: name, values };
}

/** The first file: everybody. */
export const everybody: readonly AnyRecord[] = [
	{ kind: 'group', id: group, name: '6de leerjaar' },
	{ kind: 'group', id: otherGroup, name: '5de leerjaar' },
	...pupil('Noor', { familyName: 'Maes', namePrefix: 'van', pupilNumber: '1001' }),
	...pupil('Sem', { familyName: 'Bos', pupilNumber: '1002', groupId: otherGroup }),
	...pupil('Lina', { familyName: 'Haddad', pupilNumber: '1003' }),
	...pupil('Łukasz', { familyName: 'Ünal-Đặng', pupilNumber: '1004', groupId: null }),
	...identity('Noor', '2016-03-04', '16030490243'),
	...identity('Lina', '2008-01-15', '08011590117'),
	{ kind: 'pupilIdentity', id: idOf('pupil/Łukasz'), birthDate: '2008-02-29', sex: null },
	...guardian('Jan', ['Noor', 'Lina']),
	...guardian('Ilse', ['Noor', 'Sem']),
	{
		kind: 'staff',
		id: idOf('staff/Bart'),
		staffNumber: 'P7',
		givenName: 'Bart',
		namePrefix: '',
		familyName: 'Willems',
		email: 'bart@school.example',
		job: 'leerkracht',
		groupIds: [group]
	},
	base('pupil', 'Noor'),
	base('guardian', 'Jan'),
	base('staff', 'Bart')
];

/** A file of another school, by mistake: one of every kind that a file can bring. */
export const byMistake: readonly AnyRecord[] = [
	{ kind: 'group', id: idOf('group/mistake'), name: '1ste leerjaar' },
	...pupil('Mats', { familyName: 'Fout', pupilNumber: '9001', groupId: idOf('group/mistake') }),
	...identity('Mats', '2015-09-22', '15092290110'),
	...guardian('Kim', ['Mats']),
	{
		kind: 'staff',
		id: idOf('staff/Els'),
		staffNumber: 'P9',
		givenName: 'Els',
		namePrefix: 'de',
		familyName: 'Wit',
		email: '',
		job: '',
		groupIds: [idOf('group/mistake')]
	},
	base('pupil', 'Mats')
];

export function adding(records: readonly AnyRecord[]): readonly ImportedRecord[] {
	return records.map((add) => ({ add }));
}

export function importRun(name: string, madeAt: Instant): ImportRun {
	return {
		kind: 'importRun',
		id: idOf(`import/${name}`),
		madeAt,
		actorId: accounts.administrator.id,
		fileName: `${name}.xlsx`,
		format: 'Excel',
		whole: true,
		added: 4,
		changed: 1,
		left: 0,
		skipped: 0,
		undoneAt: null
	};
}

export function pupilId(name: string): Id {
	return idOf(`pupil/${name}`);
}

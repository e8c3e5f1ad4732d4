import type { ImportSubject } from '#lib/domain/import/plan.ts';

const person = ['givenName', 'namePrefix', 'familyName', 'fullName'] as const;
const address = [
	'street',
	'houseNumber',
	'houseNumberAddition',
	'addressLine',
	'postcode',
	'city',
	'phone',
	'email'
] as const;
const official = [
	'officialGivenName',
	'officialFamilyName',
	'officialSex',
	'officialBirthDate'
] as const;

/** What a column can mean where a row is a pupil; guardians beside it have a prefix. */
const pupilFields = [
	'pupilNumber',
	...person,
	'userName',
	'group',
	'birthDate',
	'sex',
	'nationalNumber',
	...official,
	...address,
	'enrolledFrom',
	'enrolledTo'
] as const;

/** Where a row is a guardian. */
const guardianFields = [
	'guardianKey',
	'pupilNumber',
	'initials',
	...person,
	'userName',
	'relation',
	'authority',
	...address
] as const;

/** Where a row is a member of staff. */
const staffFields = ['staffNumber', ...person, 'job', 'groups', 'email'] as const;

/** Up to four guardians in the row of a pupil: `guardian1.familyName`. */
export const guardianColumns = [
	'initials',
	...person,
	'userName',
	'relation',
	'authority',
	...address
] as const;
export const guardianPositions = [1, 2, 3, 4] as const;

export type GuardianColumn = (typeof guardianColumns)[number];
export type GuardianPosition = (typeof guardianPositions)[number];
export type PlainField =
	(typeof pupilFields)[number] | (typeof guardianFields)[number] | (typeof staffFields)[number];
export type Field = PlainField | `guardian${GuardianPosition}.${GuardianColumn}`;

/** The fields to choose from for a column of a table. */
export function fieldsOf(subject: ImportSubject): readonly Field[] {
	if (subject === 'guardian') return guardianFields;
	if (subject === 'staff') return staffFields;
	return [
		...pupilFields,
		...guardianPositions.flatMap((position) =>
			guardianColumns.map((column) => `guardian${position}.${column}` as const)
		)
	];
}

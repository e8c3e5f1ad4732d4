import { strToU8, zipSync } from 'fflate';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Sex } from '#lib/domain/kernel/numbers/national-number.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { oneRosterHeadings, type OneRosterFile } from './headings.ts';
import { schoolPeople, type ListedGuardian, type SchoolPeople } from '../table/school-people.ts';

type Row = Readonly<Record<string, string>>;

/**
 * Pupils, guardians, staff and groups as a OneRoster 1.2 zip of CSV files (bulk), with the headings
 * of the standard. Groups are homeroom classes; the stamnummer is the user's `identifier`.
 */
export function pupilsToOneRoster(state: StateReader, today: IsoDate): Uint8Array<ArrayBuffer> {
	const people = schoolPeople(state, today);
	const year = schoolYearOf(today);
	const org = people.school?.id ?? 'school';
	const groups = [...state.all('group')];
	const files: Record<OneRosterFile, readonly Row[]> = {
		orgs: [
			{
				sourcedId: org,
				name: people.school?.name ?? '',
				type: 'school',
				identifier: people.school?.number ?? ''
			}
		],
		academicSessions: [
			{
				sourcedId: `year-${year}`,
				title: `${year - 1}-${year}`,
				type: 'schoolYear',
				startDate: `${year - 1}-08-01`,
				endDate: `${year}-07-31`,
				schoolYear: String(year)
			}
		],
		courses: [
			{
				sourcedId: 'course',
				schoolYearSourcedId: `year-${year}`,
				title: 'Groepen',
				orgSourcedId: org
			}
		],
		classes: groups.map(({ id, name }) => ({
			sourcedId: id,
			title: name,
			courseSourcedId: 'course',
			classType: 'homeroom',
			schoolSourcedId: org,
			termSourcedIds: `year-${year}`
		})),
		users: usersOf(people),
		roles: rolesOf(people, org),
		enrollments: enrollmentsOf(people, org),
		demographics: people.pupils.map(({ pupil, identity }) => ({
			sourcedId: pupil.id,
			birthDate: identity.birthDate ?? '',
			sex: identity.sex === null ? '' : sexes[identity.sex]
		}))
	};
	const zipped: Record<string, Uint8Array> = { 'manifest.csv': strToU8(manifest(files)) };
	for (const [name, rows] of Object.entries(files)) {
		zipped[`${name}.csv`] = strToU8(toCsv(oneRosterHeadings[name as OneRosterFile], rows));
	}
	return zipSync(zipped);
}

const sexes: Readonly<Record<Sex, string>> = { M: 'male', V: 'female', X: 'other' };

/** OneRoster names a school year by the year it ends in. */
function schoolYearOf(today: IsoDate): number {
	const [year = '', month = ''] = today.split('-');
	return Number(year) + (Number(month) >= 8 ? 1 : 0);
}

function guardiansOf({ pupils }: SchoolPeople): ListedGuardian[] {
	const byId = new Map<string, ListedGuardian>();
	for (const { guardians } of pupils) for (const one of guardians) byId.set(one.guardian.id, one);
	return [...byId.values()];
}

function usersOf(people: SchoolPeople): Row[] {
	const children = new Map<string, string[]>();
	for (const { pupil, guardians } of people.pupils) {
		for (const { guardian } of guardians) {
			children.set(guardian.id, [...(children.get(guardian.id) ?? []), pupil.id]);
		}
	}
	const user = (
		person: {
			readonly id: string;
			readonly givenName: string;
			readonly namePrefix: string;
			readonly familyName: string;
		},
		more: Row
	): Row => ({
		sourcedId: person.id,
		enabledUser: 'true',
		givenName: person.givenName,
		middleName: person.namePrefix,
		familyName: person.familyName,
		...more
	});
	return [
		...people.pupils.map(({ pupil, contact, guardians }) =>
			user(pupil, {
				identifier: pupil.pupilNumber,
				email: contact.email,
				phone: contact.phone,
				agentSourcedIds: guardians.map(({ guardian }) => guardian.id).join(',')
			})
		),
		...guardiansOf(people).map(({ guardian, contact }) =>
			user(guardian, {
				email: contact.email,
				phone: contact.phone,
				agentSourcedIds: (children.get(guardian.id) ?? []).join(',')
			})
		),
		...people.staff.map(({ staff }) =>
			user(staff, { identifier: staff.staffNumber, email: staff.email })
		)
	];
}

function rolesOf(people: SchoolPeople, org: string): Row[] {
	const role = (id: string, name: string, dates: Row = {}): Row => ({
		sourcedId: `role-${id}`,
		userSourcedId: id,
		roleType: 'primary',
		role: name,
		orgSourcedId: org,
		...dates
	});
	return [
		...people.pupils.map(({ pupil, enrolment: { from, to, endReason } }) =>
			role(pupil.id, 'student', {
				beginDate: from,
				endDate: endReason === 'schoolYear' ? '' : to
			})
		),
		...guardiansOf(people).map(({ guardian, link: { relation } }) =>
			role(guardian.id, /^(parent|relative)$/.test(relation) ? relation : 'guardian')
		),
		...people.staff.map(({ staff }) => role(staff.id, 'teacher'))
	];
}

function enrollmentsOf(people: SchoolPeople, org: string): Row[] {
	const row = (user: string, group: string, role: string): Row => ({
		sourcedId: `${group}-${user}`,
		classSourcedId: group,
		schoolSourcedId: org,
		userSourcedId: user,
		role,
		primary: 'false'
	});
	return [
		...people.pupils.flatMap(({ pupil }) =>
			pupil.groupId === null ? [] : [row(pupil.id, pupil.groupId, 'student')]
		),
		...people.staff.flatMap(({ staff }) =>
			staff.groupIds.map((groupId) => row(staff.id, groupId, 'teacher'))
		)
	];
}

function manifest(files: Readonly<Record<OneRosterFile, readonly Row[]>>): string {
	const all = [
		...'categories classResources courseResources lineItems lineItemLearningObjectiveIds'.split(
			' '
		),
		...'lineItemScoreScales resources resultLearningObjectiveIds results resultScoreScales'.split(
			' '
		),
		...'scoreScales userProfiles userResources'.split(' '),
		...Object.keys(files)
	].sort();
	const lines = all.map((name) => `file.${name},${name in files ? 'bulk' : 'absent'}`);
	return [
		'propertyName,value',
		'manifest.version,1.0',
		'oneroster.version,1.2',
		...lines,
		'source.systemName,Schoolsleutel',
		'source.systemCode,schoolsleutel',
		''
	].join('\r\n');
}

function toCsv(headings: readonly string[], rows: readonly Row[]): string {
	const lines = rows.map((row) => headings.map((heading) => cell(row[heading] ?? '')).join(','));
	return [headings.join(','), ...lines, ''].join('\r\n');
}

function cell(text: string): string {
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

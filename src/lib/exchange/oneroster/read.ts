import type {
	Roster,
	RosterGuardian,
	RosterPupil,
	RosterStaff,
	UnreadableValue
} from '#lib/domain/import/roster.ts';
import type { Address } from '#lib/domain/people/kinds.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Sex } from '#lib/domain/kernel/numbers/national-number.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import { readDate } from '../values/dates.ts';
import { LeftOutCounter } from '../table/left-out.ts';
import type { OneRosterFiles, OneRosterName, OneRosterRow } from './files.ts';
import { readOneRosterGroups, type OneRosterGroups } from './groups.ts';
import { prefixOf } from '../values/names.ts';
import type { LeftOut } from '../table/table.ts';

export interface OneRosterContent {
	readonly roster: Roster;
	readonly leftOut: readonly LeftOut[];
}

export interface OneRosterProblem {
	readonly code: 'oneRosterIncomplete';
	readonly missing: readonly string[];
}

const relations = new Set(['parent', 'relative']);
const guardianRoles = new Set([...relations, 'guardian']);

/**
 * Makes a roster of a OneRoster 1.1 or 1.2 set: students, their parents by `agentSourcedIds`, staff;
 * groups from classes. Rows that are `tobedeleted` or `inactive` are left out, and counted.
 */
export function readOneRoster(files: OneRosterFiles): Result<OneRosterContent, OneRosterProblem> {
	const users = files.get('users');
	if (!users) return refuse({ code: 'oneRosterIncomplete', missing: ['users.csv'] });
	if (!users.headings.has('role') && !files.has('roles')) {
		return refuse({ code: 'oneRosterIncomplete', missing: ['roles.csv'] });
	}
	const counter = new LeftOutCounter();
	const active = (name: OneRosterName) => activeRows(files, name, counter);
	const people = active('users');
	const roles = rolesByUser(people, active('roles'));
	const withRole = (wanted: (role: string) => boolean) =>
		people.filter((row) => roles.get(row.get('sourcedid'))?.some(({ role }) => wanted(role)));
	const pupilRows = withRole((role) => role === 'student');
	const groups = readOneRosterGroups(files, active);
	const context: Context = {
		roles,
		groups,
		demographics: new Map(active('demographics').map((row) => [row.get('sourcedid'), row])),
		pupilIds: new Set(pupilRows.map((row) => row.get('sourcedid')))
	};
	const isStaff = (role: string) => role !== '' && role !== 'student' && !guardianRoles.has(role);
	const guardianRows = withRole((role) => guardianRoles.has(role));
	const roster: Roster = {
		format: `OneRoster ${versionOf(files)}`,
		pupils: pupilRows.map((row) => pupilOf(row, context)),
		guardians: guardiansOf(guardianRows, pupilRows, context, counter),
		staff: withRole(isStaff).map((row) => staffOf(row, context))
	};
	for (const row of people) {
		if (!roles.has(row.get('sourcedid'))) counter.add('otherRole', row);
	}
	return ok({ roster, leftOut: counter.all() });
}

interface UserRole {
	readonly role: string;
	/** roles.csv has the dates of somebody's time at the school. */
	readonly row: OneRosterRow | null;
}

interface Context {
	readonly roles: ReadonlyMap<string, readonly UserRole[]>;
	readonly groups: OneRosterGroups;
	readonly demographics: ReadonlyMap<string, OneRosterRow>;
	readonly pupilIds: ReadonlySet<string>;
}

/** An empty status is active: 1.1 leaves it empty in a bulk file. */
function activeRows(
	files: OneRosterFiles,
	name: OneRosterName,
	counter: LeftOutCounter
): readonly OneRosterRow[] {
	return (files.get(name)?.rows ?? []).filter((row) => {
		const isActive = /^(active)?$/i.test(row.get('status'));
		if (!isActive) counter.add('notActive', row);
		return isActive;
	});
}

function versionOf(files: OneRosterFiles): string {
	const said = files
		.get('manifest')
		?.rows.find((row) => row.get('propertyname') === 'oneroster.version')
		?.get('value');
	return said?.slice(0, 12) || (files.has('roles') ? '1.2' : '1.1');
}

/** From roles.csv (1.2), else from the user's own row (1.1). */
function rolesByUser(
	users: readonly OneRosterRow[],
	roles: readonly OneRosterRow[]
): Map<string, UserRole[]> {
	const byUser = new Map<string, UserRole[]>();
	const add = (user: string, role: string, row: OneRosterRow | null) => {
		if (role === '') return;
		const held = byUser.get(user);
		if (held) held.push({ role, row });
		else byUser.set(user, [{ role, row }]);
	};
	for (const row of roles) add(row.get('usersourcedid'), row.get('role').toLowerCase(), row);
	for (const row of users) {
		const user = row.get('sourcedid');
		if (!byUser.has(user)) add(user, row.get('role').toLowerCase(), null);
	}
	return byUser;
}

function nameOf(row: OneRosterRow) {
	return {
		givenName: row.get('preferredgivenname') || row.get('givenname'),
		namePrefix: prefixOf(row.get('middlename')),
		familyName: row.get('preferredfamilyname') || row.get('familyname')
	};
}

function contactOf(row: OneRosterRow): Partial<Address> {
	return { phone: row.get('phone') || row.get('sms'), email: row.get('email') };
}

function pupilOf(row: OneRosterRow, context: Context): RosterPupil {
	const key = row.get('sourcedid');
	const unreadable: UnreadableValue[] = [];
	const demographics = context.demographics.get(key);
	const role = context.roles.get(key)?.find(({ role }) => role === 'student')?.row ?? null;
	const date = (from: OneRosterRow | null | undefined, heading: string, field: string) =>
		from ? dateOf(from.get(heading), field, unreadable) : undefined;
	return {
		file: row.file,
		line: row.line,
		unreadable,
		sourceKey: key,
		pupilNumber: row.get('identifier') || key,
		...nameOf(row),
		userName: row.get('username'),
		groupName: context.groups.ofPupil(key),
		birthDate: date(demographics, 'birthdate', 'birthDate'),
		sex: demographics && sexOf(demographics.get('sex')),
		contact: contactOf(row),
		enrolledFrom: date(role, 'begindate', 'enrolledFrom'),
		enrolledTo: date(role, 'enddate', 'enrolledTo')
	};
}

function dateOf(text: string, field: string, unreadable: UnreadableValue[]): IsoDate | null {
	if (text === '') return null;
	const date = readDate(text, 'dayFirst');
	if (date === null) unreadable.push({ field, text });
	return date;
}

function sexOf(text: string): Sex | null {
	const sexes: Readonly<Record<string, Sex>> = { male: 'M', female: 'V', other: 'X' };
	return sexes[text.toLowerCase()] ?? null;
}

function staffOf(row: OneRosterRow, { roles, groups }: Context): RosterStaff {
	const key = row.get('sourcedid');
	const jobs = (roles.get(key) ?? []).map(({ role }) => role);
	return {
		file: row.file,
		line: row.line,
		unreadable: [],
		sourceKey: key,
		staffNumber: row.get('identifier') || key,
		...nameOf(row),
		email: row.get('email'),
		job: [...new Set(jobs)].filter((job) => !guardianRoles.has(job)).join(', '),
		groupNames: groups.ofTeacher(key)
	};
}

/** The link may stand with the parent, with the pupil, or with both. */
function guardiansOf(
	guardianRows: readonly OneRosterRow[],
	pupilRows: readonly OneRosterRow[],
	{ roles, pupilIds }: Context,
	counter: LeftOutCounter
): RosterGuardian[] {
	const children = new Map<string, Set<string>>();
	for (const row of guardianRows) {
		const found = agentsOf(row).filter((agent) => pupilIds.has(agent));
		children.set(row.get('sourcedid'), new Set(found));
	}
	for (const row of pupilRows) {
		for (const agent of agentsOf(row)) {
			const known = children.get(agent);
			if (known) known.add(row.get('sourcedid'));
			else counter.add('linkWithoutPerson', row);
		}
	}
	return guardianRows.flatMap((row): RosterGuardian[] => {
		const key = row.get('sourcedid');
		const pupils = children.get(key) ?? new Set<string>();
		if (pupils.size === 0) counter.add('linkWithoutPerson', row);
		// `guardian` says no more than that they are one.
		const relation = roles.get(key)?.find(({ role }) => relations.has(role))?.role ?? '';
		return pupils.size === 0
			? []
			: [
					{
						file: row.file,
						line: row.line,
						unreadable: [],
						sourceKey: key,
						...nameOf(row),
						userName: row.get('username'),
						contact: contactOf(row),
						pupils: [...pupils].map((pupilSourceKey) => ({ pupilSourceKey, relation }))
					}
				];
	});
}

function agentsOf(row: OneRosterRow): string[] {
	return row
		.get('agentsourcedids')
		.split(',')
		.map((agent) => agent.trim())
		.filter((agent) => agent !== '');
}

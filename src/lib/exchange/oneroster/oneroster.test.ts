import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRosterFiles } from '../file/read-roster-files.ts';
import { bytesOf, problemOf, readPeople, zip } from '../file/testing.ts';

const users11 = [
	'sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password',
	't1,active,2023-05-01,TRUE,org,teacher,john,,John,Doe,Michael,john.doe,john@school.example,1,2,,12,secret',
	's1,,,TRUE,org,student,mary,,Mary,Jones,van der,,mary@school.example,3,,"p1,t1",12,secret',
	's2,tobedeleted,,TRUE,org,student,anna,,Anna,Brown,,77,,,,,12,secret',
	's3,active,,TRUE,org,student,"bo, b",,Bo,Öz,,99,,,,,12,secret',
	'p1,active,,TRUE,org,parent,tom,,Thomas,Jones,,,tom@home.example,,,s1,,secret',
	'p2,active,,TRUE,org,relative,ann,,Ann,Alone,,,,,,s9,,secret',
	'x1,active,,TRUE,org,,nobody,,No,Body,,,,,,,,secret'
].join('\n');
const classes = [
	'sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods',
	'c1,active,,Physics,,crs,,scheduled,,org,t,,,',
	'c2,active,,3A,,crs,,Homeroom,,org,t,,,',
	'c3,inactive,,Gone,,crs,,homeroom,,org,t,,,'
].join('\n');
const enrollments = [
	'sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate',
	'e1,active,,c1,org,s1,student,false,2022-03-15,2022-06-15',
	'e2,active,,c2,org,s1,student,false,2022-03-15,2022-06-15',
	'e3,active,,c3,org,s3,student,false,,',
	'e4,active,,c2,org,t1,teacher,true,,'
].join('\n');

function readSet(files: Readonly<Record<string, string>>) {
	const read = readRosterFiles(
		Object.entries(files).map(([name, text]) => ({ name, bytes: bytesOf(text) }))
	);
	if (!read.ok || read.value.kind !== 'roster') throw new Error(JSON.stringify(read));
	return read.value;
}

describe('OneRoster 1.1', () => {
	const set = { a: users11, b: classes, c: enrollments };

	it('tells its files apart by their headings, and takes people from them', () => {
		const { roster } = readSet(set);
		expect(roster.format).toBe('OneRoster 1.1');
		expect(roster.pupils).toMatchObject([
			{
				sourceKey: 's1',
				pupilNumber: 's1',
				givenName: 'Mary',
				namePrefix: 'van der',
				groupName: '3A',
				line: 3
			},
			{ sourceKey: 's3', pupilNumber: '99', namePrefix: '', groupName: '' }
		]);
		expect(roster.staff).toMatchObject([
			{ staffNumber: 'john.doe', job: 'teacher', groupNames: ['3A'] }
		]);
		expect(roster.guardians).toMatchObject([
			{ sourceKey: 'p1', pupils: [{ pupilSourceKey: 's1', relation: 'parent' }] }
		]);
	});

	it('counts what it leaves out', () => {
		const counts = readSet(set).leftOut.map(({ reason, file, count }) => [reason, file, count]);
		expect(counts).toEqual([
			['notActive', 'a', 1],
			['notActive', 'b', 1],
			['linkWithoutPerson', 'a', 2],
			['otherRole', 'a', 1]
		]);
	});

	it('takes no dates of lessons for those of a time at school, and no passwords', () => {
		const text = JSON.stringify(readSet(set));
		expect(text).not.toContain('2022-06-15');
		expect(text).not.toContain('secret');
	});

	it('is the same in a zip', () => {
		const bytes = zip({
			'export/users.csv': users11,
			'export/classes.csv': classes,
			'export/enrollments.csv': enrollments,
			'__MACOSX/export/._users.csv': 'junk'
		});
		const { pupils } = readPeople(bytes);
		expect(pupils.map(({ pupilNumber, groupName }) => [pupilNumber, groupName])).toEqual([
			['s1', '3A'],
			['99', '']
		]);
	});
});

it('reads roles, dates and demographics of OneRoster 1.2', () => {
	const { roster } = readSet({
		users:
			'sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\n' +
			's1,active,,true,mary,,Maria,Jones,,60351,,,,,,,,Mary,,,org,\nt1,active,,true,els,,Els,Maes,,,,,,,,,,,,org,\n',
		roles:
			'sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n' +
			'r1,active,,s1,primary,student,2024-09-01,2027-06-30,org,\nr2,active,,t1,primary,teacher,,,org,\nr3,active,,t1,secondary,counselor,,,org,\n',
		demographics: 'sourcedId,status,dateLastModified,birthDate,sex\ns1,active,,2010-11-07,female\n',
		manifest: 'propertyName,value\nmanifest.version,1.0\noneroster.version,1.2\n'
	});
	expect(roster.format).toBe('OneRoster 1.2');
	expect(roster.pupils).toMatchObject([
		{
			givenName: 'Mary',
			birthDate: '2010-11-07',
			sex: 'V',
			enrolledFrom: '2024-09-01',
			enrolledTo: '2027-06-30'
		}
	]);
	expect(roster.staff).toMatchObject([{ job: 'teacher, counselor' }]);
});

it('says which file a set can not do without', () => {
	expect(problemOf(bytesOf(classes))).toMatchObject({
		code: 'oneRosterIncomplete',
		missing: ['users.csv']
	});
});

it('refuses a set together with something else, or two of one file', () => {
	const users = { name: 'users.csv', bytes: bytesOf(users11) };
	const csv = { name: 'x.csv', bytes: bytesOf('Stamnummer;Naam\n1;Maes\n') };
	for (const files of [
		[users, csv],
		[users, users]
	]) {
		expect(readRosterFiles(files)).toMatchObject({
			ok: false,
			refusal: { code: 'filesDoNotBelongTogether' }
		});
	}
});

const example = new URL('../../../../shared/data/oneroster/', import.meta.url);

it('reads the example set made elsewhere, whole', ({ skip }) => {
	const names = listed();
	if (names.length === 0) skip('the example set is not beside this checkout');
	const files = names.map((name) => ({
		name,
		bytes: new Uint8Array(readFileSync(new URL(name, example)))
	}));
	expect(readRosterFiles(files)).toMatchObject({
		ok: true,
		value: { roster: { pupils: { length: 3 }, guardians: { length: 1 }, staff: { length: 2 } } }
	});
});

function listed(): string[] {
	try {
		return readdirSync(example);
	} catch {
		return [];
	}
}

const base = ['sourcedId', 'status', 'dateLastModified'];

/** The headings of OneRoster 1.2 CSV, in their order (facts, oneroster-csv-headers.json). */
export const oneRosterHeadings = {
	academicSessions: [
		...base,
		...['title', 'type', 'startDate', 'endDate', 'parentSourcedId', 'schoolYear']
	],
	orgs: [...base, 'name', 'type', 'identifier', 'parentSourcedId'],
	courses: [
		...base,
		...['schoolYearSourcedId', 'title', 'courseCode', 'grades', 'orgSourcedId', 'subjects'],
		'subjectCodes'
	],
	classes: [
		...base,
		...['title', 'grades', 'courseSourcedId', 'classCode', 'classType', 'location'],
		...['schoolSourcedId', 'termSourcedIds', 'subjects', 'subjectCodes', 'periods']
	],
	users: [
		...base,
		...['enabledUser', 'username', 'userIds', 'givenName', 'familyName', 'middleName'],
		...['identifier', 'email', 'sms', 'phone', 'agentSourcedIds', 'grades', 'password'],
		...['userMasterIdentifier', 'preferredGivenName', 'preferredMiddleName'],
		...['preferredFamilyName', 'primaryOrgSourcedId', 'pronouns']
	],
	roles: [
		...base,
		...['userSourcedId', 'roleType', 'role', 'beginDate', 'endDate', 'orgSourcedId'],
		'userProfileSourcedId'
	],
	enrollments: [
		...base,
		...['classSourcedId', 'schoolSourcedId', 'userSourcedId', 'role', 'primary'],
		...['beginDate', 'endDate']
	],
	demographics: [
		...base,
		...['birthDate', 'sex', 'americanIndianOrAlaskaNative', 'asian'],
		...['blackOrAfricanAmerican', 'nativeHawaiianOrOtherPacificIslander', 'white'],
		...['demographicRaceTwoOrMoreRaces', 'hispanicOrLatinoEthnicity', 'countryOfBirthCode'],
		...['stateOfBirthAbbreviation', 'cityOfBirth', 'publicSchoolResidenceStatus']
	]
} as const;

export type OneRosterFile = keyof typeof oneRosterHeadings;

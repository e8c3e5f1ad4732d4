import { laterFields } from '../kernel/args.ts';
import { isMonthAndDay } from '../kernel/dates.ts';
import { isSchoolNumber } from '../kernel/numbers/school-number.ts';
import { schools, type School } from './kinds.ts';

/** The bounds of the settings that are numbers, both included. Forms show the same. */
export const settingBounds = {
	imagePasswordLength: { min: 3, max: 8 },
	imagePasswordChoices: { min: 8, max: 40 },
	lockAfterMinutes: { min: 1, max: 480 },
	failuresBeforeBlock: { min: 5, max: 50 },
	offlineHours: { min: 1, max: 720 },
	resetMinutes: { min: 10, max: 1440 }
} as const;

/** The settings that came after the first schools; who made one before has these. */
export const laterSettings = laterFields(schools.school);

/** A login address may not carry a user name away from the school: https, no query, no fragment. */
const loginBasePattern = /^https:\/\/[a-z0-9.-]+(?::\d{1,5})?\/(?:[\w.~-]+\/)*$/i;

/** The first field of a school that its form would not have sent; null: all are good. */
export function invalidSetting(school: School): Exclude<keyof School, 'kind' | 'id'> | null {
	if (school.name.trim() === '' || school.name.length > 200) return 'name';
	if (school.country !== 'NL' && school.country !== 'BE') return 'country';
	if (!isSchoolNumber(school.number, school.country)) return 'number';
	if (school.loginBase.length > 100 || !loginBasePattern.test(school.loginBase)) return 'loginBase';
	if (!isMonthAndDay(school.schoolYearEnd)) return 'schoolYearEnd';
	if (school.applicationManagerName.length > 200) return 'applicationManagerName';
	if (school.applicationManagerAddress.length > 200) return 'applicationManagerAddress';
	for (const field of Object.keys(settingBounds) as (keyof typeof settingBounds)[]) {
		const { min, max } = settingBounds[field];
		if (!Number.isInteger(school[field]) || school[field] < min || school[field] > max)
			return field;
	}
	return null;
}

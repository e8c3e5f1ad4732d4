import type { Json } from '#lib/domain/kernel/ids.ts';
import { formatList, formatNumber, formatShortDate } from './format.ts';
import { m } from './paraglide/messages.js';

/** By the name of the field in a record or a file; `official.sex` and the like where it is official. */
const texts: Readonly<Record<string, () => string>> = {
	pupilNumber: m.import_field_pupil_number,
	givenName: m.import_field_given_name,
	namePrefix: m.import_field_name_prefix,
	familyName: m.import_field_family_name,
	fullName: m.import_field_full_name,
	initials: m.import_field_initials,
	userName: m.start_user_name,
	group: m.import_field_group,
	groupId: m.import_field_group,
	groupName: m.import_field_group,
	groups: m.import_field_groups,
	groupIds: m.import_field_groups,
	groupNames: m.import_field_groups,
	birthDate: m.import_field_birth_date,
	sex: m.import_field_sex,
	nationalNumber: m.import_field_national_number,
	street: m.import_field_street,
	houseNumber: m.import_field_house_number,
	houseNumberAddition: m.import_field_house_number_addition,
	addressLine: m.import_field_address_line,
	postcode: m.import_field_postcode,
	city: m.import_field_city,
	phone: m.import_field_phone,
	email: m.import_field_email,
	enrolledFrom: m.import_field_enrolled_from,
	enrolledTo: m.import_field_enrolled_to,
	guardianKey: m.import_field_guardian_key,
	relation: m.import_field_relation,
	authority: m.import_field_authority,
	staffNumber: m.import_field_staff_number,
	job: m.import_field_job,
	'official.givenName': m.import_field_official_given_name,
	'official.familyName': m.import_field_official_family_name,
	'official.sex': m.import_field_official_sex,
	'official.birthDate': m.import_field_official_birth_date,
	officialGivenName: m.import_field_official_given_name,
	officialFamilyName: m.import_field_official_family_name,
	officialSex: m.import_field_official_sex,
	officialBirthDate: m.import_field_official_birth_date,
	'enrolment.from': m.import_field_enrolled_from,
	'enrolment.to': m.import_field_enrolled_to,
	'nationalNumber.scheme': m.import_field_national_number,
	'nationalNumber.value': m.import_field_national_number
};

/** Returns the name of a field on screen: of a kind of record, or as a file names it. */
export function fieldText(field: string, kind: string | null = null): string {
	const official = kind === 'pupilOfficial' ? texts[`official.${field}`] : undefined;
	const own = kind ? texts[`${kind}.${field}`] : undefined;
	return (official ?? own ?? texts[field] ?? m.import_field_other)();
}

const values: Readonly<Record<string, () => string>> = {
	M: m.import_value_male,
	V: m.import_value_female,
	X: m.import_value_other_sex
};

/** A value of a field as a person reads it; empty where there is none. */
export function valueText(field: string, value: Json): string {
	if (value === null) return '';
	if (typeof value === 'boolean') return value ? m.import_value_yes() : m.import_value_no();
	if (typeof value === 'number') return formatNumber(value);
	if (typeof value === 'object') {
		return Array.isArray(value)
			? value.map((each) => valueText(field, each as Json)).join(', ')
			: '';
	}
	if (/sex$/i.test(field)) return values[value]?.() ?? value;
	return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatShortDate(value) : value;
}

/** `3, 4 en 12`: no more than five of them. */
export function linesText(lines: readonly number[]): string {
	const shown = lines.slice(0, 5).map(formatNumber);
	return lines.length > shown.length ? `${shown.join(', ')} …` : formatList(shown);
}

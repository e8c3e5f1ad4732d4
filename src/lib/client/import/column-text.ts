import { guardianPositions, type Field } from '#lib/exchange/table/fields.ts';
import type { MappingProblem } from '#lib/exchange/table/mapping.ts';
import type { ImportSubject } from '#lib/domain/import/plan.ts';
import { fieldText } from '#lib/i18n/import-field-text.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { TableColumns } from './columns.svelte.ts';

export interface FieldGroup {
	readonly label: string;
	readonly options: readonly { readonly value: Field; readonly label: string }[];
}

const numbers = /^(nationalNumber|official)/;
const addresses = /^(street|houseNumber|addressLine|postcode|city|phone|email)/;

/** The meanings to choose from for a column, in groups. */
export function fieldGroups(columns: TableColumns): readonly FieldGroup[] {
	const { subject, choices } = columns;
	const groups = new Map<string, Field[]>();
	for (const field of choices) {
		const label = groupOf(field);
		groups.set(label, [...(groups.get(label) ?? []), field]);
	}
	return [...groups].map(([label, fields]) => ({
		label,
		options: fields.map((field) => ({
			value: field,
			label: columnFieldText(field, subject, false)
		}))
	}));
}

function groupOf(field: Field): string {
	for (const number of guardianPositions) {
		if (field.startsWith(`guardian${number}.`)) return m.import_fields_guardian({ number });
	}
	if (numbers.test(field)) return m.import_fields_number();
	if (addresses.test(field)) return m.import_fields_address();
	if (field.startsWith('enrolled')) return m.import_fields_enrolment();
	return field === 'job' || field === 'groups' ? m.import_fields_work() : m.import_fields_person();
}

/**
 * Returns the name of a field; with the guardian that it is of, where it is of one and that is
 * asked.
 */
function columnFieldText(field: Field, subject: ImportSubject, whose = true): string {
	const [guardian = '', plain] = field.split('.');
	if (plain !== undefined) {
		const text = fieldText(plain);
		const number = guardian.slice('guardian'.length);
		return whose ? m.import_field_of_guardian({ number, field: text }) : text;
	}
	const child = field === 'pupilNumber' && subject === 'guardian';
	return child ? m.import_field_child_number() : fieldText(field);
}

/** Tells in words what a table needs before it can be imported. */
export function mappingProblemText(problem: MappingProblem, subject: ImportSubject): string {
	switch (problem.code) {
		case 'noNumberColumn':
			return subject === 'staff'
				? m.import_mapping_no_staff_number()
				: m.import_mapping_no_number();
		case 'noNameColumn':
			return m.import_mapping_no_name();
		case 'noChildColumn':
			return m.import_mapping_no_child();
		case 'fieldTwice':
			return m.import_mapping_twice({ field: columnFieldText(problem.field, subject) });
	}
}

/**
 * Returns the fields that a table can't be imported without; of names, a family or a full name is
 * enough.
 */
export function neededFields(subject: ImportSubject): ReadonlySet<Field> {
	const key = subject === 'staff' ? 'staffNumber' : 'pupilNumber';
	return new Set([key, 'familyName', 'fullName']);
}

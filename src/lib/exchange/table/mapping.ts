import type { ImportSubject } from '#lib/domain/import/plan.ts';
import { detectDateOrder, type DateOrder } from '../values/dates.ts';
import type { Field } from './fields.ts';
import { meaningOf } from './headings.ts';
import type { Table } from './table.ts';

/** What the columns of a table mean: recognised, and changed by hand where that went wrong. */
export interface ColumnMapping {
	readonly subject: ImportSubject;
	/** For each column; null: not imported. A field is given at most once. */
	readonly columns: readonly (Field | null)[];
	/** How dates without a fixed order are written: 7-11-2010, or 11/7/2010. */
	readonly dateOrder: DateOrder;
}

/** The mapping that the headings of a table suggest, for the table's own subject or another. */
export function suggestMapping(
	table: Pick<Table, 'headings' | 'rows' | 'subject'>,
	subject: ImportSubject = table.subject
): ColumnMapping {
	const columns = recogniseColumns(table.headings, subject);
	const dateColumns = columns.flatMap((field, index) => (isDateField(field) ? [index] : []));
	const dates = function* () {
		for (const row of table.rows) for (const column of dateColumns) yield row[column] ?? '';
	};
	return { subject, columns, dateOrder: detectDateOrder(dates()) };
}

export function isDateField(field: Field | null): boolean {
	return (
		field === 'birthDate' ||
		field === 'officialBirthDate' ||
		field === 'enrolledFrom' ||
		field === 'enrolledTo'
	);
}

/** What each heading means; of two that mean the same, the better known one, else the first. */
export function recogniseColumns(
	headings: readonly string[],
	subject: ImportSubject
): (Field | null)[] {
	const meanings = headings.map((heading) => meaningOf(heading, subject));
	const best = new Map<Field, number>();
	meanings.forEach((meaning, index) => {
		if (!meaning) return;
		const held = best.get(meaning.field);
		const heldRank = held === undefined ? Infinity : (meanings[held]?.rank ?? Infinity);
		if (meaning.rank < heldRank) best.set(meaning.field, index);
	});
	const columns = meanings.map((meaning, index) =>
		meaning && best.get(meaning.field) === index ? meaning.field : null
	);
	return splitNames(columns);
}

/** `Naam` beside `Voornaam` is the family name, as Flemish schools write it; alone it is all of it. */
function splitNames(columns: readonly (Field | null)[]): (Field | null)[] {
	const has = new Set(columns);
	return columns.map((field) => {
		if (!field?.endsWith('fullName')) return field;
		const of = (part: string) => field.replace('fullName', part) as Field;
		if (has.has(of('familyName'))) return null;
		return has.has(of('givenName')) || has.has(of('initials')) ? of('familyName') : field;
	});
}

/** Why a table can't be imported with a mapping. */
export type MappingProblem =
	| { readonly code: 'noNumberColumn' }
	| { readonly code: 'noNameColumn' }
	/** Guardians in a table of their own, without the column that says whose. */
	| { readonly code: 'noChildColumn' }
	| { readonly code: 'fieldTwice'; readonly field: Field };

/** Empty when `rosterFromTables` has what it needs. */
export function mappingProblems(mapping: ColumnMapping): readonly MappingProblem[] {
	const { subject, columns } = mapping;
	const problems: MappingProblem[] = [];
	const fields = columns.filter((field) => field !== null);
	const has = new Set<Field>(fields);
	if (subject === 'pupil' && !has.has('pupilNumber')) problems.push({ code: 'noNumberColumn' });
	if (subject === 'staff' && !has.has('staffNumber')) problems.push({ code: 'noNumberColumn' });
	if (subject === 'guardian' && !has.has('pupilNumber')) problems.push({ code: 'noChildColumn' });
	if (!has.has('fullName') && !has.has('familyName')) problems.push({ code: 'noNameColumn' });
	for (const field of has) {
		if (fields.indexOf(field) !== fields.lastIndexOf(field)) {
			problems.push({ code: 'fieldTwice', field });
		}
	}
	return problems;
}

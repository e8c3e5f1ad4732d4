import type { Roster, RosterPupil, RosterStaff } from '#lib/domain/import/roster.ts';
import type { Field, PlainField } from './fields.ts';
import {
	guardianPlaces,
	guardiansInPupilRow,
	mergeGuardians,
	type LooseGuardian
} from './guardian-rows.ts';
import type { ColumnMapping } from './mapping.ts';
import { RowReader, type RowFormat } from './row-reader.ts';
import { sexReaderFor } from '../values/sex.ts';
import type { Table } from './table.ts';
import { readYesNo } from '../values/yes-no.ts';

/**
 * Makes a roster of tables with a mapping for each, in the same order. What can't be read stays in
 * `unreadable` of its row; rows without a number or a name are in the roster too, so that the person
 * hears of them. Check `mappingProblems` first.
 */
export function rosterFromTables(
	tables: readonly Table[],
	mappings: readonly ColumnMapping[]
): Roster {
	const pupils: RosterPupil[] = [];
	const staff: RosterStaff[] = [];
	const guardians: LooseGuardian[] = [];
	tables.forEach((table, index) => {
		const mapping = mappings[index];
		if (!mapping) return;
		const format = formatOf(table, mapping);
		const places = guardianPlaces(table.headings, format.columns);
		table.rows.forEach((cells, rowIndex) => {
			const row = new RowReader(cells, format);
			const at: At = { file: fileOf(table), line: table.lineNumbers[rowIndex] ?? 0 };
			if (mapping.subject === 'guardian') guardians.push(guardianOf(row, at));
			else if (mapping.subject === 'staff') staff.push(staffOf(row, at));
			else {
				const pupil = pupilOf(row, at);
				pupils.push(pupil);
				guardians.push(...guardiansInPupilRow(cells, pupil, places, format));
			}
		});
	});
	const format = tables.some((table) => table.sheet !== null) ? 'Excel' : 'CSV';
	return { format, pupils, guardians: mergeGuardians(guardians), staff };
}

interface At {
	readonly file: string;
	readonly line: number;
}

function fileOf({ file, sheet }: Table): string {
	return sheet === null ? file : `${file} (${sheet})`;
}

function formatOf(table: Table, mapping: ColumnMapping): RowFormat {
	const columns = new Map<Field, number>();
	mapping.columns.forEach((field, column) => {
		if (field && !columns.has(field)) columns.set(field, column);
	});
	const sexColumns = (['sex', 'officialSex'] as const).flatMap((field) => columns.get(field) ?? []);
	const sexes = function* () {
		for (const row of table.rows) for (const column of sexColumns) yield row[column] ?? '';
	};
	return {
		columns,
		dateOrder: mapping.dateOrder,
		excelNumbers: table.sheet !== null,
		readSex: sexReaderFor(sexes())
	};
}

function pupilOf(row: RowReader, at: At): RosterPupil {
	const pupilNumber = numberIn(row, 'pupilNumber');
	const pupil = {
		...at,
		sourceKey: pupilNumber,
		pupilNumber,
		...row.name(),
		userName: row.text('userName'),
		groupName: row.text('group'),
		birthDate: row.date('birthDate'),
		sex: row.sex('sex'),
		nationalNumber: row.text('nationalNumber'),
		official: officialOf(row),
		contact: row.contact(),
		enrolledFrom: row.date('enrolledFrom'),
		enrolledTo: row.date('enrolledTo')
	};
	return { ...pupil, unreadable: row.unreadable };
}

/** A number that a spreadsheet wrote as an amount: `60351.0`, `60351,00`. */
function numberIn(row: RowReader, field: PlainField): string {
	return (row.text(field) ?? '').replace(/^(\d+)[.,]0+$/, '$1');
}

function officialOf(row: RowReader): RosterPupil['official'] {
	const givenName = row.text('officialGivenName');
	const familyName = row.text('officialFamilyName');
	const sex = row.sex('officialSex', 'official.sex');
	const birthDate = row.date('officialBirthDate', 'official.birthDate');
	// Half an official name is none.
	if (!familyName) return undefined;
	return { givenName: givenName ?? '', familyName, sex, birthDate };
}

function staffOf(row: RowReader, at: At): RosterStaff {
	const staffNumber = numberIn(row, 'staffNumber');
	const groups = row.text('groups');
	return {
		...at,
		sourceKey: staffNumber,
		staffNumber,
		...row.name(),
		email: row.text('email'),
		job: row.text('job'),
		groupNames: groups === undefined ? undefined : listIn(groups),
		unreadable: row.unreadable
	};
}

function guardianOf(row: RowReader, at: At): LooseGuardian {
	const relation = row.text('relation') ?? '';
	const authority = readYesNo(row.text('authority'));
	const children = listIn(row.text('pupilNumber'));
	return {
		...at,
		sourceKey: numberIn(row, 'guardianKey'),
		...row.name(),
		userName: row.text('userName'),
		initials: row.text('initials'),
		contact: row.contact(),
		pupils: children.map((pupilSourceKey) => ({ pupilSourceKey, relation, authority })),
		unreadable: row.unreadable
	};
}

/** Several in one cell: `3A, 3B`. */
function listIn(text: string | undefined): string[] {
	const parts = (text ?? '').split(/[,;|]/).map((part) => part.trim());
	return [...new Set(parts.filter((part) => part !== ''))];
}

import type { Address } from '#lib/domain/people/kinds.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { maxValueLength } from '#lib/domain/import/plan.ts';
import type { UnreadableValue } from '#lib/domain/import/roster.ts';
import { readDate, type DateOrder } from '../values/dates.ts';
import type { Field, PlainField } from './fields.ts';
import { splitFullName } from '../values/names.ts';
import type { SexReader } from '../values/sex.ts';

/** How the rows of one table are to be read. */
export interface RowFormat {
	readonly columns: ReadonlyMap<Field, number>;
	readonly dateOrder: DateOrder;
	/** A date may be an Excel day number. */
	readonly excelNumbers: boolean;
	readonly readSex: SexReader;
}

/** Reads one row by field. A field without a column is undefined; an empty cell is empty. */
export class RowReader {
	readonly unreadable: UnreadableValue[] = [];
	readonly #row: readonly string[];
	readonly #format: RowFormat;

	constructor(row: readonly string[], format: RowFormat) {
		this.#row = row;
		this.#format = format;
	}

	text(field: Field): string | undefined {
		const column = this.#format.columns.get(field);
		return column === undefined ? undefined : (this.#row[column] ?? '');
	}

	date(field: PlainField, named: string = field): IsoDate | null | undefined {
		const text = this.text(field);
		if (text === undefined || isNothing(text)) return text === undefined ? undefined : null;
		const date = readDate(text, this.#format.dateOrder, this.#format);
		if (date === null) this.unreadable.push({ field: named, text });
		return date;
	}

	sex(field: PlainField, named: string = field) {
		const text = this.text(field);
		if (text === undefined) return undefined;
		const sex = this.#format.readSex(text);
		if (sex === 'unreadable') this.unreadable.push({ field: named, text });
		return sex === 'unreadable' ? null : sex;
	}

	/** From columns of their own, else from the whole name. `prefix`: `guardian1.`. */
	name(prefix: '' | `guardian${1 | 2 | 3 | 4}.` = '') {
		const of = (field: 'givenName' | 'namePrefix' | 'familyName' | 'fullName') =>
			this.text(`${prefix}${field}` as Field);
		const family = of('familyName');
		const full = of('fullName');
		if (family !== undefined || !full) {
			return {
				givenName: of('givenName') ?? '',
				namePrefix: of('namePrefix'),
				familyName: family ?? ''
			};
		}
		const { certain, ...name } = splitFullName(full);
		if (!certain) this.unreadable.push({ field: 'fullName', text: full });
		return name;
	}

	/** Only what has a column; undefined where nothing has. */
	contact(prefix: '' | `guardian${1 | 2 | 3 | 4}.` = ''): Partial<Address> | undefined {
		const of = (field: PlainField) => this.text(`${prefix}${field}` as Field);
		const line = of('addressLine');
		const split = line === undefined ? {} : splitAddressLine(line);
		const number = of('houseNumber');
		const addition = of('houseNumberAddition');
		const contact: Partial<Record<keyof Address, string>> = { ...split };
		const street = of('street');
		if (street !== undefined) contact.street = street;
		if (number !== undefined) contact.houseNumber = `${number} ${addition ?? ''}`.trim();
		for (const field of ['postcode', 'city', 'phone', 'email'] as const) {
			const text = of(field);
			if (text !== undefined) contact[field] = text;
		}
		return Object.keys(contact).length > 0 ? contact : undefined;
	}
}

/** What people write in a cell to say that there is nothing. */
function isNothing(text: string): boolean {
	return /^(|-+|\.|n\.?v\.?t\.?|onbekend|0|00-00-0000|geen)$/i.test(text);
}

/** `Kerkstraat 12 bus 3` → street and number; a line without a number at its end is all street. */
function splitAddressLine(line: string): Pick<Address, 'street' | 'houseNumber'> {
	// No address is so long, and the search below takes the square of its length.
	if (line.length > maxValueLength) return { street: line, houseNumber: '' };
	const found = /^(\D.*?)[\s,]+(\d+\s*\S{0,6}(?:\s+(?:bus|box|bte)?\s*\S{1,6})?)$/i.exec(line);
	return { street: found?.[1] ?? line, houseNumber: found?.[2] ?? '' };
}

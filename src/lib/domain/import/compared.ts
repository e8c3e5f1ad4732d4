import type { Spelling } from '../people/identity/spelling.ts';
import type { Country } from '../kernel/numbers/school-number.ts';
import type { StateReader } from '../registry/state.ts';
import type { Roster } from './roster.ts';

/** A school and a roster beside each other. */
export interface Compared {
	readonly state: StateReader;
	readonly roster: Roster;
	readonly country: Country;
	/** Keys of one package say nothing to another. */
	readonly sourceOf: (key: string) => string;
	readonly spelling: Spelling;
}

export function sourcesOf(format: string): Compared['sourceOf'] {
	const family = familyOf(format);
	return (key) => `${family}:${key}`;
}

/** A key as `sourceOf` makes it for CSV and Excel. */
export function tableKey(key: string): string {
	return `table:${key}`;
}

/** A CSV file and a workbook of one package have the same keys, as have EDEXML and UWLR. */
function familyOf(format: string): string {
	const [word = ''] = format.toLowerCase().split(' ');
	if (word === 'csv' || word === 'excel') return 'table';
	return word === 'uwlr' ? 'edexml' : word;
}

/** Rows by a key that some may share. Rows without one are left out. */
export class RowIndex<Row> {
	readonly #keyOf: (row: Row) => string;
	readonly #rows = new Map<string, Row[]>();

	constructor(keyOf: (row: Row) => string) {
		this.#keyOf = keyOf;
	}

	add(row: Row): void {
		const key = this.#keyOf(row);
		if (key === '') return;
		const held = this.#rows.get(key);
		if (held) held.push(row);
		else this.#rows.set(key, [row]);
	}

	has(key: string): boolean {
		return this.#rows.has(key);
	}

	at(key: string): readonly Row[] {
		return this.#rows.get(key) ?? [];
	}
}

import type { ImportSubject } from '#lib/domain/import/plan.ts';
import { fieldsOf, type Field } from '#lib/exchange/table/fields.ts';
import {
	isDateField,
	mappingProblems,
	type ColumnMapping,
	type MappingProblem
} from '#lib/exchange/table/mapping.ts';
import type { RememberedMapping } from './draft.ts';
import type { TableSummary } from './work.ts';

/** The meanings of the columns of one table: recognised, remembered, or chosen by hand. */
export class TableColumns {
	readonly table: TableSummary;
	#confirmed: boolean;
	/** null: this table is not imported. */
	#mapping = $state.raw<ColumnMapping | null>(null);
	/** As it was before the table was left out. */
	#last: ColumnMapping;
	readonly problems: readonly MappingProblem[] = $derived(
		this.#mapping ? mappingProblems(this.#mapping) : []
	);

	/** @param remembered What was said of the same headings before. */
	constructor(table: TableSummary, remembered: RememberedMapping | undefined) {
		this.table = table;
		this.#confirmed = remembered?.confirmed ?? false;
		this.#last = $state.raw(remembered?.mapping ?? table.suggestions[table.subject]);
		this.#mapping = remembered?.mapping === null ? null : this.#last;
	}

	/** The mapping to remember of it, and under which key. */
	get remembered(): readonly [key: string, RememberedMapping] {
		return [headingsKey(this.table), { mapping: this.#mapping, confirmed: this.#confirmed }];
	}

	get mapping(): ColumnMapping | null {
		return this.#mapping;
	}

	get subject(): ImportSubject {
		return this.#last.subject;
	}

	/** The meanings that a column can be given, in an order to choose from. */
	get choices(): readonly Field[] {
		return fieldsOf(this.subject);
	}

	/** How dates are written matters: there is a column of them. */
	get hasDates(): boolean {
		return this.#mapping?.columns.some(isDateField) ?? false;
	}

	/** Nobody needs to look: every column with something in it has a meaning, or was decided before. */
	get settled(): boolean {
		if (this.problems.length > 0) return false;
		const columns = this.#mapping?.columns ?? [];
		return (
			this.#confirmed ||
			columns.every((field, at) => field !== null || (this.table.samples[at] ?? []).length === 0)
		);
	}

	/** A field that another column had, moves here. */
	setColumn(column: number, field: Field | null): void {
		const columns = this.#last.columns.map((held, at) => {
			if (at === column) return field;
			return held === field ? null : held;
		});
		this.#change({ ...this.#last, columns });
	}

	/** Sets the kind of people that the rows are about; null leaves the table out. */
	setSubject(subject: ImportSubject | null): void {
		if (subject === null) this.#mapping = null;
		else if (subject === this.#last.subject) this.#mapping = this.#last;
		else this.#change(this.table.suggestions[subject]);
	}

	setDateOrder(dateOrder: ColumnMapping['dateOrder']): void {
		this.#change({ ...this.#last, dateOrder });
	}

	/** Somebody goes on with it as it is. */
	confirm(): void {
		this.#confirmed = true;
	}

	#change(mapping: ColumnMapping): void {
		this.#last = mapping;
		this.#mapping = mapping;
	}
}

/** By which the meaning of a table's columns is found again. */
export function headingsKey({ sheet, headings }: TableSummary): string {
	return JSON.stringify([sheet, ...headings]);
}

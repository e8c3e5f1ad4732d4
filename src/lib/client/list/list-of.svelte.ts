import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { search } from '#lib/domain/kernel/text/search.ts';
import type { Filter, FilterOption } from '#lib/ui/fields/field.ts';
import { sortRows, type Column, type Sort } from '#lib/ui/table/table.ts';
import type { TableSelection } from '#lib/ui/table/table-selection.svelte.ts';
import type { SavedTable } from '../print/save-workbook.ts';
import { ListChoice } from './list-choice.svelte.ts';
import type { ListAddress } from './page-address.ts';

/** A property by which a list is narrowed. */
export interface ListFilter<Row> {
	/** Its name in the address, which holds the values chosen, so these are ids or words of ours. */
	readonly key: string;
	readonly label: string;
	/** Returns a row's values; a row stays if one of these is chosen. */
	readonly of: (row: Row) => readonly string[];
	/** Returns the options to choose from among all rows of the list. */
	readonly options: (rows: readonly Row[]) => readonly FilterOption[];
}

/** The declaration of a list: everything but the text, choices and ticks of a person in it. */
export interface ListDeclaration<Row> {
	/** Of the page, of the table, and on paper. */
	readonly title: string;
	/** The name of a file of it, and of the sheet in it. */
	readonly name: string;
	readonly words: ListWords;
	/** All of them. Reactive; read again whenever the school changes. */
	readonly rows: () => readonly Row[];
	readonly rowId: (row: Row) => string;
	/** On screen, on paper and in the file alike. */
	readonly columns: readonly Column<Row>[];
	/** At first, and where another order leaves rows equal. null: as `rows` has them. */
	readonly sort: Sort | null;
	/** The folded text that a row is found by. */
	readonly searchText: (row: Row) => string;
	readonly filters: readonly ListFilter<Row>[];
}

export interface ListWords {
	/** The label of its search field: *Zoek op naam*. */
	readonly search: string;
	/** The name of the filters together. */
	readonly filters: string;
	readonly nothingFound: string;
	/** How many are ticked, where rows can be. */
	readonly selected?: (words: { readonly count: string }) => string;
}

/** A list and how somebody looks at it now: searched, filtered, sorted, ticked. */
export class ListOf<Row> {
	sort: Sort | null;
	readonly declared: ListDeclaration<Row>;
	/** All rows, shown or not, in no order. */
	readonly all: readonly Row[];
	readonly #address: ListAddress;
	readonly #choice: ListChoice;
	readonly #sorted: readonly Row[];
	/** The rows that are shown, in their order. */
	readonly rows: readonly Row[] = $derived.by(() => this.#narrowed());
	readonly filters: readonly Filter[] = $derived.by(() =>
		this.declared.filters.map(({ key, label, options }) => {
			return { key, label, options: options(this.all), values: this.chosen(key) };
		})
	);

	/** @param choice what is kept longer than the page; by default it goes with the page */
	constructor(declared: ListDeclaration<Row>, address: ListAddress, choice = new ListChoice()) {
		this.declared = declared;
		this.#address = address;
		this.#choice = choice;
		this.sort = $state.raw(declared.sort);
		this.all = $derived(declared.rows());
		const ordered = $derived(sortRows(this.all, declared.columns, declared.sort));
		this.#sorted = $derived(
			this.sort === declared.sort ? ordered : sortRows(ordered, declared.columns, this.sort)
		);
	}

	get text(): string {
		return this.#choice.text;
	}

	set text(text: string) {
		this.#choice.text = text;
	}

	get selection(): TableSelection {
		return this.#choice.selection;
	}

	/** The values of a filter that are chosen; none means all. */
	chosen(key: string): readonly string[] {
		return this.#address.values(key);
	}

	/** Something was typed or chosen, so that rows may be missing. */
	get narrowed(): boolean {
		return this.text !== '' || this.declared.filters.some(({ key }) => this.chosen(key).length > 0);
	}

	/** The typed text and the choices, in words: a list on paper says what it leaves out. */
	get narrowedBy(): readonly string[] {
		const typed = this.text.trim();
		const chosen = this.filters
			.filter(({ values }) => values.length > 0)
			.map(({ label, options, values }) => {
				const labels = options.flatMap((each) => (values.includes(each.value) ? each.label : []));
				return `${label}: ${labels.join(', ')}`;
			});
		return typed === '' ? chosen : [`“${typed}”`, ...chosen];
	}

	/** Names what is shown and in what order: another view starts at its top. */
	get view(): string {
		const chosen = this.declared.filters.map(({ key }) => this.chosen(key));
		return JSON.stringify([this.text, chosen, this.sort]);
	}

	/** The ticked rows, in the order of the list; also those that the filter hides. */
	get selected(): readonly Row[] {
		return this.#sorted.filter((row) => this.selection.has(this.declared.rowId(row)));
	}

	/** How many ticked rows the filter hides. */
	get hiddenSelected(): number {
		return this.selection.hidden(this.rows.map(this.declared.rowId));
	}

	/** Ticks every row that is shown. */
	selectAll(): void {
		this.selection.setAll(this.rows.map(this.declared.rowId), true);
	}

	choose(key: string, values: readonly string[]): void {
		this.#address.change(key, values);
	}

	/** Shows all rows again. */
	showAll(): void {
		this.text = '';
		this.#address.clear();
	}

	/** The shown rows, as they stand in a file. */
	get table(): SavedTable {
		const { name, columns } = this.declared;
		return {
			name,
			headings: columns.map(({ title }) => title),
			rows: this.rows.map((row) => columns.map(({ text }) => text(row)))
		};
	}

	/** Hands what is shown to the browser as an Excel file. */
	async save(date: IsoDate): Promise<void> {
		const { saveWorkbook } = await import('../print/save-workbook.ts');
		await saveWorkbook([this.table], { name: this.declared.name.toLowerCase(), date });
	}

	#narrowed(): readonly Row[] {
		const filters = this.declared.filters
			.map(({ key, of }) => ({ of, wanted: new Set(this.chosen(key)) }))
			.filter(({ wanted }) => wanted.size > 0);
		const found = search(this.#sorted, this.text, this.declared.searchText);
		if (filters.length === 0) return found;
		return found.filter((row) =>
			filters.every(({ of, wanted }) => of(row).some((value) => wanted.has(value)))
		);
	}
}

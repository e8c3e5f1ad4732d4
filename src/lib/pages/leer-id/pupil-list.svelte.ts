import { compareNames } from '#lib/domain/kernel/text/compare-names.ts';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { PupilChoice } from '#lib/client/leer-id/pupil-choice.svelte.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import {
	deskRows,
	filterRows,
	sortRows,
	type DeskColumn,
	type DeskFilter,
	type DeskRow
} from '#lib/domain/leer-id/desk.ts';
import type { LeerIdStatus } from '#lib/domain/credentials/status.ts';
import type { LeerIdType } from '#lib/domain/credentials/kinds.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Filter } from '#lib/ui/fields/field.ts';
import type { Sort } from '#lib/ui/table/table.ts';
import { statusText, typeText } from '../credentials/leer-id-text.ts';

const statuses: readonly LeerIdStatus[] = ['active', 'inactive', 'none'];
const types: readonly LeerIdType[] = ['basic', 'advanced'];
/** What the address calls each filter. A group by its random id: an address holds nothing personal. */
const parameters = { group: 'groep', status: 'status', type: 'type' } as const;
type FilterKey = keyof typeof parameters;

/** The list *Ingeschreven leerlingen*: its rows, and what narrows them. Filters live in the address. */
export class PupilList {
	/** Sorted by *Naam* at first (product.md 31). */
	sort = $state.raw<Sort>({ key: 'name', direction: 'ascending' });
	readonly #session: Session;
	readonly #choice: PupilChoice;
	readonly #all: readonly DeskRow[];
	readonly #sorted: readonly DeskRow[];

	constructor(session: Session, choice: PupilChoice) {
		this.#session = session;
		this.#choice = choice;
		this.#all = $derived(deskRows(session.state, session.today));
		this.#sorted = $derived(sortRows(this.#all, this.sort.key as DeskColumn, this.sort.direction));
	}

	/** What was typed to search by; kept with the ticked pupils, so that it is there again after another page or a lock. */
	get text(): string {
		return this.#choice.searchText;
	}

	set text(text: string) {
		this.#choice.searchText = text;
	}

	get total(): number {
		return this.#all.length;
	}

	readonly rows: readonly DeskRow[] = $derived.by(() => filterRows(this.#sorted, this.#filter()));

	readonly filters: readonly Filter[] = $derived.by(() => [
		{
			key: 'group',
			label: m.desk_group(),
			options: this.#groupOptions(),
			values: this.#chosen('group')
		},
		{
			key: 'status',
			label: m.desk_status(),
			options: statuses.map((value) => ({ value, label: statusText(value) })),
			values: this.#chosen('status')
		},
		{
			key: 'type',
			label: m.desk_type(),
			options: types.map((value) => ({ value, label: typeText(value) })),
			values: this.#chosen('type')
		}
	]);

	get filtered(): boolean {
		return this.text !== '' || this.filters.some(({ values }) => values.length > 0);
	}

	/** Names what is shown and in what order: another view starts at its top. */
	get view(): string {
		const chosen = this.filters.map(({ values }) => values.join());
		return [this.text, ...chosen, this.sort.key, this.sort.direction].join('|');
	}

	/** How many ticked pupils the filter hides. */
	get hiddenSelected(): number {
		return this.#choice.selection.hidden(this.rows.map(({ pupilId }) => pupilId));
	}

	/** Ticks every row that the filter leaves. */
	selectAll(): void {
		this.#choice.selection.setAll(
			this.rows.map(({ pupilId }) => pupilId),
			true
		);
	}

	/** *Lijst opslaan (Excel)*: the rows that the filter leaves, in their order. */
	async saveExcel(): Promise<void> {
		const { savePupilList } = await import('#lib/client/leer-id/save-list.ts');
		await savePupilList(this.rows, this.#session.today, {
			status: ({ status }) => statusText(status),
			type: ({ type }) => typeText(type)
		});
	}

	choose(key: string, values: readonly string[]): void {
		const address = new URL(page.url);
		const parameter = parameters[key as FilterKey];
		address.searchParams.delete(parameter);
		for (const value of values) address.searchParams.append(parameter, value);
		void goto(address, { replaceState: true, keepFocus: true, noScroll: true });
	}

	clearFilter(): void {
		this.text = '';
		void goto(page.url.pathname, { replaceState: true, keepFocus: true, noScroll: true });
	}

	#filter(): DeskFilter {
		return {
			text: this.text,
			groups: new Set(this.#chosen('group')),
			statuses: new Set(this.#chosen('status') as LeerIdStatus[]),
			types: new Set(this.#chosen('type') as LeerIdType[])
		};
	}

	#chosen(key: FilterKey): readonly string[] {
		return page.url.searchParams.getAll(parameters[key]);
	}

	#groupOptions(): Filter['options'] {
		const counts = new Map<string, number>();
		for (const { groupId } of this.#all) {
			if (groupId) counts.set(groupId, (counts.get(groupId) ?? 0) + 1);
		}
		return [...this.#session.state.all('group')]
			.filter(({ id }) => counts.has(id))
			.sort((one, other) => compareNames(one.name, other.name))
			.map(({ id, name }) => ({ value: id, label: name, count: counts.get(id) ?? 0 }));
	}
}

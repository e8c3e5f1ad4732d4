import { compareNames } from '#lib/domain/kernel/text/compare-names.ts';
import { goto } from '$app/navigation';
import { page } from '$app/state';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { fold } from '#lib/domain/kernel/text/fold.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Filter } from '#lib/ui/fields/field.ts';
import { TableSelection } from '#lib/ui/table/table-selection.svelte.ts';
import { guardianRows, lookOf, standings, type GuardianRow } from './guardian-rows.ts';

const parameters = { group: 'groep', standing: 'status' } as const;
type FilterKey = keyof typeof parameters;

/** The list *Ouders*: its rows, what narrows them, and which are ticked. Filters live in the address. */
export class GuardianList {
	/** What was typed to search by; never in the address. */
	text = $state('');
	readonly selection = new TableSelection();
	readonly #session: Session;
	readonly #all: readonly GuardianRow[];

	constructor(session: Session) {
		this.#session = session;
		this.#all = $derived(guardianRows(session.state, session.today));
	}

	get total(): number {
		return this.#all.length;
	}

	readonly rows: readonly GuardianRow[] = $derived.by(() => {
		const words = fold(this.text).split(/\s+/).filter(Boolean);
		const groups = new Set(this.#chosen('group'));
		const wanted = new Set(this.#chosen('standing'));
		return this.#all.filter(
			({ search, groupIds, standing }) =>
				(groups.size === 0 || groupIds.some((id) => groups.has(id))) &&
				(wanted.size === 0 || wanted.has(standing)) &&
				words.every((word) => search.includes(word))
		);
	});

	readonly filters: readonly Filter[] = $derived.by(() => [
		{
			key: 'group',
			label: m.desk_group(),
			options: this.#groupOptions(),
			values: this.#chosen('group')
		},
		{
			key: 'standing',
			label: m.desk_status(),
			options: standings.map((value) => ({ value, label: lookOf(value).text })),
			values: this.#chosen('standing')
		}
	]);

	get filtered(): boolean {
		return this.text !== '' || this.filters.some(({ values }) => values.length > 0);
	}

	get view(): string {
		return [this.text, ...this.filters.map(({ values }) => values.join())].join('|');
	}

	get hiddenSelected(): number {
		return this.selection.hidden(this.rows.map(({ guardian }) => guardian.id));
	}

	/** The ticked ones, also those that the filter hides. */
	get selected(): readonly GuardianRow[] {
		return this.#all.filter(({ guardian }) => this.selection.has(guardian.id));
	}

	/** What the ticked ones are called: the only group that is chosen, or how many they are. */
	get selectionTitle(): string | null {
		const [groupId, ...others] = this.#chosen('group');
		if (groupId === undefined || others.length > 0 || this.hiddenSelected > 0) return null;
		return this.#session.state.get('group', groupId)?.name ?? null;
	}

	selectAll(): void {
		this.selection.setAll(
			this.rows.map(({ guardian }) => guardian.id),
			true
		);
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

	#chosen(key: FilterKey): readonly string[] {
		return page.url.searchParams.getAll(parameters[key]);
	}

	#groupOptions(): Filter['options'] {
		const counts = new Map<string, number>();
		for (const { groupIds } of this.#all) {
			for (const id of new Set(groupIds)) counts.set(id, (counts.get(id) ?? 0) + 1);
		}
		return [...this.#session.state.all('group')]
			.filter(({ id }) => counts.has(id))
			.sort((one, other) => compareNames(one.name, other.name))
			.map(({ id, name }) => ({ value: id, label: name, count: counts.get(id) ?? 0 }));
	}
}

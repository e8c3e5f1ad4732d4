import { groupFilter, groupKey, statusFilter } from '#lib/client/list/filters.ts';
import { ListOf, type ListDeclaration } from '#lib/client/list/list-of.svelte.ts';
import type { ListAddress } from '#lib/client/list/page-address.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { byName } from '#lib/domain/people/list-order.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { statusColumn, type Column } from '#lib/ui/table/table.ts';
import { guardianRows, lookOf, standings, type GuardianRow } from './guardian-rows.ts';

/** The list *Ouders*. */
export class GuardianList extends ListOf<GuardianRow> {
	readonly #session: Session;

	constructor(session: Session, address: ListAddress) {
		super(declaration(session), address);
		this.#session = session;
	}

	/** The name of the ticked ones: the only group that is chosen; null: there is no such name. */
	get selectionTitle(): string | null {
		const [groupId, ...others] = this.chosen(groupKey);
		if (groupId === undefined || others.length > 0 || this.hiddenSelected > 0) return null;
		return this.#session.state.get('group', groupId)?.name ?? null;
	}
}

function declaration(session: Session): ListDeclaration<GuardianRow> {
	return {
		title: m.account_guardians(),
		name: m.account_guardians(),
		words: {
			search: m.account_search_guardians(),
			filters: m.account_guardians(),
			nothingFound: m.account_no_match(),
			selected: m.account_selected_guardians
		},
		rows: () => guardianRows(session.state, session.today),
		rowId: ({ guardian }) => guardian.id,
		columns: columns(),
		sort: { key: 'name', direction: 'ascending' },
		searchText: ({ search }) => search,
		filters: [
			groupFilter(session, ({ groupIds }) => groupIds),
			statusFilter(
				({ standing }) => standing,
				standings,
				(standing) => lookOf(standing).text
			)
		]
	};
}

function columns(): readonly Column<GuardianRow>[] {
	return [
		{
			key: 'name',
			title: m.account_name(),
			text: ({ name }) => name,
			order: (one, other) => byName(one.guardian, other.guardian),
			width: 'minmax(10rem, 1.2fr)',
			list: 'title'
		},
		{
			key: 'children',
			title: m.account_children(),
			text: ({ children }) => children || m.account_no_children(),
			width: 'minmax(11rem, 1.6fr)',
			list: 'line'
		},
		{
			key: 'userName',
			title: m.start_user_name(),
			text: ({ account }) => account?.userName ?? '',
			width: 'minmax(9rem, 1fr)',
			list: 'none',
			code: true
		},
		{
			key: 'email',
			title: m.account_email(),
			text: ({ account }) => account?.email ?? '',
			width: 'minmax(12rem, 1.2fr)',
			list: 'none'
		},
		statusColumn({ key: 'standing', title: m.leer_id_status(), width: '9.5rem' }, ({ standing }) =>
			lookOf(standing)
		)
	];
}

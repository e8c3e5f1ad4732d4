import { isJoined } from '#lib/client/accounts/joined.ts';
import type { App } from '#lib/client/app/app.svelte.ts';
import type { ListDeclaration } from '#lib/client/list/list-of.svelte.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { fold } from '#lib/domain/kernel/text/fold.ts';
import type { Staff } from '#lib/domain/people/kinds.ts';
import { byName } from '#lib/domain/people/list-order.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { statusColumn, type Column } from '#lib/ui/table/table.ts';
import { accountRows, type AccountRow } from './account-rows.ts';

/** The accounts of the staff; at first by name, those who may no longer sign in at the end. */
export function staffAccountsOf(app: App, session: Session): ListDeclaration<AccountRow> {
	return {
		title: m.account_title(),
		name: m.account_title(),
		words: {
			search: m.account_search_staff(),
			filters: m.account_title(),
			nothingFound: m.account_no_match()
		},
		rows: () =>
			accountRows(session.state, {
				own: session.vault.accountId,
				withPassword: new Set(app.accounts.map(({ accountId }) => accountId)),
				joined: isJoined(session)
			}),
		rowId: ({ id }) => id,
		columns: accountColumns(),
		sort: null,
		searchText: ({ name, userName, role }) => fold(`${name} ${userName} ${role}`),
		filters: []
	};
}

function accountColumns(): readonly Column<AccountRow>[] {
	return [
		{
			key: 'name',
			title: m.account_name(),
			text: ({ name }) => name,
			width: 'minmax(11rem, 1.3fr)',
			list: 'title'
		},
		{
			key: 'userName',
			title: m.start_user_name(),
			text: ({ userName }) => userName,
			width: 'minmax(9rem, 1fr)',
			list: 'line',
			code: true
		},
		{
			key: 'role',
			title: m.account_role(),
			text: ({ role }) => role,
			width: 'minmax(11rem, 1fr)',
			list: 'none'
		},
		statusColumn(
			{ key: 'standing', title: m.account_standing(), width: 'minmax(12rem, 1fr)' },
			({ standing }) => standing
		)
	];
}

/**
 * Returns the list of people who work at the school, as the administration package says: read-only,
 * and no sign-in.
 */
export function importedStaffOf(session: Session): ListDeclaration<Staff> {
	const groupsOf = ({ groupIds }: Staff) =>
		groupIds.flatMap((id) => session.state.get('group', id)?.name ?? []).join(', ');
	return {
		title: m.account_imported_staff(),
		name: m.account_imported_staff(),
		words: {
			search: m.account_search_imported(),
			filters: m.account_imported_staff(),
			nothingFound: m.account_no_match()
		},
		rows: () => [...session.state.all('staff')],
		rowId: ({ id }) => id,
		columns: importedColumns(groupsOf),
		sort: { key: 'name', direction: 'ascending' },
		searchText: (staff) => fold(`${fullNameOf(staff)} ${staff.job} ${groupsOf(staff)}`),
		filters: []
	};
}

function importedColumns(groupsOf: (staff: Staff) => string): readonly Column<Staff>[] {
	return [
		{
			key: 'name',
			title: m.account_name(),
			text: fullNameOf,
			order: byName,
			width: 'minmax(10rem, 1fr)',
			list: 'title'
		},
		{
			key: 'job',
			title: m.account_job(),
			text: ({ job }) => job,
			width: 'minmax(9rem, 0.8fr)',
			list: 'line'
		},
		{
			key: 'groups',
			title: m.account_groups(),
			text: groupsOf,
			width: 'minmax(11rem, 1.2fr)',
			list: 'line'
		},
		{
			key: 'email',
			title: m.leer_id_email(),
			text: ({ email }) => email,
			width: 'minmax(14rem, 1.5fr)',
			list: 'none'
		}
	];
}

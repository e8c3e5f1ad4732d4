import { groupFilter, statusFilter } from '#lib/client/list/filters.ts';
import type { ListDeclaration } from '#lib/client/list/list-of.svelte.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import type { LeerIdType } from '#lib/domain/credentials/kinds.ts';
import type { LeerIdStatus } from '#lib/domain/credentials/status.ts';
import { deskOrder, deskRows, type DeskRow } from '#lib/domain/leer-id/desk.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { statusColumn, type Column } from '#lib/ui/table/table.ts';
import { statusShapes, statusText, statusTones, typeText } from '../credentials/leer-id-text.ts';

const statuses: readonly LeerIdStatus[] = ['active', 'inactive', 'none'];
const types: readonly LeerIdType[] = ['basic', 'advanced'];

/** The list *Ingeschreven leerlingen* (product.md 31 and 32), sorted by *Naam* at first. */
export function pupilListOf(session: Session): ListDeclaration<DeskRow> {
	return {
		title: m.desk_title(),
		name: m.desk_nav_pupils(),
		words: {
			search: m.desk_search(),
			filters: m.desk_filter_title(),
			nothingFound: m.desk_no_match(),
			selected: m.desk_selected
		},
		rows: () => deskRows(session.state, session.today),
		rowId: ({ pupilId }) => pupilId,
		columns: columns(),
		sort: { key: 'name', direction: 'ascending' },
		searchText: ({ keys }) => keys.search,
		filters: [
			groupFilter(session, ({ groupId }) => (groupId ? [groupId] : [])),
			statusFilter(({ status }) => status, statuses, statusText),
			{
				key: 'type',
				label: m.desk_type(),
				of: ({ type }) => (type ? [type] : []),
				options: () => types.map((value) => ({ value, label: typeText(value) }))
			}
		]
	};
}

function columns(): readonly Column<DeskRow>[] {
	return [
		{
			key: 'pupilNumber',
			title: m.desk_pupil_number(),
			text: ({ pupilNumber }) => pupilNumber,
			order: deskOrder.pupilNumber,
			width: '8rem',
			list: 'none'
		},
		{
			key: 'givenName',
			title: m.desk_given_name(),
			text: ({ givenName }) => givenName,
			order: deskOrder.givenName,
			width: 'minmax(7rem, 1.2fr)',
			list: 'title'
		},
		{
			key: 'name',
			title: m.desk_family_name(),
			text: ({ surname }) => surname,
			order: deskOrder.name,
			width: 'minmax(8rem, 1.5fr)',
			list: 'title'
		},
		{
			key: 'groupName',
			title: m.desk_group(),
			text: ({ groupName }) => groupName,
			order: deskOrder.groupName,
			width: 'minmax(9rem, 1.8fr)',
			list: 'line'
		},
		statusColumn(
			{ key: 'status', title: m.desk_status(), order: deskOrder.status, width: '9.5rem' },
			({ status }) => ({
				text: statusText(status),
				shape: statusShapes[status],
				tone: statusTones[status]
			})
		),
		{
			key: 'type',
			title: m.desk_type(),
			text: ({ type }) => typeText(type),
			order: deskOrder.type,
			width: '7.5rem',
			list: 'line'
		}
	];
}

import { groupFilter, statusFilter } from '#lib/client/list/filters.ts';
import type { ListDeclaration } from '#lib/client/list/list-of.svelte.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import type { LeerIdType } from '#lib/domain/credentials/kinds.ts';
import type { LeerIdStatus } from '#lib/domain/credentials/status.ts';
import { leerIdOrder, leerIdRows, type LeerIdRow } from '#lib/domain/leer-id/list.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { statusColumn, type Column } from '#lib/ui/table/table.ts';
import { statusShapes, statusText, statusTones, typeText } from '../credentials/leer-id-text.ts';

const statuses: readonly LeerIdStatus[] = ['active', 'inactive', 'none'];
const types: readonly LeerIdType[] = ['basic', 'advanced'];

/** The list *Ingeschreven leerlingen* (product.md 31 and 32), sorted by *Naam* at first. */
export function pupilListOf(session: Session): ListDeclaration<LeerIdRow> {
	return {
		title: m.leer_id_title(),
		name: m.app_nav_pupils(),
		words: {
			search: m.leer_id_search(),
			filters: m.leer_id_filter_title(),
			nothingFound: m.leer_id_no_match(),
			selected: m.leer_id_selected
		},
		rows: () => leerIdRows(session.state, session.today),
		rowId: ({ pupilId }) => pupilId,
		columns: columns(),
		sort: { key: 'name', direction: 'ascending' },
		searchText: ({ keys }) => keys.search,
		filters: [
			groupFilter(session, ({ groupId }) => (groupId ? [groupId] : [])),
			statusFilter(({ status }) => status, statuses, statusText),
			{
				key: 'type',
				label: m.leer_id_type(),
				of: ({ type }) => (type ? [type] : []),
				options: () => types.map((value) => ({ value, label: typeText(value) }))
			}
		]
	};
}

function columns(): readonly Column<LeerIdRow>[] {
	return [
		{
			key: 'pupilNumber',
			title: m.leer_id_pupil_number(),
			text: ({ pupilNumber }) => pupilNumber,
			order: leerIdOrder.pupilNumber,
			width: '8rem',
			list: 'none'
		},
		{
			key: 'givenName',
			title: m.leer_id_given_name(),
			text: ({ givenName }) => givenName,
			order: leerIdOrder.givenName,
			width: 'minmax(7rem, 1.2fr)',
			list: 'title'
		},
		{
			key: 'name',
			title: m.leer_id_family_name(),
			text: ({ surname }) => surname,
			order: leerIdOrder.name,
			width: 'minmax(8rem, 1.5fr)',
			list: 'title'
		},
		{
			key: 'groupName',
			title: m.leer_id_group(),
			text: ({ groupName }) => groupName,
			order: leerIdOrder.groupName,
			width: 'minmax(9rem, 1.8fr)',
			list: 'line'
		},
		statusColumn(
			{ key: 'status', title: m.leer_id_status(), order: leerIdOrder.status, width: '9.5rem' },
			({ status }) => ({
				text: statusText(status),
				shape: statusShapes[status],
				tone: statusTones[status]
			})
		),
		{
			key: 'type',
			title: m.leer_id_type(),
			text: ({ type }) => typeText(type),
			order: leerIdOrder.type,
			width: '7.5rem',
			list: 'line'
		}
	];
}

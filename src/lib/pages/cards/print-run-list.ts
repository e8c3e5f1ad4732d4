import type { ListDeclaration } from '#lib/client/list/list-of.svelte.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { fold } from '#lib/domain/kernel/text/fold.ts';
import { formatMoment, formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { statusColumn, type Column } from '#lib/ui/table/table.ts';
import { printRuns, type PrintRunRow } from './print-runs.ts';

/** Every *Bewaren en afdrukken*, the latest first. */
export function printRunListOf(session: Session): ListDeclaration<PrintRunRow> {
	return {
		title: m.app_nav_cards(),
		name: m.app_nav_cards(),
		words: {
			search: m.print_runs_search(),
			filters: m.app_nav_cards(),
			nothingFound: m.print_runs_no_match()
		},
		rows: () => printRuns(session.state),
		rowId: ({ id }) => id,
		columns: columns(),
		sort: { key: 'madeAt', direction: 'descending' },
		searchText: ({ title, who, madeAt }) => fold(`${title} ${who} ${formatMoment(madeAt)}`),
		filters: []
	};
}

function columns(): readonly Column<PrintRunRow>[] {
	return [
		{
			key: 'madeAt',
			title: m.history_when(),
			text: ({ madeAt }) => formatMoment(madeAt),
			sortBy: ({ madeAt }) => madeAt,
			width: 'minmax(13rem, 1fr)',
			list: 'line'
		},
		{
			key: 'title',
			title: m.print_run_title(),
			text: ({ title }) => title,
			width: 'minmax(12rem, 1.4fr)',
			list: 'title'
		},
		{
			key: 'cardCount',
			title: m.print_run_count(),
			text: ({ cardCount }) => formatNumber(cardCount),
			sortBy: ({ cardCount }) => cardCount,
			width: '7rem',
			figures: true,
			list: 'none'
		},
		{
			key: 'who',
			title: m.history_who(),
			text: ({ who }) => who,
			width: 'minmax(9rem, 1fr)',
			list: 'none'
		},
		statusColumn(
			{ key: 'standing', title: m.leer_id_status(), width: '13rem' },
			({ standing }) => standing
		)
	];
}

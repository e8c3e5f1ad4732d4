import type { Id } from '#lib/domain/kernel/ids.ts';
import { compareNames } from '#lib/domain/kernel/text/compare-names.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Session } from '../session/session.svelte.ts';
import type { ListFilter } from './list-of.svelte.ts';

/** The name of a choice of groups in the address. */
export const groupKey = 'groep';

/** Narrows a list to groups: those that a row of it is in, and how many rows each has. */
export function groupFilter<Row>(
	session: Session,
	of: (row: Row) => readonly Id[]
): ListFilter<Row> {
	return {
		key: groupKey,
		label: m.leer_id_group(),
		of,
		options: (rows) => {
			const counts = new Map<Id, number>();
			for (const row of rows) {
				for (const id of new Set(of(row))) counts.set(id, (counts.get(id) ?? 0) + 1);
			}
			return [...session.state.all('group')]
				.filter(({ id }) => counts.has(id))
				.sort((one, other) => compareNames(one.name, other.name))
				.map(({ id, name }) => ({ value: id, label: name, count: counts.get(id) ?? 0 }));
		}
	};
}

/** Narrows a list to how its rows stand, of a few that are always the same. */
export function statusFilter<Row, Status extends string>(
	of: (row: Row) => Status,
	statuses: readonly Status[],
	text: (status: Status) => string
): ListFilter<Row> {
	return {
		key: 'status',
		label: m.leer_id_status(),
		of: (row) => [of(row)],
		options: () => statuses.map((value) => ({ value, label: text(value) }))
	};
}

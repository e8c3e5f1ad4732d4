import { compareNames } from '#lib/domain/kernel/text/compare-names.ts';
import { handOutList, type HandOutTarget } from '#lib/domain/cards/hand-out.ts';
import type { Id, Instant, IsoDate } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';

/** A group or print run as the list of *Uitreiken* shows it. */
export interface HandOutRow {
	readonly id: Id;
	readonly title: string;
	readonly received: number;
	readonly total: number;
	/** null: it never was. */
	readonly closedAt: Instant | null;
	/** Of a print run; empty for a group. */
	readonly madeAt: string;
}

/** Groups with cards that hold, by name. */
export function groupRows(state: SchoolState, today: IsoDate): HandOutRow[] {
	return rowsOf(state, 'group', [...state.all('group')], today).sort((one, other) =>
		compareNames(one.title, other.title)
	);
}

/** Older ones are handed out from their own page. */
const mostRuns = 20;

/** The latest print runs with cards that hold. */
export function printRunRows(state: SchoolState, today: IsoDate): HandOutRow[] {
	return rowsOf(state, 'printRun', [...state.all('printRun')], today)
		.sort((one, other) => (one.madeAt < other.madeAt ? 1 : -1))
		.slice(0, mostRuns);
}

function rowsOf(
	state: SchoolState,
	of: HandOutTarget['of'],
	records: readonly { readonly id: Id; readonly madeAt?: Instant }[],
	today: IsoDate
): HandOutRow[] {
	const closings = closingsOf(state);
	return records.flatMap(({ id, madeAt = '' }) => {
		const list = handOutList(state, { of, ofId: id }, today);
		if (!list || list.entries.length === 0) return [];
		const received = list.entries.filter(({ receipt }) => receipt !== null).length;
		const closedAt = closings.get(id) ?? null;
		return [{ id, title: list.title, received, total: list.entries.length, closedAt, madeAt }];
	});
}

/** When each was closed last. */
function closingsOf(state: SchoolState): Map<Id, Instant> {
	const latest = new Map<Id, Instant>();
	for (const { ofId, closedAt } of state.all('handOut')) {
		if (closedAt > (latest.get(ofId) ?? '')) latest.set(ofId, closedAt);
	}
	return latest;
}

import type { Country, Id, IsoDate } from '../records.ts';
import type { StateReader } from '../state/school-state.ts';
import { GroupBook } from './group-book.ts';
import type { Decisions, PlanOptions, PlanSource } from './plan.ts';
import type { Roster } from './roster.ts';

/** What the planning of every person needs. */
export interface PlanContext {
	readonly state: StateReader;
	readonly roster: Roster;
	readonly today: IsoDate;
	readonly newId: () => Id;
	readonly decisions: Decisions;
	readonly country: Country;
	/** Month and day on which the school year ends. */
	readonly yearEnd: string;
	readonly groups: GroupBook;
	/** Keys of one package say nothing to another. */
	readonly sourceOf: (key: string) => string;
}

export function planContext({ state, roster, options }: PlanSource): PlanContext {
	const { today, newId, decisions = {} }: PlanOptions = options;
	const [school] = state.all('school');
	const family = familyOf(roster.format);
	return {
		state,
		roster,
		today,
		newId,
		decisions,
		country: school?.country ?? 'NL',
		yearEnd: school?.schoolYearEnd ?? '07-31',
		groups: new GroupBook(state, newId),
		sourceOf: (key) => `${family}:${key}`
	};
}

/** A key as `sourceOf` makes it for CSV and Excel. */
export function tableKey(key: string): string {
	return `table:${key}`;
}

/** A CSV file and a workbook of one package have the same keys, as have EDEXML and UWLR. */
function familyOf(format: string): string {
	const [word = ''] = format.toLowerCase().split(' ');
	if (word === 'csv' || word === 'excel') return 'table';
	return word === 'uwlr' ? 'edexml' : word;
}

/** Rows by a key, for finding those that share it. Rows without one are left out. */
export function rowsBy<Row>(
	rows: readonly Row[],
	keyOf: (row: Row) => string
): ReadonlyMap<string, readonly Row[]> {
	const byKey = new Map<string, Row[]>();
	for (const row of rows) {
		const key = keyOf(row);
		if (key === '') continue;
		const held = byKey.get(key);
		if (held) held.push(row);
		else byKey.set(key, [row]);
	}
	return byKey;
}

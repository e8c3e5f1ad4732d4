import type { Id, IsoDate } from '../kernel/ids.ts';
import type { Compared } from './compared.ts';
import { GroupBook } from './group-book.ts';
import type { Comparison } from './holders/comparison.ts';
import type { Decisions, PlanOptions } from './plan.ts';

/** The things that the planning of every person needs. */
export interface PlanContext extends Compared {
	readonly today: IsoDate;
	readonly newId: () => Id;
	readonly decisions: Decisions;
	/** Month and day on which the school year ends. */
	readonly yearEnd: string;
	readonly groups: GroupBook;
}

export function planContext(
	{ state, roster, country, sourceOf, spelling }: Comparison,
	{ today, newId, decisions = {} }: PlanOptions
): PlanContext {
	const [school] = state.all('school');
	return {
		...{ state, roster, country, sourceOf, spelling },
		...{ today, newId, decisions },
		yearEnd: school?.schoolYearEnd ?? '07-31',
		groups: new GroupBook(state, newId)
	};
}

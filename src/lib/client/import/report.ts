import type { PlannedPerson } from '#lib/domain/import/plan.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { LeftOut } from '#lib/exchange/table/table.ts';

/**
 * The rows and people that an import did not take over. The school's records do not hold it, so it
 * goes with the desk.
 */
export interface ImportReport {
	readonly runId: Id;
	readonly batch: Id;
	readonly skipped: readonly PlannedPerson[];
	readonly leftOut: readonly LeftOut[];
}

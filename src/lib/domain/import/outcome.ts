import type { DoubtList } from './doubt-list.ts';
import type { PlannedPerson } from './plan.ts';
import type { PersonDiff } from './record-diff.ts';

/**
 * Returns what becomes of a person: nothing is written while a doubt is open, or for one who is
 * skipped.
 */
export function outcomeOf(
	doubts: DoubtList,
	diff: PersonDiff,
	known: boolean
): Pick<PlannedPerson, 'outcome' | 'changes' | 'doubts' | 'writes'> {
	const changes = known ? diff.changes : [];
	const { all } = doubts;
	if (doubts.skipped) return { outcome: 'skipped', changes: [], doubts: all, writes: [] };
	if (doubts.open) return { outcome: 'doubt', changes, doubts: all, writes: [] };
	const outcome = !known ? 'new' : changes.length > 0 ? 'changed' : 'unchanged';
	return { outcome, changes, doubts: all, writes: diff.writes };
}

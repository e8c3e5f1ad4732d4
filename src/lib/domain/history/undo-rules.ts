import type { Actor } from '../kernel/actor.ts';
import type { Instant } from '../kernel/ids.ts';
import type { UndoRule } from '../kernel/mutation.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import type { History } from '../registry/records.ts';

/** Whether an actor may undo, or do again, what this entry of a mutation says. */
export function mayUndo(rule: UndoRule | null, actor: Actor, root: History): boolean {
	if (rule === null) return false;
	return rule.by === 'maker' ? actor.id === root.actorId : administrationWith(...rule.by)(actor);
}

/** Whether the time for undoing it has passed. */
export function isTooLate(rule: UndoRule | null, root: History, now: Instant): boolean {
	const within = rule?.within ?? null;
	return within !== null && Date.parse(now) - Date.parse(root.madeAt) > within * 3_600_000;
}

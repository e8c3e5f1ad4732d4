import type { Actor } from '../kernel/actor.ts';
import type { Instant, IsoDate } from '../kernel/ids.ts';
import type { UndoRule } from '../kernel/mutation.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import type { History } from '../registry/records.ts';
import { maySee, scopesFor } from '../registry/scopes.ts';
import type { StateReader } from '../registry/state.ts';

/** A mutation that was done, as history has it. */
export interface Done {
	readonly root: Pick<History, 'actorId' | 'madeAt'>;
	readonly entries: readonly History[];
}

/**
 * Tells whether an actor may undo, or do again, what was done. A maker may, only while they may see
 * all of it: a maker who lost sight of a pupil changes nothing of that pupil, not by an undo
 * either.
 */
export function mayUndo(
	rule: UndoRule | null,
	{ actor, today, state }: { actor: Actor; today: IsoDate; state: StateReader },
	{ root, entries }: Done
): boolean {
	if (rule === null) return false;
	if (rule.by !== 'maker') return administrationWith(...rule.by)(actor);
	if (actor.id !== root.actorId) return false;
	const held = scopesFor(actor, state, today);
	return entries.every((entry) => maySee(held, entry));
}

/** Tells whether the time for undoing it has passed. */
export function isTooLate(rule: UndoRule | null, root: Done['root'], now: Instant): boolean {
	const within = rule?.within ?? null;
	return within !== null && Date.parse(now) - Date.parse(root.madeAt) > within * 3_600_000;
}

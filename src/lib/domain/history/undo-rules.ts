import type { Actor } from '../kernel/actor.ts';
import type { MutationName } from '../registry/mutators.ts';
import type { History } from '../registry/records.ts';
import type { Instant } from '../kernel/ids.ts';
import type { Right } from '../kernel/actor.ts';
import { administrationWith } from '../kernel/role-rules.ts';

interface UndoRule {
	/** Administration with one of these rights; the person who did it; or nobody. */
	readonly by: readonly Right[] | 'maker' | 'nobody';
	/** Hours after which it stays; null: as long as nothing overtook it. */
	readonly within: number | null;
}

/** Issued passwords can be printed again for as long (issue *LeerID desk*, print history). */
export const passwordUndoHours = 24;
/** experience.md, *Import*. */
export const importUndoHours = 30 * 24;

const undoRules: Readonly<Record<MutationName, UndoRule>> = {
	'school.create@1': { by: 'nobody', within: null },
	'school.changeSettings@1': { by: ['settings'], within: null },
	'account.create@1': { by: ['accounts'], within: null },
	'account.edit@1': { by: ['accounts'], within: null },
	'account.archive@1': { by: ['accounts'], within: null },
	'account.reopen@1': { by: ['accounts'], within: passwordUndoHours },
	'account.renew@1': { by: ['accounts'], within: passwordUndoHours },
	'account.choosePassword@1': { by: 'nobody', within: null },
	'account.changeEmail@1': { by: 'nobody', within: null },
	'signIn.block@1': { by: ['accounts'], within: null },
	'signIn.unblock@1': { by: ['accounts'], within: null },
	'signIn.report@1': { by: 'nobody', within: null },
	'signIn.settleReport@1': { by: ['accounts'], within: null },
	'guardianAccess.choose@1': { by: 'maker', within: null },
	'guardianAccess.record@1': { by: ['accounts'], within: null },
	'leerId.create@1': { by: ['leerId'], within: passwordUndoHours },
	'leerId.renew@1': { by: ['leerId'], within: passwordUndoHours },
	'leerId.adjust@1': { by: ['leerId'], within: passwordUndoHours },
	// Both asked for the pupil's password; an undo would ask for nothing.
	'leerId.choosePassword@1': { by: 'nobody', within: null },
	'leerId.linkEmail@1': { by: 'nobody', within: null },
	'leerId.signedIn@1': { by: 'nobody', within: null },
	'card.revoke@1': { by: ['leerId', 'cards'], within: passwordUndoHours },
	'card.handOut@1': { by: ['leerId', 'cards'], within: passwordUndoHours },
	'card.takeBack@1': { by: ['leerId', 'cards'], within: passwordUndoHours },
	'handOut.close@1': { by: ['leerId', 'cards'], within: passwordUndoHours },
	// Whoever lost a device must not get its key back.
	'cardKey.rotate@1': { by: 'nobody', within: null },
	'print.start@1': { by: ['leerId', 'cards'], within: passwordUndoHours },
	'print.saved@1': { by: 'nobody', within: null },
	'import.start@1': { by: ['import'], within: importUndoHours },
	'import.write@1': { by: ['import'], within: importUndoHours },
	'import.write@2': { by: ['import'], within: importUndoHours },
	// An undo goes by the rule of what it undid.
	'change.undo@1': { by: 'nobody', within: null }
};

function ruleOf({ mutation }: History): UndoRule | undefined {
	return (undoRules as Readonly<Record<string, UndoRule>>)[mutation];
}

/** Whether anybody may undo it at all, in time. */
export function isUndoable(root: History): boolean {
	return (ruleOf(root)?.by ?? 'nobody') !== 'nobody';
}

/** Whether an actor may undo, or do again, what this entry of a mutation says. */
export function mayUndo(actor: Actor, root: History): boolean {
	const by = ruleOf(root)?.by ?? 'nobody';
	if (by === 'nobody') return false;
	return by === 'maker' ? actor.id === root.actorId : administrationWith(...by)(actor);
}

/** Whether the time for undoing it has passed. */
export function isTooLate(root: History, now: Instant): boolean {
	const within = ruleOf(root)?.within ?? null;
	return within !== null && Date.parse(now) - Date.parse(root.madeAt) > within * 3_600_000;
}

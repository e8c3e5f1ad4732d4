import type { Mutator } from '../registry/mutator.ts';
import type { Id } from '../kernel/ids.ts';
import { hasAccountAdministrator } from '../accounts/account-rules.ts';
import { reverse } from './reverse.ts';
import { entriesOf, rootOf } from './standing.ts';
import { isTooLate, mayUndo } from './undo-rules.ts';

/** Takes back one mutation, but for the subjects in `except`, which were overtaken. */
export interface UndoChange {
	readonly uid: Id;
	readonly except: readonly Id[];
}

const undo: Mutator<UndoChange> = {
	/** Who may undo what depends on the mutation undone, which only the state knows. */
	may: () => true,
	run(draft, { uid, except }, { actor, madeAt }) {
		const entries = entriesOf(draft, uid);
		const root = rootOf(draft, uid);
		if (!root) return { code: 'notFound', kind: 'history', id: uid };
		if (!mayUndo(actor, root)) return { code: 'notAllowed' };
		if (isTooLate(root, madeAt)) return { code: 'tooLate' };
		const overtaken = reverse(draft, entries, new Set(except), madeAt);
		if (overtaken.size > 0) return { code: 'overtaken' };
		return hasAccountAdministrator(draft) ? null : { code: 'lastAdministrator' };
	}
};

export const undoMutators = { 'change.undo@1': undo };

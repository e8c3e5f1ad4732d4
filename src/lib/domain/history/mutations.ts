import { hasAccountAdministrator } from '../accounts/account-rules.ts';
import { id, list } from '../kernel/field.ts';
import { mutation } from '../registry/mutation.ts';
import { reverse } from './reverse.ts';
import { entriesOf, rootOf } from './standing.ts';
import { isTooLate, mayUndo } from './undo-rules.ts';

export const historyMutations = {
	/** Takes back one mutation, but for the subjects in `except`, which were overtaken. */
	'change.undo@1': mutation({
		args: { uid: id(), except: list(id()) },
		/** The right to undo depends on the mutation undone, which only the state knows. */
		may: () => true,
		about: null,
		topic: null,
		part: 'deed',
		// An undo goes by the rule of what it undid.
		undo: null,
		ends: null,
		secret: null,
		run(draft, { uid, except }, { actor, today, madeAt, undoRuleOf }) {
			const entries = entriesOf(draft, uid);
			const root = rootOf(draft, uid);
			if (!root) return { code: 'notFound', kind: 'history', id: uid };
			const rule = undoRuleOf(root.mutation);
			if (!mayUndo(rule, { actor, today, state: draft }, { root, entries }))
				return { code: 'notAllowed' };
			if (isTooLate(rule, root, madeAt)) return { code: 'tooLate' };
			const overtaken = reverse(draft, entries, new Set(except), madeAt);
			if (overtaken.size > 0) return { code: 'overtaken' };
			return hasAccountAdministrator(draft) ? null : { code: 'lastAdministrator' };
		}
	})
};

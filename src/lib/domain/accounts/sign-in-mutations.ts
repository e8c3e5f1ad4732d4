import type { Actor } from '../kernel/actor.ts';
import { id, named } from '../kernel/field.ts';
import type { Id } from '../kernel/ids.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import { mutation } from '../registry/mutation.ts';
import type { Refusal } from '../registry/refusal.ts';
import type { StateReader } from '../registry/state.ts';
import { hasAccountAdministrator } from './account-rules.ts';
import { accounts } from './kinds.ts';

/** Of the account or LeerID. */
const ofSignIn = { accountId: id() };

export const signInMutations = {
	/** By the server after too many wrong passwords, or by the administration. */
	'signIn.block@1': mutation({
		args: { ...ofSignIn, cause: accounts.signInBlock.fields.cause },
		may: (actor, { cause }) =>
			cause === 'wrongPasswords' ? isSystem(actor) : administrationWith('accounts')(actor),
		about: 'accountId',
		topic: 'accounts',
		part: 'deed',
		undo: { by: ['accounts'], within: null },
		ends: ({ accountId, cause }) => (cause === 'administration' ? accountId : null),
		secret: null,
		run(draft, { accountId: id, cause }, { madeAt }) {
			const refusal = refuseUnknown(draft, id);
			if (refusal) return refusal;
			if (cause !== 'wrongPasswords' && cause !== 'administration') {
				return { code: 'invalidValue', field: 'cause' };
			}
			const block = draft.get('signInBlock', id);
			// The administration's weighs more: it ends what is signed in too.
			if (block && (block.cause === cause || cause === 'wrongPasswords')) return null;
			draft.put({ kind: 'signInBlock', id, since: madeAt, cause });
			// Somebody must be left who can lift it.
			return hasAccountAdministrator(draft) ? null : { code: 'lastAdministrator' };
		}
	}),

	/** *Account is geblokkeerd*, unticked (product.md 5). */
	'signIn.unblock@1': mutation({
		args: ofSignIn,
		may: (actor, { accountId }, state) =>
			administrationWith('accounts')(actor) ||
			(state.get('leerId', accountId) !== undefined && administrationWith('leerId')(actor)),
		about: 'accountId',
		topic: 'accounts',
		part: 'deed',
		undo: { by: ['accounts'], within: null },
		ends: null,
		secret: null,
		run(draft, { accountId }) {
			const refusal = refuseUnknown(draft, accountId);
			if (!refusal && draft.get('signInBlock', accountId)) draft.remove('signInBlock', accountId);
			return refusal;
		}
	}),

	/** *Dit ben ik niet*. */
	'signIn.report@1': mutation({
		args: { reportId: named('signInReport'), ...ofSignIn },
		may: isSystem,
		about: 'accountId',
		topic: 'accounts',
		part: 'deed',
		undo: null,
		ends: null,
		secret: null,
		run(draft, { reportId: id, accountId }, { madeAt }) {
			const refusal = refuseUnknown(draft, accountId);
			if (refusal) return refusal;
			if (draft.get('signInReport', id)) return { code: 'alreadyExists', kind: 'signInReport', id };
			draft.put({ kind: 'signInReport', id, accountId, madeAt });
			return null;
		}
	}),

	/** The administration has seen to it. */
	'signIn.settleReport@1': mutation({
		args: { reportId: named('signInReport') },
		may: administrationWith('accounts'),
		about: null,
		topic: 'accounts',
		part: 'deed',
		undo: { by: ['accounts'], within: null },
		ends: null,
		secret: null,
		run(draft, { reportId }) {
			if (draft.get('signInReport', reportId)) draft.remove('signInReport', reportId);
			return null;
		}
	})
};

function isSystem({ role }: Actor): boolean {
	return role === 'system';
}

function refuseUnknown(state: StateReader, id: Id): Refusal | null {
	const known = state.get('account', id) ?? state.get('leerId', id);
	return known ? null : { code: 'notFound', kind: 'account', id };
}

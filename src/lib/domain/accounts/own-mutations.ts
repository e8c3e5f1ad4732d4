import type { Actor } from '../kernel/actor.ts';
import { fromTo, maybe, named, text } from '../kernel/field.ts';
import type { Id } from '../kernel/ids.ts';
import { refuseEmail, refusePassword } from '../credentials/at-the-door.ts';
import { mutation } from '../registry/mutation.ts';
import { accountSecret, refuseAccountSecret } from './account-mutations.ts';

function ownAccount(actor: Actor, { accountId }: { readonly accountId: Id }): boolean {
	return actor.id === accountId && actor.role !== 'pupil' && actor.role !== 'system';
}

/** Mutations by the person that the account belongs to. */
export const ownMutations = {
	/** A password of their own, which voids the one that the school issued (product.md 8). */
	'account.choosePassword@1': mutation({
		args: accountSecret,
		may: ownAccount,
		about: 'accountId',
		topic: 'accounts',
		part: 'deed',
		undo: null,
		ends: ({ accountId }) => accountId,
		secret: (args) => ({ id: args.secretId, account: args.accountId, own: true }),
		run(draft, args, { door }) {
			const account = draft.get('account', args.accountId);
			const refusal = refusePassword(door) ?? refuseAccountSecret(account, args);
			if (refusal || !account) return refusal;
			draft.put({ ...account, secretId: args.secretId, issuedAt: null });
			return null;
		}
	}),

	/** *U kunt zelf uw e-mailadres invullen/wijzigen* (product.md 4). */
	'account.changeEmail@1': mutation({
		args: { accountId: named('account'), email: fromTo(maybe(text()), text()) },
		may: ownAccount,
		about: 'accountId',
		topic: 'accounts',
		part: 'deed',
		undo: null,
		ends: null,
		secret: null,
		run(draft, { accountId, email: [from, to] }, { door }) {
			const account = draft.get('account', accountId);
			if (!account) return { code: 'notFound', kind: 'account', id: accountId };
			const refusal = refuseEmail(door, to);
			if (refusal) return refusal;
			if (account.email !== from && account.email !== to) {
				const { kind, id, email: theirs } = account;
				return { code: 'changedMeanwhile', kind, id, field: 'email', mine: to, theirs };
			}
			draft.put({ ...account, email: to });
			return null;
		}
	})
};

import type { Actor } from '../kernel/actor.ts';
import type { Mutator } from '../registry/mutator.ts';
import type { Id } from '../kernel/ids.ts';
import { refuseAccountSecret, type RenewAccount } from './account-mutators.ts';
import { refuseEmail, refusePassword } from '../credentials/at-the-door.ts';

/** By whoever the account belongs to. */
export interface ChangeEmail {
	readonly accountId: Id;
	readonly email: readonly [from: string | null, to: string];
}

function ownAccount(actor: Actor, { accountId }: { readonly accountId: Id }): boolean {
	return actor.id === accountId && actor.role !== 'pupil' && actor.role !== 'system';
}

/** A password of their own, which voids the one that the school issued (product.md 8). */
const choosePassword: Mutator<RenewAccount> = {
	may: ownAccount,
	run(draft, args, { door }) {
		const account = draft.get('account', args.accountId);
		const refusal = refusePassword(door) ?? refuseAccountSecret(account, args);
		if (refusal || !account) return refusal;
		draft.put({ ...account, secretId: args.secretId, issuedAt: null });
		return null;
	}
};

/** *U kunt zelf uw e-mailadres invullen/wijzigen* (product.md 4). */
const changeEmail: Mutator<ChangeEmail> = {
	may: ownAccount,
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
};

export const ownAccountMutators = {
	'account.choosePassword@1': choosePassword,
	'account.changeEmail@1': changeEmail
};

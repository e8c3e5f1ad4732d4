import { mergeEdit, type Edit } from '../edit.ts';
import type { Mutator } from '../mutation.ts';
import type { Account, Id } from '../records.ts';
import type { Refusal } from '../refusal.ts';
import { administrationWith } from '../role-rules.ts';
import type { Draft } from '../state/draft.ts';
import { hasAccountAdministrator, invalidAccountField } from './account-rules.ts';

export interface CreateAccount {
	readonly account: Account;
}

/** Name, role and rights; refuses to take the last administrator's right to accounts. */
export interface EditAccount {
	readonly accountId: Id;
	readonly edit: Edit<Account>;
}

export interface ArchiveAccount {
	readonly accountId: Id;
}

const createAccount: Mutator<CreateAccount> = {
	may: administrationWith('accounts'),
	run(draft, { account }) {
		const { kind, id } = account;
		if (draft.get(kind, id)) return { code: 'alreadyExists', kind, id };
		if (account.archivedAt !== null) return { code: 'invalidValue', field: 'archivedAt' };
		return putAccount(draft, account);
	}
};

const editAccount: Mutator<EditAccount> = {
	may: administrationWith('accounts'),
	run(draft, { accountId, edit }) {
		const account = draft.get('account', accountId);
		if (!account) return { code: 'notFound', kind: 'account', id: accountId };
		// Sign-in ends by `account.archive@1` alone.
		if ('archivedAt' in edit) return { code: 'invalidValue', field: 'archivedAt' };
		const merged = mergeEdit(account, edit);
		return merged.ok ? putAccount(draft, merged.value) : merged.refusal;
	}
};

const archiveAccount: Mutator<ArchiveAccount> = {
	may: administrationWith('accounts'),
	run(draft, { accountId }, { madeAt }) {
		const account = draft.get('account', accountId);
		if (!account) return { code: 'notFound', kind: 'account', id: accountId };
		if (account.archivedAt !== null) return null;
		return putAccount(draft, { ...account, archivedAt: madeAt });
	}
};

/** User names of archived accounts stay theirs: history names people by account. */
function putAccount(draft: Draft, account: Account): Refusal | null {
	const field = invalidAccountField(account);
	if (field) return { code: 'invalidValue', field };
	const { id, userName } = account;
	if (draft.find('accountByUserName', userName).some((other) => other.id !== id)) {
		return { code: 'userNameTaken', userName };
	}
	draft.put(account);
	return hasAccountAdministrator(draft) ? null : { code: 'lastAdministrator' };
}

export const accountMutators = {
	'account.create@1': createAccount,
	'account.edit@1': editAccount,
	'account.archive@1': archiveAccount
};

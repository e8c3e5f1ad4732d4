import { mergeEdit, type Edit } from '../kernel/edit.ts';
import type { Mutator } from '../registry/mutator.ts';
import type { Account } from './kinds.ts';
import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../registry/refusal.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import type { Draft } from '../registry/state.ts';
import {
	hasAccountAdministrator,
	invalidAccountField,
	laterAccountFields,
	type GivenAccount
} from './account-rules.ts';
import { refuseNewId } from '../credentials/actor-ids.ts';
import { isUserNameTaken } from '../credentials/user-names.ts';

/**
 * Of staff or of a guardian. Where `secretId` is one, the password that it names is issued: on a
 * letter, to be changed at the first sign-in. `issuedAt` follows from that.
 */
export interface CreateAccount {
	readonly account: GivenAccount;
}

/** Name, role, rights, groups, address; refuses to take the last administrator's right to accounts. */
export interface EditAccount {
	readonly accountId: Id;
	readonly edit: Edit<Account>;
}

export interface ArchiveAccount {
	readonly accountId: Id;
}

/** A newly issued password, which voids the one before. It travels beside this. */
export interface RenewAccount {
	readonly accountId: Id;
	/** The secret that the person saw being replaced; null: the endpoint had none. */
	readonly fromSecretId: Id | null;
	readonly secretId: Id;
}

const createAccount: Mutator<CreateAccount> = {
	may: administrationWith('accounts'),
	run(draft, args, { madeAt }) {
		const account = { ...laterAccountFields, ...args.account };
		const { kind, id, guardianId, secretId } = account;
		const taken = refuseNewId(draft, id);
		if (taken) return taken;
		if (account.archivedAt !== null) return { code: 'invalidValue', field: 'archivedAt' };
		if (guardianId !== null) {
			if (!draft.get('guardian', guardianId))
				return { code: 'notFound', kind: 'guardian', id: guardianId };
			const [other] = draft.find('accountByGuardian', guardianId);
			if (other) return { code: 'alreadyExists', kind, id: other.id };
		}
		return putAccount(draft, { ...account, issuedAt: secretId === null ? null : madeAt });
	}
};

/** What has mutations of its own: who it belongs to, its password, and whether it works. */
const kept = ['guardianId', 'secretId', 'issuedAt', 'archivedAt'];

const editAccount: Mutator<EditAccount> = {
	may: administrationWith('accounts'),
	run(draft, { accountId, edit }) {
		const account = draft.get('account', accountId);
		if (!account) return { code: 'notFound', kind: 'account', id: accountId };
		const field = Object.keys(edit).find((each) => kept.includes(each));
		if (field !== undefined) return { code: 'invalidValue', field };
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

const renewAccount: Mutator<RenewAccount> = {
	may: administrationWith('accounts'),
	run(draft, args, { madeAt }) {
		const account = draft.get('account', args.accountId);
		if (account && account.archivedAt !== null) return { code: 'accountArchived' };
		const refusal = refuseAccountSecret(account, args);
		if (refusal || !account) return refusal;
		return putAccount(draft, { ...account, secretId: args.secretId, issuedAt: madeAt });
	}
};

/** An archived account works again, with a new password: what was on the old letter stays void. */
const reopenAccount: Mutator<RenewAccount> = {
	may: administrationWith('accounts'),
	run(draft, args, { madeAt }) {
		const account = draft.get('account', args.accountId);
		const refusal = refuseAccountSecret(account, args);
		if (refusal || !account) return refusal;
		const { secretId } = args;
		return putAccount(draft, { ...account, secretId, issuedAt: madeAt, archivedAt: null });
	}
};

/** There is no such account, or somebody gave another password meanwhile. */
export function refuseAccountSecret(
	account: Account | undefined,
	{ accountId, fromSecretId, secretId }: RenewAccount
): Refusal | null {
	if (!account) return { code: 'notFound', kind: 'account', id: accountId };
	const { kind, id, secretId: theirs } = account;
	if (theirs !== fromSecretId) {
		return { code: 'changedMeanwhile', kind, id, field: 'secretId', mine: secretId, theirs };
	}
	return secretId === fromSecretId ? { code: 'invalidValue', field: 'secretId' } : null;
}

function putAccount(draft: Draft, account: Account): Refusal | null {
	const field = invalidAccountField(account);
	if (field) return { code: 'invalidValue', field };
	for (const id of account.groupIds) {
		if (!draft.get('group', id)) return { code: 'notFound', kind: 'group', id };
	}
	const { id, userName } = account;
	if (isUserNameTaken(draft, userName, id)) return { code: 'userNameTaken', userName };
	draft.put(account);
	return hasAccountAdministrator(draft) ? null : { code: 'lastAdministrator' };
}

export const accountMutators = {
	'account.create@1': createAccount,
	'account.edit@1': editAccount,
	'account.archive@1': archiveAccount,
	'account.renew@1': renewAccount,
	'account.reopen@1': reopenAccount
};

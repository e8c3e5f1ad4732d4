import { edit, given } from '../kernel/args.ts';
import { mergeEdit } from '../kernel/edit.ts';
import { maybe, named, secret } from '../kernel/field.ts';
import type { Id } from '../kernel/ids.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import { refuseNewId } from '../credentials/actor-ids.ts';
import { passwordNamedBy } from '../credentials/named-secret.ts';
import { passwordUndoHours } from '../credentials/undo-hours.ts';
import { isUserNameTaken } from '../credentials/user-names.ts';
import { mutation } from '../registry/mutation.ts';
import type { Refusal } from '../registry/refusal.ts';
import type { Draft } from '../registry/state.ts';
import {
	hasAccountAdministrator,
	invalidAccountField,
	laterAccountFields
} from './account-rules.ts';
import { accounts, type Account } from './kinds.ts';

/** A new password, which voids the one before. It travels beside this. */
export const accountSecret = {
	accountId: named('account'),
	/** The secret that the person saw being replaced; null: the server had none. */
	fromSecretId: maybe(secret()),
	secretId: secret()
};

/** The fields that have mutations of their own: whose it is, its password, and whether it works. */
const kept = ['guardianId', 'secretId', 'issuedAt', 'archivedAt'];

export const accountMutations = {
	/**
	 * Of staff or of a guardian. Where `secretId` is one, the password that it names is issued: on a
	 * letter, to be changed at the first sign-in. `issuedAt` follows from that.
	 */
	'account.create@1': mutation({
		args: { account: given('account', accounts.account) },
		may: administrationWith('accounts'),
		about: 'account',
		topic: 'accounts',
		part: 'deed',
		undo: { by: ['accounts'], within: null },
		ends: null,
		secret: ({ account }) => passwordNamedBy(account),
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
	}),

	/** Name, role, rights, groups, address; refuses to take the last administrator's right to accounts. */
	'account.edit@1': mutation({
		args: { accountId: named('account'), edit: edit('account', accounts.account) },
		may: administrationWith('accounts'),
		about: 'accountId',
		topic: 'accounts',
		part: 'deed',
		undo: { by: ['accounts'], within: null },
		ends: null,
		secret: ({ accountId: id, edit }) => passwordNamedBy({ id, secretId: edit.secretId?.[1] }),
		run(draft, { accountId, edit }) {
			const account = draft.get('account', accountId);
			if (!account) return { code: 'notFound', kind: 'account', id: accountId };
			const field = Object.keys(edit).find((each) => kept.includes(each));
			if (field !== undefined) return { code: 'invalidValue', field };
			const merged = mergeEdit(account, edit, accounts.account);
			return merged.ok ? putAccount(draft, merged.value) : merged.refusal;
		}
	}),

	'account.archive@1': mutation({
		args: { accountId: named('account') },
		may: administrationWith('accounts'),
		about: 'accountId',
		topic: 'accounts',
		part: 'deed',
		undo: { by: ['accounts'], within: null },
		ends: ({ accountId }) => accountId,
		secret: null,
		run(draft, { accountId }, { madeAt }) {
			const account = draft.get('account', accountId);
			if (!account) return { code: 'notFound', kind: 'account', id: accountId };
			if (account.archivedAt !== null) return null;
			return putAccount(draft, { ...account, archivedAt: madeAt });
		}
	}),

	/** A newly issued password. */
	'account.renew@1': mutation({
		args: accountSecret,
		may: administrationWith('accounts'),
		about: 'accountId',
		topic: 'accounts',
		part: 'deed',
		undo: { by: ['accounts'], within: passwordUndoHours },
		ends: ({ accountId }) => accountId,
		secret: (args) => ({ id: args.secretId, account: args.accountId, own: false }),
		run(draft, args, { madeAt }) {
			const account = draft.get('account', args.accountId);
			if (account && account.archivedAt !== null) return { code: 'accountArchived' };
			const refusal = refuseAccountSecret(account, args);
			if (refusal || !account) return refusal;
			return putAccount(draft, { ...account, secretId: args.secretId, issuedAt: madeAt });
		}
	}),

	/** An archived account works again, with a new password: what was on the old letter stays void. */
	'account.reopen@1': mutation({
		args: accountSecret,
		may: administrationWith('accounts'),
		about: 'accountId',
		topic: 'accounts',
		part: 'deed',
		undo: { by: ['accounts'], within: passwordUndoHours },
		ends: ({ accountId }) => accountId,
		secret: (args) => ({ id: args.secretId, account: args.accountId, own: false }),
		run(draft, args, { madeAt }) {
			const account = draft.get('account', args.accountId);
			const refusal = refuseAccountSecret(account, args);
			if (refusal || !account) return refusal;
			const { secretId } = args;
			return putAccount(draft, { ...account, secretId, issuedAt: madeAt, archivedAt: null });
		}
	})
};

/** There is no such account, or somebody gave another password meanwhile. */
export function refuseAccountSecret(
	account: Account | undefined,
	{
		accountId,
		fromSecretId,
		secretId
	}: { readonly accountId: Id; readonly fromSecretId: Id | null; readonly secretId: Id }
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

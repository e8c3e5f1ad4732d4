import { newId } from '#lib/crypto/random.ts';
import { laterAccountFields, type StaffAccount } from '#lib/domain/accounts/account-rules.ts';
import type { Edit } from '#lib/domain/kernel/edit.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import { refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { PreparedCode, UnlockFailure } from '#lib/vault/device/device-vaults.ts';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import { formatTime } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Issuing } from './issue-accounts.ts';
import { failureText } from '../session/failure-text.ts';
import { command, type Done, type Session } from '../session/session.svelte.ts';

export type { PreparedCode };

export type AccountFailure = CommitFailure | UnlockFailure;

export type NewAccount = Pick<
	StaffAccount,
	'userName' | 'displayName' | 'email' | 'role' | 'rights' | 'groupIds'
>;

export interface NewPassword {
	readonly password: string;
	/** Of who is signed in: only that opens the key that the new password is to open. */
	readonly ownPassword: string;
}

/** *Account toevoegen* in such a school: the password is on a letter. */
export async function addAccountByLetter(
	issuing: Issuing,
	account: NewAccount
): Promise<Result<void, CommitFailure>> {
	const secretId = newId();
	const record: Account = {
		...laterAccountFields,
		kind: 'account',
		id: newId(),
		...account,
		secretId,
		archivedAt: null
	};
	// Letters are for a school that has a server: most pages with accounts make none.
	const { createAccounts } = await import('./issue-accounts.ts');
	return createAccounts(issuing, [record]);
}

/**
 * *Account toevoegen*: the record, and a password for it. A wrong own password, or a rule that
 * refuses, leaves neither; a crash in between leaves an account that still has to get a password.
 */
export async function addAccount(
	session: Session,
	account: NewAccount,
	{ password, ownPassword }: NewPassword
): Promise<Result<Done, AccountFailure>> {
	const id = newId();
	const { userName, displayName } = account;
	const listed = { accountId: id, userName, displayName };
	const { vaults, vault } = session;
	const prepared = await vaults.prepareAccount(vault, ownPassword, listed, password);
	if (!prepared.ok) return prepared;
	const record: Account = {
		...laterAccountFields,
		kind: 'account',
		id,
		...account,
		archivedAt: null
	};
	const made = await session.commit([command('account.create@1', { account: record })]);
	if (!made.ok) return made;
	const written = await prepared.value();
	return written.ok ? made : written;
}

/** A new password for a colleague who forgot theirs, or never had one on this device. */
export async function givePassword(
	session: Session,
	{ id: accountId, userName, displayName }: Account,
	{ password, ownPassword }: NewPassword
): Promise<Result<void, UnlockFailure>> {
	const { vaults, vault } = session;
	const listed = { accountId, userName, displayName };
	const prepared = await vaults.prepareAccount(vault, ownPassword, listed, password);
	return prepared.ok ? prepared.value() : prepared;
}

/** *Mijn wachtwoord wijzigen*. */
export async function changeOwnPassword(
	session: Session,
	{ password, ownPassword }: NewPassword
): Promise<Result<void, UnlockFailure>> {
	return session.vaults.changePassword(session.vault, ownPassword, password);
}

/** *Nieuwe herstelcode*: the old one works until the new one is kept. */
export async function prepareRecoveryCode(
	session: Session,
	ownPassword: string
): Promise<Result<PreparedCode, UnlockFailure>> {
	return session.vaults.prepareRecoveryCode(session.vault, ownPassword);
}

export async function editAccount(
	session: Session,
	accountId: string,
	edit: Edit<Account>
): Promise<Result<Done, CommitFailure>> {
	return session.commit([command('account.edit@1', { accountId, edit })]);
}

/** *Archiveren*: the sign-in ends, on this device too. */
export async function archiveAccount(
	session: Session,
	accountId: string
): Promise<Result<Done, CommitFailure>> {
	const done = await session.commit([command('account.archive@1', { accountId })]);
	if (!done.ok) return done;
	const removed = await session.vaults.removeAccount(session.vault, accountId);
	return removed.ok ? done : refuse(removed.refusal);
}

/** Why it did not succeed, and what to do; a wrong password is the own one. */
export function accountFailureText(failure: AccountFailure): string {
	switch (failure.code) {
		case 'wrongPassword':
			return failure.until
				? m.start_wait({ time: formatTime(failure.until) })
				: m.account_own_password_wrong();
		case 'wait':
			return m.start_wait({ time: formatTime(failure.until) });
		case 'onlineOnly':
			return m.start_online_only();
		default:
			return failureText(failure);
	}
}

/** Tells whether it is about the own password, so that its field says so. */
export function isOwnPasswordProblem({ code }: AccountFailure): boolean {
	return code === 'wrongPassword' || code === 'wait';
}

import { isEmail } from '../credentials/email-mask.ts';
import { isUserName } from '../credentials/user-name.ts';
import { rights, roles, type Actor, type Role } from '../kernel/actor.ts';
import { laterFields } from '../kernel/args.ts';
import { fullNameOf } from '../people/names.ts';
import { accounts, type Account } from './kinds.ts';
import type { StateReader } from '../registry/state.ts';

/** The fields that came after the first accounts; one that was made before has these. */
export const laterAccountFields = laterFields(accounts.account);

export type StaffAccount = Account & { readonly role: Role };

export function isStaff(account: Account): account is StaffAccount {
	return account.role !== 'guardian';
}

/** The actor that an account signs in as; null: it is archived and may not. */
export function actorOf(account: Account): Actor | null {
	if (account.archivedAt !== null) return null;
	return { id: account.id, role: account.role, rights: account.rights };
}

/** The name that the person of an account has today. */
export function accountNameOf(state: StateReader, account: Account): string {
	const guardian = account.guardianId === null ? null : state.get('guardian', account.guardianId);
	return guardian ? fullNameOf(guardian) : account.displayName;
}

/** Tells whether an account can give other accounts their rights back. */
export function isAccountAdministrator(account: Account): boolean {
	const { role, rights, archivedAt } = account;
	return role === 'administration' && rights.includes('accounts') && archivedAt === null;
}

/** Tells whether somebody in the school can still manage accounts, and lift a block. */
export function hasAccountAdministrator(state: StateReader): boolean {
	for (const account of state.all('account')) {
		if (isAccountAdministrator(account) && !state.get('signInBlock', account.id)) return true;
	}
	return false;
}

/** The first field of an account that its form would not have sent; null: all are good. */
export function invalidAccountField(
	account: Account
): Exclude<keyof Account, 'kind' | 'id'> | null {
	if (!isUserName(account.userName)) return 'userName';
	if (account.displayName.trim() === '' || account.displayName.length > 200) return 'displayName';
	if (account.role !== 'guardian' && !roles.includes(account.role)) return 'role';
	if ((account.role === 'guardian') !== (account.guardianId !== null)) return 'role';
	if (account.role !== 'teacher' && account.groupIds.length > 0) return 'groupIds';
	if (account.email !== null && !isEmail(account.email)) return 'email';
	// Rights are the administration's alone.
	if (account.role === 'guardian' && account.rights.length > 0) return 'rights';
	return account.rights.every((right) => rights.includes(right)) ? null : 'rights';
}

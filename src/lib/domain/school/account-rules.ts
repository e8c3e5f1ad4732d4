import { isUserName } from '../leer-id/user-name.ts';
import type { Actor } from '../mutation.ts';
import type { Account, Right, Role } from '../records.ts';
import type { StateReader } from '../state/school-state.ts';

const roles: readonly Role[] = ['administration', 'teacher', 'scheduler'];
export const rights: readonly Right[] = ['accounts', 'cards', 'import', 'leerId', 'settings'];

/** The actor that an account signs in as; null: it is archived and may not. */
export function actorOf(account: Account): Actor | null {
	if (account.archivedAt !== null) return null;
	return { id: account.id, role: account.role, rights: account.rights };
}

/** Whether an account can give other accounts their rights back. */
export function isAccountAdministrator(account: Account): boolean {
	const { role, rights, archivedAt } = account;
	return role === 'administration' && rights.includes('accounts') && archivedAt === null;
}

/** Whether somebody in the school can still manage accounts. */
export function hasAccountAdministrator(state: StateReader): boolean {
	for (const account of state.all('account')) if (isAccountAdministrator(account)) return true;
	return false;
}

/** The first field of an account that its form would not have sent; null: all are good. */
export function invalidAccountField(
	account: Account
): Exclude<keyof Account, 'kind' | 'id'> | null {
	if (!isUserName(account.userName)) return 'userName';
	if (account.displayName.trim() === '' || account.displayName.length > 200) return 'displayName';
	if (!roles.includes(account.role)) return 'role';
	return account.rights.every((right) => rights.includes(right)) ? null : 'rights';
}

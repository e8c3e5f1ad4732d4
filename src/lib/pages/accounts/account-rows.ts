import { compareNames } from '#lib/domain/kernel/text/compare-names.ts';
import { isStaff } from '#lib/domain/accounts/account-rules.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { StatusLook } from '#lib/ui/look/tone.ts';
import { roleText, standingOf } from './account-text.ts';

export interface AccountRow {
	readonly id: Id;
	readonly name: string;
	readonly userName: string;
	readonly role: string;
	readonly standing: StatusLook;
}

export interface OnThisDevice {
	/** The account that is signed in. */
	readonly own: Id;
	readonly withPassword: ReadonlySet<Id>;
	readonly joined: boolean;
}

/** The accounts of the school by name; those who may no longer sign in at the end. */
export function accountRows(
	state: SchoolState,
	{ own, withPassword, joined }: OnThisDevice
): AccountRow[] {
	return [...state.all('account')]
		.filter(isStaff)
		.sort((one, other) => {
			const archived = Number(one.archivedAt !== null) - Number(other.archivedAt !== null);
			return archived || compareNames(one.displayName, other.displayName);
		})
		.map((account) => {
			const { id, displayName, userName, role } = account;
			return {
				id,
				name: id === own ? m.account_name_you({ name: displayName }) : displayName,
				userName,
				role: roleText(role),
				standing: standingOf(account, {
					hasPassword: withPassword.has(id),
					joined,
					blocked: state.get('signInBlock', id) !== undefined
				})
			};
		});
}

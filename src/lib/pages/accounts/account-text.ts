import type { Account } from '#lib/domain/accounts/kinds.ts';
import { rights, type Right, type Role } from '#lib/domain/kernel/actor.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Option } from '#lib/ui/fields/field.ts';
import type { StatusLook } from '#lib/ui/look/tone.ts';

const roleTexts: Record<Role, () => string> = {
	administration: m.account_role_administration,
	teacher: m.account_role_teacher,
	scheduler: m.account_role_scheduler
};

const rightTexts: Record<Right, () => string> = {
	leerId: m.account_right_leerId,
	cards: m.account_right_cards,
	import: m.account_right_import,
	accounts: m.account_right_accounts,
	settings: m.account_right_settings
};

export function roleText(role: Role): string {
	return roleTexts[role]();
}

export function rightText(right: Right): string {
	return rightTexts[right]();
}

export function roleOptions(): Option<Role>[] {
	const roles: readonly Role[] = ['administration', 'teacher', 'scheduler'];
	return roles.map((value) => ({ value, label: roleText(value) }));
}

const places: Readonly<Record<Right, number>> = {
	leerId: 1,
	cards: 2,
	import: 3,
	accounts: 4,
	settings: 5
};

/** As the form has them: the daily work first. */
export const rightsOfForm = rights.toSorted((one, other) => places[one] - places[other]);

/** As they are kept, so that the same rights are the same list. */
export function inOrder(chosen: readonly Right[]): Right[] {
	return rights.filter((right) => chosen.includes(right));
}

/** The facts that tell whether somebody can sign in. */
export interface SignInFacts {
	/** On this device there is a password of theirs. */
	readonly hasPassword: boolean;
	/** The school has a server, which knows passwords that this device has not. */
	readonly joined: boolean;
	readonly blocked: boolean;
}

/**
 * Returns the look of whether somebody can sign in: on this device, or in a school with a server
 * anywhere.
 */
export function standingOf(account: Account, facts: SignInFacts): StatusLook {
	if (account.archivedAt !== null) {
		return { text: m.account_archived(), shape: 'none', tone: 'neutral' };
	}
	if (facts.blocked) {
		return { text: m.account_state_blocked(), shape: 'empty', tone: 'danger' };
	}
	if (facts.joined && account.issuedAt !== null) {
		return { text: m.account_state_letter(), shape: 'half', tone: 'info' };
	}
	return facts.hasPassword || (facts.joined && account.secretId !== null)
		? { text: m.account_can_sign_in(), shape: 'full', tone: 'success' }
		: { text: m.account_no_password(), shape: 'empty', tone: 'warn' };
}

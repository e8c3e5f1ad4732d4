import { passwordRules, type PasswordRule } from '#lib/client/accounts/password-rules.ts';
import {
	accountFailureText,
	isOwnPasswordProblem,
	type AccountFailure,
	type NewPassword
} from '#lib/client/accounts/staff-accounts.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

type Field = 'password' | 'passwordAgain' | 'ownPassword';

/** A new password twice, and the own one as confirmation. None of it is ever kept as a draft. */
export class PasswordForm {
	password = $state('');
	passwordAgain = $state('');
	readonly #personal: () => readonly string[];
	#ownPassword = $state('');
	#ownProblem = $state<string | null>(null);
	#tried = $state(false);
	readonly rules: readonly PasswordRule[] = $derived.by(() =>
		passwordRules(this.password, this.#personal())
	);
	readonly errors: Partial<Record<Field, string>> = $derived.by(() => ({
		...(this.#tried ? this.#problems() : {}),
		...(this.#ownProblem === null ? {} : { ownPassword: this.#ownProblem })
	}));

	/** @param personal names that the password may not be made of */
	constructor(personal: () => readonly string[]) {
		this.#personal = personal;
	}

	get ownPassword(): string {
		return this.#ownPassword;
	}

	set ownPassword(typed: string) {
		this.#ownPassword = typed;
		this.#ownProblem = null;
	}

	/** Something would have to be typed again. */
	get typed(): boolean {
		return this.password !== '' || this.passwordAgain !== '';
	}

	/** The passwords; null when something is wrong, which then shows. */
	check(): NewPassword | null {
		this.#tried = true;
		if (Object.keys(this.#problems()).length > 0) return null;
		const { password, ownPassword } = this;
		return { password, ownPassword };
	}

	/** Takes in why it was refused. Returns whether it was for the own password, whose field says so. */
	refuses(failure: AccountFailure): boolean {
		if (!isOwnPasswordProblem(failure)) return false;
		this.#ownPassword = '';
		this.#ownProblem = accountFailureText(failure);
		return true;
	}

	clear(): void {
		this.password = '';
		this.passwordAgain = '';
		this.ownPassword = '';
		this.#tried = false;
	}

	#problems(): Partial<Record<Field, string>> {
		const problems: Partial<Record<Field, string>> = {};
		if (this.rules.some((rule) => !rule.met)) problems.password = m.start_password_hint();
		if (this.password !== this.passwordAgain) problems.passwordAgain = m.start_passwords_differ();
		if (this.ownPassword === '') problems.ownPassword = m.start_fill_in();
		return problems;
	}
}

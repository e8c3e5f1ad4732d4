import { passwordRules } from '#lib/client/accounts/password-rules.ts';
import type { NewSchool } from '#lib/client/school/new-school.ts';
import { suggestUserName } from '#lib/client/accounts/suggest-user-name.ts';
import { isBrin, isInstellingsnummer } from '#lib/domain/kernel/numbers/school-number.ts';
import { isUserName } from '#lib/domain/credentials/user-name.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

type Field = 'schoolName' | 'schoolNumber' | 'ownName' | 'userName' | 'password' | 'passwordAgain';

/** The form *Nieuwe school op dit apparaat*: what was typed, and what is wrong with it. */
export class NewSchoolForm {
	schoolName = $state('');
	schoolNumber = $state('');
	ownName = $state('');
	password = $state('');
	passwordAgain = $state('');
	/** null: follows the own name. */
	#chosenUserName = $state<string | null>(null);
	#tried = $state(false);

	get userName(): string {
		return this.#chosenUserName ?? suggestUserName(this.ownName);
	}

	chooseUserName(userName: string): void {
		this.#chosenUserName = userName.trim().toLowerCase();
	}

	readonly rules = $derived(
		passwordRules(this.password, [this.schoolName, this.ownName, this.userName])
	);
	readonly errors: Partial<Record<Field, string>> = $derived(this.#tried ? this.#problems() : {});

	/** The school to make; null when something is wrong, which then shows. */
	check(): NewSchool | null {
		this.#tried = true;
		if (Object.keys(this.#problems()).length > 0) return null;
		return {
			name: this.schoolName.trim(),
			number: this.#number(),
			displayName: this.ownName.trim(),
			userName: this.userName,
			password: this.password
		};
	}

	#number(): string {
		return this.schoolNumber.replaceAll(/\s/g, '').toUpperCase();
	}

	#problems(): Partial<Record<Field, string>> {
		const problems: Partial<Record<Field, string>> = {};
		if (this.schoolName.trim() === '') problems.schoolName = m.start_fill_in();
		if (!isBrin(this.#number()) && !isInstellingsnummer(this.#number())) {
			problems.schoolNumber = m.start_school_number_wrong();
		}
		if (this.ownName.trim() === '') problems.ownName = m.start_fill_in();
		if (!isUserName(this.userName)) problems.userName = m.start_user_name_wrong();
		if (this.rules.some((rule) => !rule.met)) problems.password = m.start_password_hint();
		if (this.password !== this.passwordAgain) problems.passwordAgain = m.start_passwords_differ();
		return problems;
	}
}

import { m } from '#lib/i18n/paraglide/messages.js';
import { ownPasswordRules, passwordRules, type PasswordRule } from './password-rules.ts';

/** The rules that a password keeps: those of staff, or product.md 13. */
export type RulesFor = 'staff' | 'own';

/** A new password of one's own, typed twice. */
export class OwnPasswordForm {
	password = $state('');
	again = $state('');
	#tried = $state(false);
	readonly #rulesFor: () => RulesFor;
	readonly #personal: () => readonly string[];

	/** @param personal names that anybody would try */
	constructor(rulesFor: () => RulesFor, personal: () => readonly string[]) {
		this.#rulesFor = rulesFor;
		this.#personal = personal;
	}

	/** As shown while it is typed. */
	get rules(): readonly PasswordRule[] {
		const rules = this.#rulesFor() === 'staff' ? passwordRules : ownPasswordRules;
		return rules(this.password, this.#personal());
	}

	get passwordError(): string | null {
		if (!this.#tried) return null;
		if (this.password === '') return m.start_fill_in();
		return this.#isGood ? null : m.access_rules_unmet();
	}

	get againError(): string | null {
		return this.#tried && this.password !== this.again ? m.start_passwords_differ() : null;
	}

	/** Tells whether it may be sent; from now on it says what is wrong. */
	check(): boolean {
		this.#tried = true;
		return this.#isGood && this.password === this.again;
	}

	/** Nothing of it stays. */
	clear(): void {
		this.password = '';
		this.again = '';
		this.#tried = false;
	}

	get #isGood(): boolean {
		return this.rules.every(({ met }) => met);
	}
}

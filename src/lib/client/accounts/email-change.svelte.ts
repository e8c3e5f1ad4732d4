import type { Language } from '#lib/domain/kernel/languages.ts';
import { isEmail } from '#lib/domain/credentials/email-mask.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { changeEmail } from './account-questions.ts';
import type { Asker } from '../browser/ask.ts';
import { Asking } from '../browser/asking.svelte.ts';

/** *U kunt zelf uw e-mailadres invullen/wijzigen* (product.md 4): a mail goes to the new address. */
export class EmailChange {
	address = $state('');
	password = $state('');
	readonly #asking: Asking;
	readonly #language: () => Language;
	#tried = $state(false);
	#sentTo = $state<string | null>(null);

	constructor(by: Asker, language: () => Language) {
		this.#asking = new Asking(by);
		this.#language = language;
	}

	get busy(): boolean {
		return this.#asking.busy;
	}

	/** Where the last mail went; null: none was sent. */
	get sentTo(): string | null {
		return this.#sentTo;
	}

	get addressError(): string | null {
		return this.#tried && !isEmail(this.address.trim()) ? m.home_email_wrong() : null;
	}

	get passwordError(): string | null {
		if (this.#tried && this.password === '') return m.start_fill_in();
		return this.#isWrongPassword ? m.home_password_current_wrong() : null;
	}

	get problem(): string | null {
		return this.#isWrongPassword ? null : this.#asking.problem;
	}

	/** Returns whether the mail goes out; the typed text stays where it does not. */
	async send(): Promise<boolean> {
		this.#tried = true;
		const address = this.address.trim();
		const { password } = this;
		if (!isEmail(address) || password === '') return false;
		const language = this.#language();
		const sent = await this.#asking.ask(changeEmail({ address, password, language }));
		if (!sent) return false;
		this.clear();
		this.#sentTo = address;
		return true;
	}

	clear(): void {
		this.address = '';
		this.password = '';
		this.#tried = false;
	}

	get #isWrongPassword(): boolean {
		return this.#asking.failure?.code === 'wrongPassword';
	}
}

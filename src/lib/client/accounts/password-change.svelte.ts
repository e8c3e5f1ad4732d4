import { m } from '#lib/i18n/paraglide/messages.js';
import type { AskFailure } from '../browser/ask.ts';
import { askFailureText } from '../browser/ask-text.ts';
import { changePassword } from './own-account.ts';
import { OwnPasswordForm, type RulesFor } from './own-password.svelte.ts';
import type { Session } from '../session/session.svelte.ts';

/** *Wachtwoord wijzigen* by who knows the old one. */
export class PasswordChange {
	current = $state('');
	readonly chosen: OwnPasswordForm;
	readonly #session: Session;
	#busy = $state(false);
	#tried = $state(false);
	#failure = $state.raw<AskFailure | null>(null);

	/** @param personal names that anybody would try */
	constructor(session: Session, rulesFor: RulesFor, personal: readonly string[]) {
		this.#session = session;
		this.chosen = new OwnPasswordForm(
			() => rulesFor,
			() => personal
		);
	}

	get busy(): boolean {
		return this.#busy;
	}

	get currentError(): string | null {
		if (this.#tried && this.current === '') return m.start_fill_in();
		return this.#failure?.code === 'wrongPassword' ? m.home_password_current_wrong() : null;
	}

	get problem(): string | null {
		const failure = this.#failure;
		return failure && failure.code !== 'wrongPassword' ? askFailureText(failure) : null;
	}

	/** Returns whether it was changed; the typed text stays where it was not. */
	async send(): Promise<boolean> {
		this.#tried = true;
		this.#failure = null;
		const { current, chosen } = this;
		if (!chosen.check() || current === '' || this.#busy) return false;
		this.#busy = true;
		this.#failure = await changePassword(this.#session, { current, password: chosen.password });
		this.#busy = false;
		return this.#failure === null;
	}
}

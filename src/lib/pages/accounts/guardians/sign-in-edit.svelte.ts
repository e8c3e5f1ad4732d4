import type { Drafted } from '#lib/client/form/draft.svelte.ts';
import { failureText } from '#lib/client/session/failure-text.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { editAccount } from '#lib/client/accounts/staff-accounts.ts';
import { showDone } from '#lib/client/session/undo.ts';
import { isUserNameTaken } from '#lib/domain/credentials/user-names.ts';
import { isEmail } from '#lib/domain/credentials/email-mask.ts';
import { isUserName } from '#lib/domain/credentials/user-name.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** Field → what it was when it was first touched, and what is wanted. */
type Typed = {
	readonly userName?: readonly [from: string, to: string];
	readonly email?: readonly [from: string | null, to: string | null];
};

interface Errors {
	readonly userName?: string;
	readonly email?: string;
}

/** User name and e-mail address of a guardian's account, as the administration changes them. */
export class SignInEdit implements Drafted<Typed> {
	readonly #session: Session;
	readonly #accountId: Id;
	#typed = $state.raw<Typed>({});
	#tried = $state(false);
	problem = $state<string | null>(null);
	readonly errors: Errors = $derived.by(() => (this.#tried ? this.#problems() : {}));

	constructor(session: Session, accountId: Id) {
		this.#session = session;
		this.#accountId = accountId;
	}

	get draft(): Typed | null {
		return Object.keys(this.#typed).length > 0 ? this.#typed : null;
	}

	restore({ userName, email }: Typed): void {
		if (userName) this.userName = userName[1];
		if (email) this.email = email[1] ?? '';
	}

	get userName(): string {
		return this.#typed.userName?.[1] ?? this.#account?.userName ?? '';
	}

	set userName(typed: string) {
		const to = typed.trim().toLowerCase();
		const { userName, ...others } = this.#typed;
		const now = this.#account?.userName ?? '';
		this.#typed = to === now ? others : { ...others, userName: [userName?.[0] ?? now, to] };
	}

	get email(): string {
		return (this.#typed.email ? this.#typed.email[1] : this.#account?.email) ?? '';
	}

	set email(typed: string) {
		const to = typed.trim() === '' ? null : typed.trim();
		const { email, ...others } = this.#typed;
		const now = this.#account?.email ?? null;
		this.#typed = to === now ? others : { ...others, email: [email ? email[0] : now, to] };
	}

	/** *Opslaan*. Answers whether it holds. */
	async save(): Promise<boolean> {
		this.#tried = true;
		this.problem = null;
		if (!this.draft || Object.keys(this.#problems()).length > 0) return false;
		const done = await editAccount(this.#session, this.#accountId, this.#typed);
		if (!done.ok) {
			this.problem = failureText(done.refusal);
			return false;
		}
		this.clear();
		showDone(this.#session, m.account_saved(), done.value.batch);
		return true;
	}

	clear(): void {
		this.#typed = {};
		this.#tried = false;
		this.problem = null;
	}

	get #account(): Account | undefined {
		return this.#session.state.get('account', this.#accountId);
	}

	#problems(): Errors {
		const { userName, email } = this;
		const taken = isUserNameTaken(this.#session.state, userName, this.#accountId);
		return {
			...(!isUserName(userName)
				? { userName: m.start_user_name_wrong() }
				: taken
					? { userName: m.app_refusal_user_name_taken({ userName }) }
					: {}),
			...(email !== '' && !isEmail(email) ? { email: m.account_email_wrong() } : {})
		};
	}
}

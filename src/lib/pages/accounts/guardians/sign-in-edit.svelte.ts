import { Action } from '#lib/client/form/action.svelte.ts';
import { Conflict, withChange, type FromTo } from '#lib/client/form/conflict.svelte.ts';
import type { Drafted } from '#lib/client/form/draft.svelte.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { editAccount } from '#lib/client/accounts/staff-accounts.ts';
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
	readonly action: Action;
	readonly conflict: Conflict;
	readonly errors: Errors = $derived.by(() => (this.#tried ? this.#problems() : {}));

	constructor(session: Session, accountId: Id) {
		this.#session = session;
		this.#accountId = accountId;
		this.action = new Action(session);
		this.conflict = new Conflict(session, {
			record: () => this.#account,
			wanted: () => this.#typed,
			settle: (field, change) => (this.#typed = withChange(this.#typed, field, change))
		});
	}

	get draft(): Typed | null {
		return Object.keys(this.#typed).length > 0 ? this.#typed : null;
	}

	restore({ userName, email }: Typed): void {
		if (userName) this.#type('userName', userName);
		if (email) this.#type('email', email);
	}

	get userName(): string {
		return this.#typed.userName?.[1] ?? this.#account?.userName ?? '';
	}

	set userName(typed: string) {
		const to = typed.trim().toLowerCase();
		const { userName } = this.#typed;
		this.#type('userName', [userName ? userName[0] : (this.#account?.userName ?? ''), to]);
	}

	get email(): string {
		return (this.#typed.email ? this.#typed.email[1] : this.#account?.email) ?? '';
	}

	set email(typed: string) {
		const to = typed.trim() === '' ? null : typed.trim();
		const { email } = this.#typed;
		this.#type('email', [email ? email[0] : (this.#account?.email ?? null), to]);
	}

	#type(field: 'userName' | 'email', change: FromTo): void {
		const isSo = change[1] === (this.#account?.[field] ?? null);
		this.#typed = withChange(this.#typed, field, isSo ? null : change);
	}

	/** *Opslaan*. Returns whether it holds. */
	async save(): Promise<boolean> {
		this.#tried = true;
		if (!this.draft || Object.keys(this.#problems()).length > 0) return false;
		const edit = this.#typed;
		const saved = await this.action.run(() => editAccount(this.#session, this.#accountId, edit), {
			done: m.account_saved(),
			settles: (failure) => this.conflict.takes(failure)
		});
		if (saved) this.clear();
		return saved;
	}

	clear(): void {
		this.#typed = {};
		this.#tried = false;
		this.action.clear();
		this.conflict.clear();
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

import type { Drafted } from '#lib/client/draft.svelte.ts';
import type { Session } from '#lib/client/session.svelte.ts';
import {
	accountFailureText,
	addAccount,
	isOwnPasswordProblem
} from '#lib/client/staff-accounts.ts';
import { suggestUserName } from '#lib/client/suggest-user-name.ts';
import { showDone } from '#lib/client/undo.ts';
import { isUserName, userNameGenerator } from '#lib/domain/leer-id/user-name.ts';
import type { Right, Role } from '#lib/domain/records.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { inOrder } from '../account-text.ts';
import { PasswordForm } from '../password-form.svelte.ts';

type Typed = {
	readonly displayName: string;
	/** null: follows the name. */
	readonly userName: string | null;
	readonly role: Role;
	readonly rights: readonly Right[];
};

const blank: Typed = {
	displayName: '',
	userName: null,
	role: 'administration',
	rights: ['leerId', 'cards', 'import']
};

/** *Account toevoegen*: who may sign in on this device from now on, and what they may do. */
export class NewAccountForm implements Drafted<Typed> {
	readonly #session: Session;
	#typed = $state.raw<Typed>(blank);
	#tried = $state(false);
	problem = $state<string | null>(null);
	readonly password = new PasswordForm(() => [
		this.#session.school?.name ?? '',
		this.displayName,
		this.userName
	]);
	readonly errors: { readonly displayName?: string; readonly userName?: string } = $derived.by(
		() => (this.#tried ? this.#problems() : {})
	);

	constructor(session: Session) {
		this.#session = session;
	}

	get draft(): Typed | null {
		return this.#typed === blank ? null : this.#typed;
	}

	restore(draft: Typed): void {
		this.#typed = { ...blank, ...draft };
	}

	get displayName(): string {
		return this.#typed.displayName;
	}

	set displayName(displayName: string) {
		this.#typed = { ...this.#typed, displayName };
	}

	get userName(): string {
		return this.#typed.userName ?? this.#suggested;
	}

	set userName(typed: string) {
		this.#typed = { ...this.#typed, userName: typed.trim().toLowerCase() };
	}

	get role(): Role {
		return this.#typed.role;
	}

	set role(role: Role) {
		this.#typed = { ...this.#typed, role };
	}

	has(right: Right): boolean {
		return this.#typed.rights.includes(right);
	}

	setRight(right: Right, on: boolean): void {
		const others = this.#typed.rights.filter((each) => each !== right);
		this.#typed = { ...this.#typed, rights: inOrder(on ? [...others, right] : others) };
	}

	/** *Account maken*. Answers whether it is there. */
	async save(): Promise<boolean> {
		this.#tried = true;
		this.problem = null;
		const passwords = this.password.check();
		if (!passwords || Object.keys(this.#problems()).length > 0) return false;
		const { userName, role } = this;
		const displayName = this.displayName.trim();
		// Rights are the administration's alone.
		const rights = role === 'administration' ? this.#typed.rights : [];
		const made = await addAccount(
			this.#session,
			{ displayName, userName, role, rights },
			passwords
		);
		if (!made.ok) {
			const text = accountFailureText(made.refusal);
			if (isOwnPasswordProblem(made.refusal)) this.password.refuseOwn(text);
			else this.problem = text;
			return false;
		}
		this.clear();
		showDone(this.#session, m.account_created({ name: displayName, userName }), made.value.batch);
		return true;
	}

	clear(): void {
		this.#typed = blank;
		this.#tried = false;
		this.password.clear();
	}

	get #suggested(): string {
		const base = suggestUserName(this.displayName);
		return base === '' ? '' : userNameGenerator((name) => this.#isTaken(name))(base);
	}

	#isTaken(userName: string): boolean {
		return this.#session.state.find('accountByUserName', userName).length > 0;
	}

	#problems(): { displayName?: string; userName?: string } {
		const { userName } = this;
		return {
			...(this.displayName.trim() === '' ? { displayName: m.start_fill_in() } : {}),
			...(!isUserName(userName)
				? { userName: m.start_user_name_wrong() }
				: this.#isTaken(userName)
					? { userName: m.app_refusal_user_name_taken({ userName }) }
					: {})
		};
	}
}

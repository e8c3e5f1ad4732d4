import { Action } from '#lib/client/form/action.svelte.ts';
import type { Drafted } from '#lib/client/form/draft.svelte.ts';
import type { PaperPrinter } from '#lib/client/print/printer.svelte.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import {
	accountFailureText,
	addAccount,
	addAccountByLetter,
	type NewAccount
} from '#lib/client/accounts/staff-accounts.ts';
import { suggestUserName } from '#lib/client/accounts/suggest-user-name.ts';
import { isUserNameTaken } from '#lib/domain/credentials/user-names.ts';
import { isEmail } from '#lib/domain/credentials/email-mask.ts';
import { isUserName, userNameGenerator } from '#lib/domain/credentials/user-name.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Right, Role } from '#lib/domain/kernel/actor.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { inOrder } from './account-text.ts';
import { PasswordForm } from './password-form.svelte.ts';

type Typed = {
	readonly displayName: string;
	readonly email: string;
	/** null: follows the name. */
	readonly userName: string | null;
	readonly role: Role;
	readonly rights: readonly Right[];
	readonly groupIds: readonly Id[];
};

interface Errors {
	readonly displayName?: string;
	readonly userName?: string;
	readonly email?: string;
}

const blank: Typed = {
	displayName: '',
	email: '',
	userName: null,
	role: 'administration',
	rights: ['leerId', 'cards', 'import'],
	groupIds: []
};

/** *Account toevoegen*: who may sign in on this device from now on, and what they may do. */
export class NewAccountForm implements Drafted<Typed> {
	readonly #session: Session;
	#typed = $state.raw<Typed>(blank);
	#tried = $state(false);
	readonly action: Action;
	readonly password = new PasswordForm(() => [
		this.#session.school?.name ?? '',
		this.displayName,
		this.userName
	]);
	readonly errors: Errors = $derived.by(() => (this.#tried ? this.#problems() : {}));

	constructor(session: Session) {
		this.#session = session;
		this.action = new Action(session);
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

	get email(): string {
		return this.#typed.email;
	}

	set email(email: string) {
		this.#typed = { ...this.#typed, email };
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

	hasGroup(id: Id): boolean {
		return this.#typed.groupIds.includes(id);
	}

	setGroup(id: Id, on: boolean): void {
		const others = this.#typed.groupIds.filter((each) => each !== id);
		this.#typed = { ...this.#typed, groupIds: on ? [...others, id] : others };
	}

	/** *Account maken*, with a password that was typed here. Returns whether it is there. */
	async save(): Promise<boolean> {
		this.#tried = true;
		const passwords = this.password.check();
		if (!passwords || Object.keys(this.#problems()).length > 0) return false;
		const account = this.#account;
		const { displayName: name, userName } = account;
		const made = await this.action.run(() => addAccount(this.#session, account, passwords), {
			done: m.account_created({ name, userName }),
			settles: (failure) => this.password.refuses(failure),
			why: accountFailureText
		});
		if (made) this.clear();
		return made;
	}

	/** The same with a letter. */
	async saveByLetter(printer: PaperPrinter): Promise<boolean> {
		this.#tried = true;
		if (Object.keys(this.#problems()).length > 0) return false;
		const session = this.#session;
		const account = this.#account;
		const issuing = { session, printer, title: account.displayName };
		const made = await this.action.run(() => addAccountByLetter(issuing, account));
		if (made) this.clear();
		return made;
	}

	get #account(): NewAccount {
		const { userName, role } = this;
		const { displayName, email, rights, groupIds } = this.#typed;
		return {
			displayName: displayName.trim(),
			email: email.trim() || null,
			userName,
			role,
			// Rights are the administration's alone, and groups a teacher's.
			rights: role === 'administration' ? rights : [],
			groupIds: role === 'teacher' ? groupIds : []
		};
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
		return isUserNameTaken(this.#session.state, userName);
	}

	#problems(): Errors {
		const { userName } = this;
		const email = this.email.trim();
		return {
			...(this.displayName.trim() === '' ? { displayName: m.start_fill_in() } : {}),
			...(!isUserName(userName)
				? { userName: m.start_user_name_wrong() }
				: this.#isTaken(userName)
					? { userName: m.app_refusal_user_name_taken({ userName }) }
					: {}),
			...(email !== '' && !isEmail(email) ? { email: m.account_email_wrong() } : {})
		};
	}
}

import type { Drafted } from '#lib/client/draft.svelte.ts';
import { failureText } from '#lib/client/failure-text.ts';
import type { Session } from '#lib/client/session.svelte.ts';
import { archiveAccount, editAccount } from '#lib/client/staff-accounts.ts';
import { showDone } from '#lib/client/undo.ts';
import { isStaff, type StaffAccount } from '#lib/domain/accounts/account-rules.ts';
import { sameJson, type Edit } from '#lib/domain/edit.ts';
import { isUserName } from '#lib/domain/leer-id/user-name.ts';
import type { Account, Id, Right, Role } from '#lib/domain/records.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { inOrder } from '../account-text.ts';

type Field = 'displayName' | 'userName' | 'role' | 'rights';
/** Field → what it was when it was first touched, and what is wanted. */
type Typed = { readonly [F in Field]?: readonly [from: StaffAccount[F], to: StaffAccount[F]] };

/** *Aanpassen*: name, user name, role and rights of an account. */
export class AccountEdit implements Drafted<Typed> {
	readonly #session: Session;
	readonly #accountId: Id;
	#typed = $state.raw<Typed>({});
	#tried = $state(false);
	problem = $state<string | null>(null);
	readonly errors: { readonly displayName?: string; readonly userName?: string } = $derived.by(
		() => (this.#tried ? this.#problems() : {})
	);

	constructor(session: Session, accountId: Id) {
		this.#session = session;
		this.#accountId = accountId;
	}

	get account(): StaffAccount | undefined {
		const account = this.#session.state.get('account', this.#accountId);
		return account && isStaff(account) ? account : undefined;
	}

	get draft(): Typed | null {
		return Object.keys(this.#typed).length > 0 ? this.#typed : null;
	}

	restore(draft: Typed): void {
		const { displayName, userName, role, rights } = draft;
		if (displayName) this.#set('displayName', displayName[1]);
		if (userName) this.#set('userName', userName[1]);
		if (role) this.#set('role', role[1]);
		if (rights) this.#set('rights', rights[1]);
	}

	get displayName(): string {
		return this.#typed.displayName?.[1] ?? this.account?.displayName ?? '';
	}

	set displayName(displayName: string) {
		this.#set('displayName', displayName);
	}

	get userName(): string {
		return this.#typed.userName?.[1] ?? this.account?.userName ?? '';
	}

	set userName(typed: string) {
		this.#set('userName', typed.trim().toLowerCase());
	}

	get role(): Role {
		return this.#typed.role?.[1] ?? this.account?.role ?? 'teacher';
	}

	set role(role: Role) {
		this.#set('role', role);
	}

	has(right: Right): boolean {
		return this.#rights.includes(right);
	}

	setRight(right: Right, on: boolean): void {
		const others = this.#rights.filter((each) => each !== right);
		this.#set('rights', inOrder(on ? [...others, right] : others));
	}

	/** *Opslaan*. Answers whether it holds. */
	async save(): Promise<boolean> {
		this.#tried = true;
		this.problem = null;
		if (!this.draft || Object.keys(this.#problems()).length > 0) return false;
		const done = await editAccount(this.#session, this.#accountId, this.#edit());
		if (!done.ok) {
			this.problem = failureText(done.refusal);
			return false;
		}
		this.clear();
		showDone(this.#session, m.account_saved(), done.value.batch);
		return true;
	}

	/** *Archiveren*. Answers whether it is. */
	async archive(): Promise<boolean> {
		const name = this.account?.displayName ?? '';
		const done = await archiveAccount(this.#session, this.#accountId);
		this.problem = done.ok ? null : failureText(done.refusal);
		if (!done.ok) return false;
		this.clear();
		showDone(this.#session, m.account_archived_done({ name }), done.value.batch);
		return true;
	}

	clear(): void {
		this.#typed = {};
		this.#tried = false;
		this.problem = null;
	}

	get #rights(): readonly Right[] {
		return this.#typed.rights?.[1] ?? this.account?.rights ?? [];
	}

	#set<F extends Field>(field: F, to: StaffAccount[F]): void {
		const { account } = this;
		if (!account) return;
		const now = field === 'rights' ? inOrder(account.rights) : account[field];
		const from = this.#typed[field]?.[0] ?? account[field];
		const others: Typed = Object.fromEntries(
			Object.entries(this.#typed).filter(([name]) => name !== field)
		);
		this.#typed = sameJson(to, now) ? others : { ...others, [field]: [from, to] };
	}

	#edit(): Edit<Account> {
		const { displayName } = this.#typed;
		const name = displayName && ([displayName[0], displayName[1].trim()] as const);
		return name ? { ...this.#typed, displayName: name } : this.#typed;
	}

	#problems(): { displayName?: string; userName?: string } {
		const { userName } = this;
		const others = this.#session.state
			.find('accountByUserName', userName)
			.filter(({ id }) => id !== this.#accountId);
		return {
			...(this.displayName.trim() === '' ? { displayName: m.start_fill_in() } : {}),
			...(!isUserName(userName)
				? { userName: m.start_user_name_wrong() }
				: others.length > 0
					? { userName: m.app_refusal_user_name_taken({ userName }) }
					: {})
		};
	}
}

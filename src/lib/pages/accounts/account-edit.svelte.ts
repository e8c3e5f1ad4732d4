import { Action } from '#lib/client/form/action.svelte.ts';
import { Conflict, withChange } from '#lib/client/form/conflict.svelte.ts';
import type { Drafted } from '#lib/client/form/draft.svelte.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { archiveAccount, editAccount } from '#lib/client/accounts/staff-accounts.ts';
import { isStaff, type StaffAccount } from '#lib/domain/accounts/account-rules.ts';
import { sameJson } from '#lib/domain/kernel/json.ts';
import type { Edit } from '#lib/domain/kernel/edit.ts';
import { isUserNameTaken } from '#lib/domain/credentials/user-names.ts';
import { isEmail } from '#lib/domain/credentials/email-mask.ts';
import { isUserName } from '#lib/domain/credentials/user-name.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Right, Role } from '#lib/domain/kernel/actor.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { inOrder } from './account-text.ts';

type Field = 'displayName' | 'userName' | 'email' | 'role' | 'rights' | 'groupIds';
/** Field → what it was when it was first touched, and what is wanted. */
type Typed = { readonly [F in Field]?: readonly [from: StaffAccount[F], to: StaffAccount[F]] };

interface Errors {
	readonly displayName?: string;
	readonly userName?: string;
	readonly email?: string;
}

/** *Aanpassen*: name, user name, address, role, rights and groups of an account. */
export class AccountEdit implements Drafted<Typed> {
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
			record: () => this.account,
			wanted: () => this.#edit(),
			settle: (field, change) => (this.#typed = withChange(this.#typed, field, change))
		});
	}

	get account(): StaffAccount | undefined {
		const account = this.#session.state.get('account', this.#accountId);
		return account && isStaff(account) ? account : undefined;
	}

	get draft(): Typed | null {
		return Object.keys(this.#typed).length > 0 ? this.#typed : null;
	}

	restore(draft: Typed): void {
		const { displayName, userName, email, role, rights, groupIds } = draft;
		if (displayName) this.#type('displayName', displayName);
		if (userName) this.#type('userName', userName);
		if (role) this.#type('role', role);
		if (email) this.#type('email', email);
		if (rights) this.#type('rights', rights);
		if (groupIds) this.#type('groupIds', groupIds);
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

	get email(): string {
		return (this.#typed.email ? this.#typed.email[1] : this.account?.email) ?? '';
	}

	set email(typed: string) {
		this.#set('email', typed.trim() === '' ? null : typed.trim());
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

	hasGroup(id: Id): boolean {
		return this.#groupIds.includes(id);
	}

	setGroup(id: Id, on: boolean): void {
		const others = this.#groupIds.filter((each) => each !== id);
		this.#set('groupIds', (on ? [...others, id] : others).sort());
	}

	/** *Opslaan*. Returns whether it holds. */
	async save(): Promise<boolean> {
		this.#tried = true;
		if (!this.draft || Object.keys(this.#problems()).length > 0) return false;
		const edit = this.#edit();
		const saved = await this.action.run(() => editAccount(this.#session, this.#accountId, edit), {
			done: m.account_saved(),
			settles: (failure) => this.conflict.takes(failure)
		});
		if (saved) this.clear();
		return saved;
	}

	/** *Archiveren*. Returns whether it is. */
	async archive(): Promise<boolean> {
		const name = this.account?.displayName ?? '';
		const archived = await this.action.run(() => archiveAccount(this.#session, this.#accountId), {
			done: m.account_archived_done({ name })
		});
		if (archived) this.clear();
		return archived;
	}

	clear(): void {
		this.#typed = {};
		this.#tried = false;
		this.action.clear();
		this.conflict.clear();
	}

	get #rights(): readonly Right[] {
		return this.#typed.rights?.[1] ?? this.account?.rights ?? [];
	}

	get #groupIds(): readonly Id[] {
		return this.#typed.groupIds?.[1] ?? this.account?.groupIds ?? [];
	}

	#set<F extends Field>(field: F, to: StaffAccount[F]): void {
		const { account } = this;
		if (!account) return;
		const typed = this.#typed[field];
		this.#type(field, [typed ? typed[0] : account[field], to]);
	}

	#type<F extends Field>(
		field: F,
		change: readonly [from: StaffAccount[F], to: StaffAccount[F]]
	): void {
		const { account } = this;
		if (!account) return;
		const isSo = sameJson(change[1], inFormOrder(account, field));
		this.#typed = withChange(this.#typed, field, isSo ? null : change);
	}

	#edit(): Edit<Account> {
		const { displayName } = this.#typed;
		const name = displayName && ([displayName[0], displayName[1].trim()] as const);
		const groupIds = this.account?.groupIds ?? [];
		// Groups are a teacher's: who becomes something else leaves them.
		const leaves = this.role !== 'teacher' && groupIds.length > 0;
		return {
			...this.#typed,
			...(name ? { displayName: name } : {}),
			...(leaves ? { groupIds: [groupIds, []] as const } : {})
		};
	}

	#problems(): Errors {
		const { userName } = this;
		const taken = isUserNameTaken(this.#session.state, userName, this.#accountId);
		return {
			...(this.displayName.trim() === '' ? { displayName: m.start_fill_in() } : {}),
			...(!isUserName(userName)
				? { userName: m.start_user_name_wrong() }
				: taken
					? { userName: m.app_refusal_user_name_taken({ userName }) }
					: {}),
			...(this.email !== '' && !isEmail(this.email) ? { email: m.account_email_wrong() } : {})
		};
	}
}

/** As the form's own lists are ordered, so that the same choices are no change. */
function inFormOrder<F extends Field>(account: StaffAccount, field: F) {
	if (field === 'rights') return inOrder(account.rights);
	return field === 'groupIds' ? [...account.groupIds].sort() : account[field];
}

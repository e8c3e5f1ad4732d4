import { Action } from '#lib/client/form/action.svelte.ts';
import { Conflict, type FromTo, type Wanted } from '#lib/client/form/conflict.svelte.ts';
import type { Drafted } from '#lib/client/form/draft.svelte.ts';
import type { PaperPrinter } from '#lib/client/print/printer.svelte.ts';
import {
	adjustmentCommand,
	newPassword,
	renewedKind,
	type NewPassword
} from '#lib/client/leer-id/commands.ts';
import { issueCards } from '#lib/client/cards/issue-cards.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { isUserNameTaken } from '#lib/domain/credentials/user-names.ts';
import { isUserName } from '#lib/domain/credentials/user-name.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { LeerId } from '#lib/domain/credentials/kinds.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** The chosen values; a generated password is made anew. */
type Typed = {
	readonly userName: string;
	readonly unlink: boolean;
	readonly basicKind: 'word' | 'image';
	/** The values that it was typed over; a draft of an older app does not say. */
	readonly over?: Pick<LeerId, 'userName' | 'secretId'>;
};

/**
 * The dialog *LeerID aanmeldgegevens*: a new user name, a new password, an e-mail address to unlink.
 * Each of the three brings a new password and unlinks the address (product.md 35, 38).
 */
export class Adjustment implements Drafted<Typed> {
	/** *pas gebruikersnaam aan* was pressed. */
	editingUserName = $state(false);
	basicKind = $state<'word' | 'image'>('word');
	readonly action: Action;
	readonly conflict: Conflict;
	#userName = $state('');
	#unlink = $state(false);
	#saved = $state(false);
	#password = $state.raw<NewPassword | null>(null);
	readonly #session: Session;
	readonly #printer: PaperPrinter;
	readonly #pupil: Pupil;
	/** As it was when the dialog opened, but for what was settled since. */
	#leerId: LeerId;

	constructor(
		session: Session,
		printer: PaperPrinter,
		{ pupil, leerId }: { pupil: Pupil; leerId: LeerId }
	) {
		this.#session = session;
		this.#printer = printer;
		this.#pupil = pupil;
		this.#leerId = $state.raw(leerId);
		this.action = new Action(session);
		this.conflict = new Conflict(session, {
			record: () => session.state.get('leerId', leerId.id),
			wanted: () => this.#wanted(),
			settle: (field, change) => this.#settle(field, change)
		});
		this.#userName = leerId.userName;
		this.basicKind = leerId.passwordKind === 'image' ? 'image' : 'word';
	}

	/** The LeerID that is adjusted. */
	get leerId(): LeerId {
		return this.#leerId;
	}

	get draft(): Typed | null {
		const { userName, unlink, basicKind } = this;
		const untouched = userName === this.leerId.userName && !unlink && this.#password === null;
		if (untouched || this.#saved) return null;
		const over = { userName: this.leerId.userName, secretId: this.leerId.secretId };
		return { userName, unlink, basicKind, over };
	}

	restore({ userName, unlink, basicKind, over }: Typed): void {
		this.#leerId = { ...this.#leerId, ...over };
		this.editingUserName = userName !== this.leerId.userName;
		this.basicKind = basicKind;
		this.userName = userName;
		this.unlink = unlink;
		this.generate();
	}

	get userName(): string {
		return this.#userName;
	}

	set userName(typed: string) {
		this.#userName = typed.trim().toLowerCase();
		this.#needPassword();
	}

	get unlink(): boolean {
		return this.#unlink;
	}

	set unlink(unlink: boolean) {
		this.#unlink = unlink;
		this.#needPassword();
	}

	/** The password that will be; null while nothing asks for one. */
	get password(): NewPassword | null {
		return this.#password;
	}

	get userNameError(): string | null {
		const { userName } = this;
		if (userName === this.leerId.userName) return null;
		if (!isUserName(userName)) return m.pupil_user_name_wrong();
		const taken = isUserNameTaken(this.#session.state, userName, this.leerId.id);
		return taken ? m.pupil_user_name_taken({ userName }) : null;
	}

	/** *genereer nieuw wachtwoord*, or another one. */
	generate(): void {
		const { school } = this.#session;
		const { type } = this.leerId;
		const kind =
			type === 'basic' ? this.basicKind : renewedKind({ ...this.leerId, passwordKind: 'own' });
		if (school) this.#password = newPassword(kind, school);
	}

	chooseKind(kind: 'word' | 'image'): void {
		this.basicKind = kind;
		this.generate();
	}

	/** *Bewaren en afdrukken*. Returns whether the dialog can close. */
	async save(): Promise<boolean> {
		const password = this.#password;
		if (!password || this.userNameError) return false;
		const { leerId, userName } = this;
		this.#saved = await this.action.run(
			() =>
				issueCards(this.#session, this.#printer, {
					title: fullNameOf(this.#pupil),
					commands: (printRunId) => [adjustmentCommand({ leerId, userName, password }, printRunId)],
					done: () => m.pupil_adjusted()
				}),
			{ settles: (failure) => this.conflict.takes(failure) }
		);
		return this.#saved;
	}

	#wanted(): Wanted {
		const { leerId, userName } = this;
		const password = this.#password;
		return {
			...(userName === leerId.userName ? {} : { userName: [leerId.userName, userName] as const }),
			...(password ? { secretId: [leerId.secretId, password.secretId] as const } : {})
		};
	}

	#settle(field: string, change: FromTo | null): void {
		const now = this.#session.state.get('leerId', this.leerId.id);
		if (!now) return;
		const { userName, secretId } = now;
		const wasUntouched = this.#userName === this.leerId.userName;
		if (field === 'userName') this.#leerId = { ...this.#leerId, userName };
		else {
			// A user name that nobody touched here is what it is by now.
			const followed = wasUntouched ? { userName } : {};
			this.#leerId = { ...this.#leerId, ...followed, secretId };
		}
		if (wasUntouched || (field === 'userName' && change === null)) {
			this.#userName = this.#leerId.userName;
		}
		if (field === 'secretId' && change === null) {
			this.#password = null;
			// The password that is theirs now has unlinked the address already.
			this.#leerId = { ...this.#leerId, email: now.email };
			if (now.email === null) this.#unlink = false;
		}
		// A user name of one's own brings a new password, over the one that is there by now.
		this.#needPassword();
	}

	/** A password that was asked for stays; one that only followed from the others goes with them. */
	#needPassword(): void {
		if (this.#unlink || this.#userName !== this.leerId.userName) {
			if (!this.#password) this.generate();
		}
	}
}

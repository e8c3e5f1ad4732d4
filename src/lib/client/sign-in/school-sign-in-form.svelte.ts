import { m } from '#lib/i18n/paraglide/messages.js';
import type { Result } from '#lib/domain/kernel/result.ts';
import { chooseOwnPassword } from '../accounts/account-questions.ts';
import { ask, askerOf, type AskFailure } from '../browser/ask.ts';
import { askFailureText } from '../browser/ask-text.ts';
import type { SignInFailure } from '../session/sign-in-here.ts';
import { signInProblemText } from '../session/failure-text.ts';
import { OwnPasswordForm } from '../accounts/own-password.svelte.ts';
import type { ChosenSchool } from '../browser/preferences.svelte.ts';
import type { Admission, OpenFailure, SchoolCredentials } from '../sync/school-sign-in.ts';

export type SchoolOpenFailure = OpenFailure | SignInFailure;

export interface SchoolSignInParts {
	readonly school: () => ChosenSchool | null;
	/** Tries what this device keeps of them itself. Returns why not; null: they are in. */
	readonly openHere?: (typed: SchoolCredentials) => Promise<SignInFailure | null>;
	readonly signIn: (typed: SchoolCredentials) => Promise<Result<Admission, AskFailure>>;
	/** Goes on with the account that the server let in. Returns why not; null: they are in. */
	readonly open: (admission: Admission, password: string) => Promise<SchoolOpenFailure | null>;
}

/** *Inloggen bij uw school*; whoever comes with a password for one time chooses their own first. */
export class SchoolSignInForm {
	userName = $state('');
	password = $state('');
	readonly newPassword: OwnPasswordForm;
	readonly #parts: SchoolSignInParts;
	#busy = $state(false);
	#tried = $state(false);
	#failure = $state.raw<AskFailure | null>(null);
	#openFailure = $state.raw<SchoolOpenFailure | null>(null);
	/** Why this device did not open for what was typed now; null: it keeps nothing of them. */
	#refusedHere = $state.raw<SignInFailure | null>(null);
	/** Let in, but not before choosing a password. */
	#admission = $state.raw<Admission | null>(null);

	constructor(parts: SchoolSignInParts) {
		this.#parts = parts;
		this.newPassword = new OwnPasswordForm(
			() => (this.#isStaff ? 'staff' : 'own'),
			() => [this.userName, parts.school()?.name ?? '']
		);
	}

	get busy(): boolean {
		return this.#busy;
	}

	/** The form was sent, and says what it lacks. */
	get tried(): boolean {
		return this.#tried;
	}

	get choosesPassword(): boolean {
		return this.#admission !== null;
	}

	get problem(): string | null {
		// Without the school, what this device said of it is all that is known.
		if (this.#refusedHere && this.#offline) return signInProblemText(this.#refusedHere);
		if (this.#failure) return askFailureText(this.#failure);
		if (this.#openFailure?.code === 'notEscrowed') return m.sync_not_escrowed();
		return this.#openFailure && signInProblemText(this.#openFailure);
	}

	/** The name or the password is not right. */
	get isWrong(): boolean {
		return this.#failure?.code === 'wrongPassword';
	}

	get isBlocked(): boolean {
		return this.#failure?.code === 'blocked' || this.#failure?.code === 'blockedBySchool';
	}

	/**
	 * Signs in on this device, or else at the school.
	 *
	 * @param refusedHere why this device did not open for it just now; null: it has not been tried
	 */
	async signIn(refusedHere: SignInFailure | null = null): Promise<void> {
		this.#tried = true;
		const school = this.#parts.school();
		const { userName, password } = this;
		if (!school || userName.trim() === '' || password === '') return;
		await this.#work(async () => {
			const typed = { school, userName: userName.trim(), password };
			if (await this.#opensHere(typed, refusedHere)) return;
			const admitted = await this.#parts.signIn(typed);
			if (!admitted.ok) this.#refused(admitted.refusal);
			else if (admitted.value.info.mustChange) this.#admission = admitted.value;
			else await this.#open(admitted.value, password);
		});
	}

	async choosePassword(): Promise<void> {
		const admission = this.#admission;
		if (!admission || !this.newPassword.check()) return;
		const { password } = this.newPassword;
		await this.#work(async () => {
			const { info } = admission;
			const asked = chooseOwnPassword({ current: this.password, password });
			const chosen = await ask(asked, askerOf(info));
			if (chosen.ok) {
				// From here on the server knows them, also where this device does not open.
				const { key } = chosen.value;
				this.#admission = { ...admission, info: { ...info, key } };
				this.password = password;
				await this.#open(this.#admission, password);
			} else this.#refused(chosen.refusal);
		});
	}

	/** Back to the name and the password. */
	back(): void {
		this.#admission = null;
		this.#failure = null;
		this.password = '';
		this.newPassword.clear();
	}

	/** The school could not be reached. */
	get #offline(): boolean {
		return this.#failure?.code === 'offline';
	}

	get #isStaff(): boolean {
		const role = this.#admission?.info.actor.role;
		return role !== 'guardian' && role !== 'pupil';
	}

	/** A name that the lock screen did not know in one vault may be that of another of the school. */
	async #opensHere(typed: SchoolCredentials, before: SignInFailure | null): Promise<boolean> {
		const { openHere } = this.#parts;
		if (!openHere) return false;
		const wasAsked = before !== null && before.code !== 'notHere';
		const refused = wasAsked ? before : await openHere(typed);
		if (refused) this.#refusedHere = refused.code === 'notHere' ? null : refused;
		else this.back();
		return refused === null;
	}

	async #open(admission: Admission, password: string): Promise<void> {
		this.#openFailure = await this.#parts.open(admission, password);
		if (!this.#openFailure) this.back();
	}

	/** Without a connection all that was typed stays, unless it is known to be wrong. */
	#refused(failure: AskFailure): void {
		this.#failure = failure;
		const { code } = (this.#offline && this.#refusedHere) || failure;
		if (code === 'wrongPassword') this.password = '';
	}

	async #work(work: () => Promise<void>): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		this.#failure = null;
		this.#openFailure = null;
		this.#refusedHere = null;
		await work();
		this.#busy = false;
	}
}

import { m } from '#lib/i18n/paraglide/messages.js';
import type { Result } from '#lib/domain/result.ts';
import { chooseOwnPassword } from './account-questions.ts';
import { ask, askerOf, type AskFailure } from './ask.ts';
import { askFailureText } from './ask-text.ts';
import type { SignInFailure } from './app.svelte.ts';
import { signInProblemText } from './failure-text.ts';
import { OwnPasswordForm } from './own-password.svelte.ts';
import type { ChosenSchool } from './preferences.svelte.ts';
import type { Admission, OpenFailure, SchoolCredentials } from './school-sign-in.ts';

export type SchoolOpenFailure = OpenFailure | SignInFailure;

export interface SchoolSignInParts {
	readonly school: () => ChosenSchool | null;
	readonly signIn: (typed: SchoolCredentials) => Promise<Result<Admission, AskFailure>>;
	/** Goes on with whom the endpoint let in. Answers why not; null: they are in. */
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
		if (this.#failure) return askFailureText(this.#failure);
		if (this.#openFailure?.code === 'notEscrowed') return m.sync_not_escrowed();
		return this.#openFailure && signInProblemText(this.#openFailure);
	}

	/** The school could not be reached. */
	get offline(): boolean {
		return this.#failure?.code === 'offline';
	}

	/** The name or the password is not right. */
	get isWrong(): boolean {
		return this.#failure?.code === 'wrongPassword';
	}

	get isBlocked(): boolean {
		return this.#failure?.code === 'blocked' || this.#failure?.code === 'blockedBySchool';
	}

	async signIn(): Promise<void> {
		this.#tried = true;
		const school = this.#parts.school();
		const { userName, password } = this;
		if (!school || userName.trim() === '' || password === '') return;
		await this.#work(async () => {
			const admitted = await this.#parts.signIn({ school, userName: userName.trim(), password });
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
				// From here on they are whom the endpoint knows, also where this device does not open.
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

	get #isStaff(): boolean {
		const role = this.#admission?.info.actor.role;
		return role !== 'guardian' && role !== 'pupil';
	}

	async #open(admission: Admission, password: string): Promise<void> {
		this.#openFailure = await this.#parts.open(admission, password);
		if (!this.#openFailure) this.back();
	}

	/** Without a connection all that was typed stays. */
	#refused(failure: AskFailure): void {
		this.#failure = failure;
		if (failure.code === 'wrongPassword') this.password = '';
	}

	async #work(work: () => Promise<void>): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		this.#failure = null;
		this.#openFailure = null;
		await work();
		this.#busy = false;
	}
}

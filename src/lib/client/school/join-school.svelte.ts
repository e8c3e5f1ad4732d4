import { newId } from '#lib/crypto/random.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { moveIn } from '#lib/sync/move-in.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import type { Result } from '#lib/domain/kernel/result.ts';
import { Moving } from '#lib/vault/outbox/moving.ts';
import { ask, type AskFailure, type Question } from '../browser/ask.ts';
import { askFailureText } from '../browser/ask-text.ts';
import { deviceName } from '../browser/device-name.ts';
import type { Drafted } from '../form/draft.svelte.ts';
import { DeskKey } from '../session/desk-state.ts';
import { failureText } from '../session/failure-text.ts';
import { lookAtInvitation, openJoined, sendPart } from './join-questions.ts';
import { secure } from '../sync/school-sign-in.ts';
import { startSession } from '../sync/session-questions.ts';
import { command, type Session } from '../session/session.svelte.ts';
import { accountFailureText } from '../accounts/staff-accounts.ts';

type JoinDraft = { readonly token: string };

/** How often something is sent again, each time after twice as many seconds, before a person is asked. */
const mostTries = 5;
const passes: ReadonlySet<AskFailure['code']> = new Set(['offline', 'busy', 'broken']);

/**
 * *Bij een server aansluiten*: a school that was made on this device moves to the server, whole or
 * not at all. Broken off at any point, by a lost connection or a closed lid, it goes on where it
 * was.
 */
export class JoinSchool implements Drafted<JoinDraft> {
	token = $state('');
	password = $state('');
	readonly #session: Session;
	readonly #moving: Moving;
	#busy = $state(false);
	#problem = $state<string | null>(null);
	#sent = $state(0);

	constructor(session: Session) {
		this.#session = session;
		this.#moving = new Moving(session.replica);
	}

	/** The code of the invitation is kept, as what is typed in any form; the password is not. */
	get draft(): JoinDraft | null {
		return this.token === '' ? null : { token: this.token };
	}

	restore({ token }: JoinDraft): void {
		this.token = token;
	}

	/** Forgets the password, unless it is still needed on the way: the vault, once locked, ends that. */
	dispose(): void {
		if (!this.#busy) this.password = '';
	}

	get busy(): boolean {
		return this.#busy;
	}

	get problem(): string | null {
		return this.#problem;
	}

	/** Records that the server has by now. */
	get sent(): number {
		return this.#sent;
	}

	/** Returns whether the school has moved. */
	async join(): Promise<boolean> {
		const { school } = this.#session;
		if (this.#busy || !school) return false;
		this.#busy = true;
		this.#sent = 0;
		this.#problem = await this.#move(school);
		this.#busy = false;
		if (this.#problem === null) this.password = '';
		return this.#problem === null;
	}

	/**
	 * *Niet verhuizen*: as it was before. Not without the server, which may have opened the school.
	 */
	async giveUp(): Promise<void> {
		if (this.#busy) return;
		this.#busy = true;
		const invitation = await ask(lookAtInvitation(this.token.trim()), null);
		if (!invitation.ok) this.#problem = invitationProblem(invitation.refusal);
		else {
			const undone = await this.#moving.giveUp();
			this.#problem = undone.ok ? null : failureText(undone.refusal);
		}
		this.#busy = false;
	}

	/** Returns what went wrong, in words; null: nothing. */
	async #move(school: School): Promise<string | null> {
		const { vault, vaults, replica } = this.#session;
		const proven = await vaults.joined.keyForEscrow(vault, this.password);
		if (!proven.ok) return accountFailureText(proven.refusal);
		const token = this.token.trim();
		const begun = replica.membership !== null;
		const invitation = await ask(lookAtInvitation(token), null);
		// It may have opened the school, and been cut off before this device heard of it.
		if (begun && !invitation.ok && invitation.refusal.code === 'notFound') {
			return (await this.#settle(school)) && m.join_no_invitation();
		}
		if (!invitation.ok) return invitationProblem(invitation.refusal);
		const { number } = invitation.value;
		if (number !== school.number) return m.join_wrong_number({ number, own: school.number });
		return (
			(begun ? null : await this.#begin(school)) ??
			(await this.#send(school, token)) ??
			(await this.#settle(school))
		);
	}

	/** The password goes along as one that the school knows of: the same one will sign in there. */
	async #begin(school: School): Promise<string | null> {
		const { account } = this.#session;
		if (!account) return m.app_refusal_not_allowed();
		const secretId = newId();
		const { id: accountId, secretId: fromSecretId } = account;
		const chosen = await this.#session.commit([
			command(
				'account.choosePassword@1',
				{ accountId, fromSecretId, secretId },
				{ [secretId]: { kind: 'temporary', text: this.password } }
			)
		]);
		if (!chosen.ok) return failureText(chosen.refusal);
		const begun = await this.#moving.begin(school.id);
		return begun.ok ? null : failureText(begun.refusal);
	}

	async #send({ id }: School, token: string): Promise<string | null> {
		const whole = await moveIn<{ readonly asked: AskFailure }>({
			moving: this.#moving,
			state: this.#session.state,
			token,
			school: id,
			send: async (part) => {
				const sent = await persistently(sendPart(part));
				return sent.ok ? null : { asked: sent.refusal };
			},
			onProgress: (records) => (this.#sent = records)
		});
		if (!whole.ok) {
			const { refusal } = whole;
			if ('asked' in refusal) return invitationProblem(refusal.asked);
			return refusal.code === 'changed' ? m.join_changed() : failureText(refusal);
		}
		const opened = await persistently(openJoined(whole.value));
		return opened.ok ? null : invitationProblem(opened.refusal);
	}

	/** The school is open at the server: this device becomes one of its devices. */
	async #settle(school: School): Promise<string | null> {
		const { vault, vaults, userName } = this.#session;
		const { password } = this;
		const signedIn = await persistently(
			startSession({
				school: school.id,
				userName,
				password,
				vault: vault.vaultId,
				deviceName: deviceName(navigator.userAgent)
			})
		);
		if (!signedIn.ok) return askFailureText(signedIn.refusal);
		const kept = (await vaults.list()).find(({ vaultId }) => vaultId === vault.vaultId) ?? null;
		const admission = { school, userName, info: signedIn.value, kept };
		if (!(await secure(vaults, vault, { admission, password }))) return m.sync_not_escrowed();
		const finished = await this.#moving.finish();
		if (!finished.ok) return failureText(finished.refusal);
		this.#session.preferences.school = { id: school.id, name: school.name };
		await this.#session.connect(null);
		return null;
	}
}

/** On its way it goes on while another page is open. */
export const joinSchool = new DeskKey((session) => new JoinSchool(session));

function invitationProblem(failure: AskFailure): string {
	if (failure.code === 'notFound') return m.join_no_invitation();
	if (failure.code === 'conflict') return m.join_conflict();
	return failure.code === 'offline' ? m.join_offline() : askFailureText(failure);
}

/** Asks again what may well work a moment later. */
async function persistently<Answer>(
	question: Question<Answer>
): Promise<Result<Answer, AskFailure>> {
	for (let tries = 1; ; tries++) {
		const asked = await ask(question, null);
		if (asked.ok || tries === mostTries || !passes.has(asked.refusal.code)) return asked;
		await new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** tries));
	}
}

import type { OwnPassword } from '#lib/protocol/session.ts';
import { chooseOwnPassword, endSession } from './account-questions.ts';
import { ask, type AskFailure } from '../browser/ask.ts';
import type { Session } from '../session/session.svelte.ts';

/**
 * *Wachtwoord wijzigen*: at the server, and for what this device keeps. Returns why not; null: it
 * is changed.
 */
export async function changePassword(
	{ vaults, vault, actor, sync }: Session,
	passwords: OwnPassword
): Promise<AskFailure | null> {
	const { sessionKey } = vault;
	const choose = async () => {
		const asked = await ask(chooseOwnPassword(passwords), sessionKey);
		if (asked.ok) await sessionKey.keep(asked.value.key);
		return asked;
	};
	const chosen = await (sync ? sync.still(choose) : choose());
	if (!chosen.ok) return chosen.refusal;
	// Nothing that a pupil's password could be tried against lies on a device. Where a device cannot
	// write, the old one opens what it keeps until the next sign-in at the server.
	if (actor?.role !== 'pupil') {
		await vaults.changePassword(vault, passwords.current, passwords.password);
	}
	return null;
}

/** *Uitloggen*: ends the sign-in here and at the server, if that can be reached. */
export async function signOut(session: Session): Promise<void> {
	await endSessionHere();
	session.lock();
}

/** Signs this browser out at the server, if that can be reached. */
export async function endSessionHere(): Promise<void> {
	await ask(endSession(), null);
}

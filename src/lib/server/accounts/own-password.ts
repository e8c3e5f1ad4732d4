import { offlineHoursOf } from '#lib/domain/accounts/offline-hours.ts';
import type { NewSession, OwnPassword } from '#lib/protocol/session.ts';
import { forgiveTry } from '../limits/sign-in-limits.ts';
import { newSessionKey } from '../session/session-key.ts';
import { startSession, type Session } from '../session/sessions.ts';
import { isPassword, readPassword } from './password-check.ts';
import { choosePassword } from './new-password.ts';
import { personOf, schoolIn, sessionInfo } from './person.ts';
import { done, no, type AccountTools, type Answer } from './tools.ts';
import { countedTry, failedTry, tryOf } from './tries.ts';

/**
 * A new password by whoever is signed in and knows the old one. All sessions of the account end, this
 * one too, since its token may be in somebody else's hands; a new one begins.
 */
export async function changeOwnPassword(
	tools: AccountTools,
	session: Session,
	{ current, password, keyed, address }: OwnPassword & { readonly address: string }
): Promise<Answer<{ readonly token: string; readonly info: NewSession }>> {
	const { school } = session;
	const refused = await provePassword(tools, session, { password: current, address });
	if (refused) return refused;
	return tools.schools.write(school, async (writing) => {
		const { tx, state, today, now } = writing;
		const person = personOf(state, session.account, today);
		if (!person?.actor) return no('signedOut');
		const { actor } = person;
		const refusal = await choosePassword(writing, person, { actor, password });
		if (refusal) return refusal;
		const settings = schoolIn(writing.state);
		// A session that had a key goes on with one: nobody makes the cookie enough by itself again.
		const key = keyed || session.keyHash !== null ? newSessionKey() : null;
		const token = await startSession(tx, {
			actor,
			deviceName: session.deviceName,
			vault: session.vault,
			offlineHours: offlineHoursOf(actor, settings),
			keyHash: key?.hash ?? null,
			now
		});
		const changed = personOf(writing.state, person.id, today) ?? person;
		const info = sessionInfo(writing.state, { school, person: changed, actor, today });
		return done({ token, info: { ...info, key: key?.text ?? null } });
	});
}

/**
 * Whether whoever holds a session knows its account's password too, within the limits of signing in.
 *
 * @returns why not, or null
 */
export async function provePassword(
	tools: AccountTools,
	{ school, account }: Session,
	{ password, address }: { readonly password: string; readonly address: string }
): Promise<Answer<never> | null> {
	const { kept, tried } = await tools.schools.read(school, async (seen) => {
		const secretId = personOf(seen.state, account, seen.today)?.secretId ?? null;
		// The session shows that this is a device of the account's own.
		const made = { ...tryOf(tools, seen, { name: '', account, address }), known: true };
		return { kept: await readPassword(seen.tx, secretId), tried: made };
	});
	const refused = await countedTry(tools, school, tried);
	if (refused) return refused;
	const { passwords, keys, store } = tools;
	if (!(await isPassword(password, kept, { passwords, keys, school }))) {
		return failedTry(tools, school, tried);
	}
	await store.write(school, (tx) => forgiveTry(tx, tried));
	return null;
}

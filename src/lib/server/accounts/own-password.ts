import { offlineHoursOf } from '#lib/domain/school/offline-hours.ts';
import type { NewSession, OwnPassword } from '#lib/protocol/session.ts';
import { newSessionKey } from '../session/session-key.ts';
import { startSession, type Session } from './sessions.ts';
import { choosePassword } from './new-password.ts';
import { readPassword } from './password-check.ts';
import { personOf, schoolIn, sessionInfo } from './person.ts';
import { checkPassword, type Proven } from './proven.ts';
import { done, type AccountTools, type Answer } from './tools.ts';
import { tryOf } from './tries.ts';
import { writeAs } from './write-as.ts';

/**
 * Sets a new password for the person who is signed in and knows the old one. All sessions of the
 * account end, this one too, since its token may be in somebody else's hands; a new one begins.
 */
export async function changeOwnPassword(
	tools: AccountTools,
	session: Session,
	{ current, password, keyed, address }: OwnPassword & { readonly address: string }
): Promise<Answer<{ readonly token: string; readonly info: NewSession }>> {
	const proven = await provePassword(tools, session, { password: current, address });
	if (!proven.ok) return proven;
	return writeAs(tools, proven.value, async (admitted) => {
		const { writing, person, actor } = admitted;
		const refusal = await choosePassword(admitted, password);
		if (refusal) return refusal;
		const { state, today, now } = writing;
		// A session that had a key goes on with one: nobody makes the cookie enough by itself again.
		const key = keyed || session.keyHash !== null ? newSessionKey() : null;
		const token = await startSession(admitted, {
			deviceName: session.deviceName,
			vault: session.vault,
			offlineHours: offlineHoursOf(actor, schoolIn(state)),
			keyHash: key?.hash ?? null,
			now
		});
		const changed = personOf(state, person.id, today) ?? person;
		const info = sessionInfo(state, { school: session.school, person: changed, actor, today });
		return done({ token, info: { ...info, key: key?.text ?? null } });
	});
}

/**
 * Tells whether the holder of a session knows its account's password too, within the limits of
 * signing in.
 */
export async function provePassword(
	tools: AccountTools,
	session: Session,
	{ password, address }: { readonly password: string; readonly address: string }
): Promise<Answer<Proven>> {
	const { school, account } = session;
	const { kept, tried } = await tools.schools.read(school, async (seen) => {
		const person = personOf(seen.state, account, seen.today);
		// The session shows that this is a device of the account's own.
		const made = { ...tryOf(tools, seen, { name: '', account, address }), known: true };
		return { kept: await readPassword(seen.tx, person), tried: made };
	});
	return checkPassword(tools, password, { school, account, kept, tried, session });
}

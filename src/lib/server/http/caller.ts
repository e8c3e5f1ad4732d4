import { offlineHoursOf } from '#lib/domain/accounts/offline-hours.ts';
import type { Actor } from '#lib/domain/mutation.ts';
import type { SessionInfo } from '#lib/protocol/session.ts';
import { notLetIn, personOf, schoolIn, sessionInfo } from '../accounts/person.ts';
import { done, no, type AccountTools, type Answer } from '../accounts/tools.ts';
import { readSessionCookie, type Place } from '../session/cookie.ts';
import { findSession, isStale, touchSession, type Session } from '../session/sessions.ts';
import { readToken } from '../session/token.ts';
import { UnknownSchool } from '../store/database.ts';

/** Who is signed in on the browser that asks. */
export interface Caller {
	readonly session: Session;
	readonly actor: Actor;
	readonly info: SessionInfo;
}

/** The session that a request's cookie names, open or not; null: none. */
export async function sessionOf(
	{ store, now }: Pick<AccountTools, 'store' | 'now'>,
	request: Request,
	place: Place
): Promise<Session | null> {
	const cookie = readSessionCookie(request.headers.get('cookie'), place);
	const token = cookie === null ? null : readToken(cookie);
	if (!token) return null;
	try {
		return await store.read(token.school, (tx) => findSession(tx, token, now()));
	} catch (error) {
		if (error instanceof UnknownSchool) return null;
		throw error;
	}
}

/**
 * Who a session lets in today; the account may have ended meanwhile, whatever the cookie says. Whoever
 * holds a session of it is told so, open or not: their device then lets nobody in either.
 */
export async function callerOf(
	tools: Pick<AccountTools, 'store' | 'schools' | 'now'>,
	session: Session | null
): Promise<Answer<Caller>> {
	if (session?.wipe) return no('wiped');
	if (!session) return no('signedOut');
	const { school } = session;
	const found = await tools.schools.read(school, ({ state, today }) => {
		const person = personOf(state, session.account, today);
		if (!person?.actor) return Promise.resolve(no(notLetIn(person)));
		const { actor } = person;
		const offlineHours = offlineHoursOf(actor, schoolIn(state));
		const info = sessionInfo(state, { school, person, actor, today });
		return Promise.resolve(done({ session, actor, info, offlineHours }));
	});
	if (!found.ok) return found;
	if (!session.open) return no('signedOut');
	const now = tools.now();
	if (isStale(session, now)) {
		const { actor, offlineHours } = found.value;
		await tools.store.write(school, (tx) =>
			touchSession(tx, session, { actor, offlineHours, now })
		);
	}
	return found;
}

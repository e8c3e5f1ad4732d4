import { offlineHoursOf } from '#lib/domain/school/offline-hours.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import type { SessionInfo } from '#lib/protocol/session.ts';
import { sessionKeyHeader } from '#lib/protocol/session-key.ts';
import { notLetIn, personOf, schoolIn, sessionInfo } from '../accounts/person.ts';
import { done, no, type AccountTools, type Answer } from '../accounts/tools.ts';
import { readSessionCookie, type Place } from '../session/cookie.ts';
import { isSessionKey } from '../session/session-key.ts';
import { findSession, isStale, touchSession, type Session } from '../accounts/sessions.ts';
import { readToken, type Token } from '../session/token.ts';
import { UnknownSchool } from '../store/database.ts';

/** The person who is signed in on the browser that asks. */
export interface Caller {
	readonly session: Session;
	readonly actor: Actor;
	readonly info: SessionInfo;
}

/** The session that a request's cookie names, open or not, and whom it lets in. */
export interface Called {
	/** null: none. */
	readonly session: Session | null;
	readonly caller: Answer<Caller>;
}

type Tools = Pick<AccountTools, 'store' | 'schools' | 'now'>;

/**
 * The session that a request's cookie names, open or not, locked or not: it tells a browser from
 * others, and lets nobody in. null: none.
 */
export async function sessionOf(
	{ store, now }: Pick<Tools, 'store' | 'now'>,
	request: Request,
	place: Place
): Promise<Session | null> {
	const token = tokenOf(request, place);
	if (!token) return null;
	return knownSchool(null, () => store.read(token.school, (tx) => findSession(tx, token, now())));
}

/**
 * The caller that a request's session lets in today, of one snapshot; the account may have ended
 * meanwhile, whatever the cookie says. The holder of a session of it is told so, open or not: their
 * device then lets nobody in either. This is the one place where the two halves of a session are
 * put together.
 */
export async function callerOf(tools: Tools, request: Request, place: Place): Promise<Called> {
	const token = tokenOf(request, place);
	if (!token) return nobody;
	const now = tools.now();
	const called = await knownSchool(null, () =>
		tools.schools.readAfter(
			token.school,
			(tx) => findSession(tx, token, now),
			({ state, today }, session) => ({ session, found: personIn(state, session, today) })
		)
	);
	if (!called) return nobody;
	const { session, found } = called;
	if (session.wipe) return { session, caller: no('wiped') };
	if (!isWhole(session, request)) return { session, caller: no('locked') };
	if (!found.ok) return { session, caller: found };
	if (!session.open) return { session, caller: no('signedOut') };
	const { offlineHours, ...caller } = found.value;
	if (isStale(session, now)) {
		await tools.store.write(session.school, (tx) =>
			touchSession(tx, session, { actor: caller.actor, offlineHours, now })
		);
	}
	return { session, caller: done(caller) };
}

const nobody: Called = { session: null, caller: no('signedOut') };

function personIn(
	state: StateReader,
	session: Session,
	today: IsoDate
): Answer<Caller & { readonly offlineHours: number }> {
	const person = personOf(state, session.account, today);
	if (!person?.actor) return no(notLetIn(person));
	const { actor } = person;
	const { school } = session;
	const offlineHours = offlineHoursOf(actor, schoolIn(state));
	const info = sessionInfo(state, { school, person, actor, today });
	return done({ session, actor, info, offlineHours });
}

/** Tells whether a request brings the key of its session too, where it has one. */
function isWhole({ keyHash }: Session, { headers }: Request): boolean {
	return keyHash === null || isSessionKey(headers.get(sessionKeyHeader), keyHash);
}

function tokenOf(request: Request, place: Place): Token | null {
	const cookie = readSessionCookie(request.headers.get('cookie'), place);
	return cookie === null ? null : readToken(cookie);
}

async function knownSchool<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof UnknownSchool) return otherwise;
		throw error;
	}
}

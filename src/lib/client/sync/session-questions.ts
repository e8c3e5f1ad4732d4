import {
	parseOpenSession,
	parseSignedIn,
	type EscrowedKey,
	type OpenSession,
	type SignedIn,
	type SignIn
} from '#lib/protocol/session.ts';
import { parseDone, type Question } from '../browser/ask.ts';

/** Asks for the session that is open in this browser. */
export function readSession(): Question<OpenSession> {
	return { method: 'GET', path: '/api/session', parse: parseOpenSession };
}

/** Signs in; the key of the session that begins has to be kept. */
export function startSession(asked: SignIn): Question<SignedIn> {
	const body: SignIn = { ...asked, keyed: true };
	return { method: 'POST', path: '/api/session', body, parse: parseSignedIn };
}

/** Gives the server a vault's key to keep. */
export function keepKey(body: EscrowedKey): Question<true> {
	return { method: 'PUT', path: '/api/escrow', body, parse: parseDone };
}

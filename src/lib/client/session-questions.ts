import {
	parseSessionInfo,
	parseSignedIn,
	type EscrowedKey,
	type SessionInfo,
	type SignedIn,
	type SignIn
} from '#lib/protocol/session.ts';
import { parseDone, type Question } from './ask.ts';

/** Who is signed in on this browser. */
export function readSession(): Question<SessionInfo> {
	return { method: 'GET', path: '/api/session', parse: parseSessionInfo };
}

export function startSession(body: SignIn): Question<SignedIn> {
	return { method: 'POST', path: '/api/session', body, parse: parseSignedIn };
}

/** Gives the endpoint a vault's key to keep. */
export function keepKey(body: EscrowedKey): Question<true> {
	return { method: 'PUT', path: '/api/escrow', body, parse: parseDone };
}

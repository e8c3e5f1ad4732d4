import {
	parseInvitation,
	type Invitation,
	type JoinEnd,
	type JoinPart
} from '#lib/protocol/join.ts';
import { parseDone, type Question } from '../browser/ask.ts';

/** Which school a token invites. */
export function lookAtInvitation(token: string): Question<Invitation> {
	return { method: 'POST', path: '/api/join/invitation', body: { token }, parse: parseInvitation };
}

/** A part of a school that moves in; it may be sent again. */
export function sendPart(body: JoinPart): Question<true> {
	return { method: 'POST', path: '/api/join', body, parse: parseDone };
}

/** All parts are there. */
export function openJoined(body: JoinEnd): Question<true> {
	return { method: 'POST', path: '/api/join/open', body, parse: parseDone };
}

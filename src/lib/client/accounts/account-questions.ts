import type { Id } from '#lib/domain/kernel/ids.ts';
import {
	parseOpenReset,
	parseResetAsked,
	type EmailChange,
	type OpenReset,
	type ResetAsked,
	type ResetRequest,
	type UseReset
} from '#lib/protocol/account-mail.ts';
import {
	parseDevices,
	parseNewSession,
	type Device,
	type EndDevice,
	type NewSession,
	type OwnPassword
} from '#lib/protocol/session.ts';
import { parseDone, type Question } from '../browser/ask.ts';

/** Questions that people ask of the server about their own account. */

/** *Wachtwoord opvragen*. */
export function requestReset(body: ResetRequest): Question<ResetAsked> {
	return { method: 'POST', path: '/api/reset', body, parse: parseResetAsked };
}

/** Tells whether the link of a mail about a password still works. */
export function lookAtReset(token: string): Question<OpenReset> {
	return { method: 'POST', path: '/api/reset/look', body: { token }, parse: parseOpenReset };
}

/** *Wachtwoord wijzigen*, by that link. */
export function useReset(body: UseReset): Question<true> {
	return { method: 'POST', path: '/api/reset/use', body, parse: parseDone };
}

/** *Dit ben ik niet*. */
export function refuseReset(token: string): Question<true> {
	return { method: 'POST', path: '/api/reset/refuse', body: { token }, parse: parseDone };
}

/** Has a mail sent to the new address. */
export function changeEmail(body: EmailChange): Question<true> {
	return { method: 'POST', path: '/api/email', body, parse: parseDone };
}

/** By the link of that mail. */
export function confirmEmail(token: string): Question<true> {
	return { method: 'POST', path: '/api/email/confirm', body: { token }, parse: parseDone };
}

/** A new password by who knows the old one; it brings a new session, whose key has to be kept. */
export function chooseOwnPassword(passwords: OwnPassword): Question<NewSession> {
	const body: OwnPassword = { ...passwords, keyed: true };
	return { method: 'POST', path: '/api/session/password', body, parse: parseNewSession };
}

/** Signs this browser out. */
export function endSession(): Question<true> {
	return { method: 'DELETE', path: '/api/session', parse: parseDone };
}

/** Where the account is signed in. */
export function readDevices(): Question<readonly Device[]> {
	return { method: 'GET', path: '/api/session/devices', parse: parseDevices };
}

/** Signs other devices out: one, or all (null). */
export function endDevice(device: Id | null, wipe: boolean): Question<true> {
	const body: EndDevice = { device, wipe };
	return { method: 'DELETE', path: '/api/session/devices', body, parse: parseDone };
}

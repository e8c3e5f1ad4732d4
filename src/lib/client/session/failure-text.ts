import type { StateReader } from '#lib/domain/registry/state.ts';
import { formatTime } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { refusalText } from '#lib/i18n/refusal-text.ts';
import type { VaultFailure } from '#lib/vault/disk/failure.ts';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import type { SignInFailure } from './sign-in-here.ts';

const vaultTexts: Record<VaultFailure['code'], () => string> = {
	storageFull: m.sync_full,
	storageGone: m.sync_gone,
	unreadable: m.start_damaged,
	updateNeeded: m.start_newer_version,
	locked: m.start_locked_title
};

/**
 * Why a change was not made, and what to do.
 *
 * @param state of the school: names whom a refusal is about
 */
export function failureText(failure: CommitFailure, state?: StateReader): string {
	if ('index' in failure) return refusalText(failure, state);
	return vaultTexts[failure.code]();
}

/** Why a sign-in did not succeed, and what to do. */
export function signInProblemText(failure: SignInFailure): string {
	switch (failure.code) {
		case 'wrongPassword':
			return failure.until
				? m.start_wait({ time: formatTime(failure.until) })
				: m.start_wrong_password();
		case 'notHere':
			return m.start_wrong_password();
		case 'wait':
			return m.start_wait({ time: formatTime(failure.until) });
		case 'onlineOnly':
			return m.start_online_only();
		case 'accountInactive':
			return m.access_inactive();
		case 'mistypedCode':
		case 'wrongCode':
			return m.start_recovery_wrong();
		default:
			return vaultTexts[failure.code]();
	}
}

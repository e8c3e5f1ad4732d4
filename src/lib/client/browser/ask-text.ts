import { formatTime } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { AskFailure } from './ask.ts';
import { secondsFromNow } from './clock.ts';

const texts: Record<AskFailure['code'], () => string> = {
	offline: m.access_offline,
	badRequest: m.access_broken,
	signedOut: m.access_signed_out,
	locked: m.access_locked,
	wiped: m.access_signed_out,
	wrongPassword: m.start_wrong_password,
	blocked: m.access_blocked,
	blockedBySchool: m.access_blocked_by_school,
	accountInactive: m.access_inactive,
	mustChange: m.access_must_change,
	notAllowed: m.access_not_allowed,
	otherOrigin: m.access_broken,
	notFound: m.access_not_found,
	conflict: m.access_broken,
	linkExpired: m.access_link_expired,
	tooLarge: m.access_broken,
	notJson: m.access_broken,
	weakPassword: m.access_weak_password,
	wait: m.access_busy,
	broken: m.access_broken,
	busy: m.access_busy
};

/** Why the server did not do what it was asked, and what to do. */
export function askFailureText(failure: AskFailure): string {
	if (failure.code === 'wait' && failure.retryAfter !== undefined) {
		return m.access_wait({ time: formatTime(secondsFromNow(failure.retryAfter)) });
	}
	return texts[failure.code]();
}

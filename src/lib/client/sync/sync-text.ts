import { formatNumber, formatTime } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Instant } from '#lib/domain/kernel/ids.ts';
import type { SyncStatus, Trouble } from '#lib/sync/sync-loop.ts';
import type { SaveState } from '#lib/ui/look/tone.ts';

/** The quiet line: the one thing about sending that whoever works here should know. */
export function syncLine(status: SyncStatus): { text: string; state: SaveState } {
	const { trouble, waiting, refused, lastContact, loading, stuck, waitsUntil } = status;
	if (refused > 0) {
		return { text: m.sync_refused({ count: refused }), state: 'attention' };
	}
	if (trouble === 'signedOut' || trouble === 'notAllowed') {
		return { text: m.sync_sign_in_again(), state: 'attention' };
	}
	if (trouble === 'update') return { text: m.sync_needs_update(), state: 'attention' };
	if (stuck) return { text: m.sync_stuck(), state: 'attention' };
	if (waiting > 0 && waitsUntil !== null) {
		const number = formatNumber(waiting);
		return { text: m.sync_waits({ number, time: formatTime(waitsUntil) }), state: 'waiting' };
	}
	if (waiting > 0) {
		return { text: m.sync_waiting({ number: formatNumber(waiting) }), state: 'waiting' };
	}
	if (trouble === 'offline') return { text: m.sync_offline(), state: 'saved' };
	if (trouble !== null) return { text: m.sync_saved_here(), state: 'saved' };
	if (loading !== null && loading > 0) return { text: m.sync_reading(), state: 'saving' };
	if (lastContact === null) return { text: m.sync_saved_here(), state: 'saved' };
	return { text: m.sync_all_sent({ time: formatTime(lastContact) }), state: 'saved' };
}

const troubleTexts: Record<Trouble, () => string> = {
	offline: m.sync_offline_why,
	busy: m.sync_busy_why,
	signedOut: m.sync_signed_out_why,
	notAllowed: m.sync_signed_out_why,
	update: m.sync_needs_update_why,
	broken: m.sync_broken_why,
	storageFull: m.sync_full,
	storageGone: m.sync_gone,
	unreadable: m.start_damaged,
	updateNeeded: m.start_newer_version,
	locked: m.start_locked_title
};

/** Why nothing gets through now, and what to do. */
export function troubleText(trouble: Trouble, waitsUntil: Instant | null): string {
	if (trouble === 'busy' && waitsUntil !== null) {
		return m.sync_waits_why({ time: formatTime(waitsUntil) });
	}
	return troubleTexts[trouble]();
}

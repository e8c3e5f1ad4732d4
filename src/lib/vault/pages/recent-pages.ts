import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Change } from '#lib/domain/registry/state.ts';
import type { Head } from './head.ts';
import type { ChangedPages } from './page-changes.ts';
import { firstRecentPage, pageBytes } from './pages.ts';
import type { VaultStore } from './store.ts';

/** The most pages of changes that were pulled lately; opening a vault goes through all of them. */
const mostPages = 64;
/** The same, against what the hot pages hold. */
const mostOfAll = 1 / 2;

/** The pages of changes that are newer than the hot pages and history, oldest first. */
export function recentPagesOf({ recentPages }: Head): readonly number[] {
	return Array.from({ length: recentPages }, (_, index) => firstRecentPage + index);
}

/**
 * Puts a change behind the recent ones, which writes little and reads nothing; null when they have
 * become so many that they are better worked into the pages that they change.
 */
export function addRecent(store: VaultStore, head: Head, change: Change): ChangedPages | null {
	const pages = new Map<number, string>();
	let { recentPages, recentBytes } = head;
	for (const part of cut(change)) {
		const text = store.packChange(part);
		pages.set(firstRecentPage + recentPages++, text);
		recentBytes += text.length;
		if (recentPages > mostPages || recentBytes > head.hotBytes * mostOfAll) return null;
	}
	return { head: { ...head, recentPages, recentBytes }, pages, dropped: [], dropPages: [] };
}

/** Into parts of about a page. */
function* cut({ puts, removes }: Change): Iterable<Change> {
	if (removes.length > 0) yield { puts: [], removes };
	let part: AnyRecord[] = [];
	let length = 0;
	for (const record of puts) {
		part.push(record);
		length += JSON.stringify(record).length;
		if (length < pageBytes) continue;
		yield { puts: part, removes: [] };
		part = [];
		length = 0;
	}
	if (part.length > 0) yield { puts: part, removes: [] };
}

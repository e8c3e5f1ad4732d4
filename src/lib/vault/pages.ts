import type { AnyRecord, Id } from '#lib/domain/records.ts';
import { VaultError } from './failure.ts';
import { migrate, versionAfter, type Migration, type StoredRecord } from './migrations.ts';

/**
 * Bytes of a page that pages are cut to: large enough that opening costs few round trips, small
 * enough that a fold of one record rewrites little, and under the 64 kB from which Chromium keeps
 * a value as a file of its own.
 */
export const pageBytes = 48_000;

/** Pages from this number on are cold: history and secrets, read when asked for. */
export const firstColdPage = 1_000_000;

/** The hot page that records of this id are in: all of one person's are together. */
export function pageOf(id: Id, pageCount: number): number {
	// FNV-1a. Ids are random, but imports and tests make their own.
	let hash = 0x811c9dc5;
	for (let at = 0; at < id.length; at++) {
		hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
	}
	return (hash >>> 0) % pageCount;
}

/** How many hot pages suit so many bytes. Counts only double, so that growth is seldom rewritten. */
export function pageCountFor(bytes: number, now: number): number {
	let count = now;
	while (bytes / count > pageBytes) count *= 2;
	return count;
}

interface PageContent {
	readonly version: number;
	readonly records: readonly StoredRecord[];
}

/** The text of a page, as records and as pages are sealed. */
export function packPage(records: Iterable<AnyRecord>, chain: readonly Migration[]): string {
	return JSON.stringify({ version: versionAfter(chain), records: [...records] });
}

/** Takes back `packPage`; records of an older version are migrated. */
export function unpackPage(text: string, chain: readonly Migration[]): readonly AnyRecord[] {
	const { version, records } = JSON.parse(text) as PageContent;
	if (version > versionAfter(chain)) throw new VaultError('updateNeeded');
	const migrated =
		version < versionAfter(chain) ? migrate(records, { from: version, chain }) : records;
	return migrated as unknown as readonly AnyRecord[];
}

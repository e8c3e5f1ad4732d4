import type { AnyRecord, RecordKey } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Change } from '#lib/domain/registry/state.ts';
import { VaultError } from '../disk/failure.ts';
import { migrate, schemaAfter } from '#lib/domain/kernel/migrations/migrate.ts';
import type { Migration, StoredRecord } from '#lib/domain/kernel/migrations/steps.ts';

/**
 * Bytes of a page that pages are cut to: large enough that opening costs few round trips, small
 * enough that a fold of one record rewrites little, and under the 64 kB from which Chromium keeps
 * a value as a file of its own.
 */
export const pageBytes = 48_000;

/** Pages from this number on hold changes that are newer than the pages before it. */
export const firstRecentPage = 900_000;

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
	/** Of a page of changes. */
	readonly removes?: readonly RecordKey[];
}

/** The text of a page, as records and as pages are sealed. */
export function packPage(records: Iterable<AnyRecord>, chain: readonly Migration[]): string {
	return JSON.stringify({ version: schemaAfter(chain), records: [...records] });
}

/** The text of a page of changes. */
export function packChange({ puts, removes }: Change, chain: readonly Migration[]): string {
	return JSON.stringify({ version: schemaAfter(chain), records: puts, removes });
}

/** Takes back `packPage`; records of an older version are migrated. */
export function unpackPage(text: string, chain: readonly Migration[]): readonly AnyRecord[] {
	return unpackChange(text, chain).puts;
}

/** Takes back `packChange`; records of an older version are migrated. */
export function unpackChange(text: string, chain: readonly Migration[]): Change {
	const { version, records, removes = [] } = JSON.parse(text) as PageContent;
	if (version > schemaAfter(chain)) throw new VaultError('updateNeeded');
	const migrated =
		version < schemaAfter(chain) ? migrate(records, { from: version, chain }) : records;
	return { puts: migrated as unknown as readonly AnyRecord[], removes };
}

import type { AnyRecord, History } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Row } from './store-news.ts';

/**
 * The history that a mutation makes, in the order in which the store has it: an undo goes along what
 * it takes back in no particular order, and so numbers its own entries.
 *
 * @returns what the store has of it, where that is the same but for its order
 */
export function inOrderOf(rows: readonly Row[], made: readonly AnyRecord[]): readonly History[] {
	const entries = made.filter((record) => record.kind === 'history');
	const ids = new Set<Id>(entries.map(({ id }) => id));
	const kept = rows
		.filter(({ kind, id }) => kind === 'history' && ids.has(id))
		.map(({ body }) => JSON.parse(body) as History);
	return textOf(kept) === textOf(entries) ? kept : [];
}

/** The same text for the same entries. */
function textOf(entries: readonly History[]): string {
	const texts = entries.map(({ changes, ...entry }) => {
		const sorted = changes.map((change) => JSON.stringify(change)).sort();
		return JSON.stringify({ ...entry, id: '', changes: sorted });
	});
	return texts.sort().join('\n');
}

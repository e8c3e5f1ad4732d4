import type { AnyRecord, RecordKey } from '#lib/domain/registry/records.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import { SchoolState, type Change } from '#lib/domain/registry/state.ts';
import { Ledger, type Rules } from './ledger.ts';
import { recentPagesOf } from '../pages/recent-pages.ts';
import type { ReadHead, Row, VaultStore } from '../pages/store.ts';

/** The content of a vault in memory, and the pages it was read from. */
export interface Loaded {
	readonly ledger: Ledger;
	readonly read: ReadHead;
	/** The last outbox row that is in it, folded or not. */
	readonly lastSeq: number;
	readonly historyLoaded: boolean;
}

/** Reads everything, runs the outbox. History comes along when asked for, or when the outbox reads it. */
export async function load(
	store: VaultStore,
	rules: Rules,
	{ history }: { readonly history: boolean }
): Promise<Loaded> {
	for (;;) {
		const { records, recent, rows, ...read } = await store.load();
		const historyLoaded = history || rowsReadHistory(rows, rules);
		const old = historyLoaded ? await readHistory(store) : null;
		// Another tab rewrote pages in between: the two do not fit together.
		if (old && old.generation !== read.generation) continue;
		const ledger = new Ledger(rules, old ? [...records, ...old.records] : records);
		for (const change of recent) ledger.state.apply(withoutHistory(change));
		for (const { seq, entries } of rows) ledger.replay(entries.map((e) => ({ ...e, seq })));
		const lastSeq = Math.max(read.head.foldedSeq, read.head.lastSeq, rows.at(-1)?.seq ?? 0);
		return { ledger, read, lastSeq, historyLoaded };
	}
}

/** History as it was folded into pages, with the head that it belongs to. */
export async function readHistory(
	store: VaultStore
): Promise<ReadHead & { readonly records: readonly AnyRecord[] }> {
	const { texts, ...read } = await store.pageTexts((head) => [
		...head.historyPages,
		...recentPagesOf(head)
	]);
	const history = new SchoolState();
	for (const text of texts.values()) history.apply(store.unpackChange(text));
	return { ...read, records: [...history.all('history')] };
}

function withoutHistory({ puts, removes }: Change): Change {
	const isHot = ({ kind }: RecordKey) => kind !== 'history';
	return { puts: puts.filter(isHot), removes: removes.filter(isHot) };
}

/**
 * The rows that other tabs added since. `follow` runs them; it returns the kinds that may differ,
 * null: none.
 */
interface Later {
	readonly loaded: Loaded;
	readonly follow: () => readonly Kind[] | null;
}

/** Reads on where `loaded` ends; null when everything has to be read anew. */
export async function readOn(
	store: VaultStore,
	rules: Rules,
	loaded: Loaded
): Promise<Later | null> {
	const { ledger, read, lastSeq, historyLoaded } = loaded;
	const { rows, ...now } = await store.since(lastSeq);
	const sameRecords = now.head.lineage === read.head.lineage && now.head.foldedSeq <= lastSeq;
	if (!sameRecords || (!historyLoaded && rowsReadHistory(rows, rules))) return null;
	return {
		loaded: { ...loaded, read: now, lastSeq: rows.at(-1)?.seq ?? lastSeq },
		follow() {
			ledger.confirm(now.head.foldedSeq);
			if (rows.length === 0) return null;
			return rows.flatMap(({ seq, entries }) => ledger.replay(entries.map((e) => ({ ...e, seq }))));
		}
	};
}

function rowsReadHistory(rows: readonly Row[], rules: Rules): boolean {
	return rows.some(({ entries }) => entries.some(({ mutation }) => rules.readsHistory(mutation)));
}

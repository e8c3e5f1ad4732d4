import type { AnyRecord, RecordKey } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import type { Change } from '#lib/domain/registry/state.ts';
import type { Head } from './head.ts';
import { recentPagesOf } from './recent-pages.ts';
import { changeHistoryPages, historyPagesFor } from './history-pages.ts';
import { allHotPages, changeHotPages, hotPagesFor } from './hot-pages.ts';
import type { VaultStore } from './store.ts';

/** The pages that a change of confirmed records rewrites. */
export interface ChangedPages {
	readonly head: Head;
	readonly pages: Map<number, string>;
	/** The records that `keeps` turned away. */
	readonly dropped: readonly RecordKey[];
	/** Recent pages that are worked in by it. */
	readonly dropPages: readonly number[];
}

/** Pages as they were read, for a change to be worked into. */
export interface PageReading {
	readonly store: VaultStore;
	readonly head: Head;
	readonly texts: ReadonlyMap<number, string>;
	readonly keep: (records: readonly AnyRecord[]) => readonly AnyRecord[];
}

/**
 * Works a change into the pages it touches, and the recent ones before it, on paper. `keeps`, where
 * given, is asked of every confirmed record, which reads every page.
 */
export async function changePages(
	store: VaultStore,
	newest: Change,
	keeps: ((record: AnyRecord) => boolean) | null
): Promise<ChangedPages> {
	const { change, head: found, texts } = await readPages(store, newest, keeps !== null);
	const [hot, history] = divide(change);
	const head = { ...found, recentPages: 0, recentBytes: 0 };
	const dropped: RecordKey[] = [];
	const keep = (records: readonly AnyRecord[]) =>
		keeps
			? records.filter((record) => {
					const kept = keeps(record);
					if (!kept) dropped.push({ kind: record.kind, id: record.id });
					return kept;
				})
			: records;
	const ofHot = await changeHotPages(hot, { store, head, texts, keep });
	const ofHistory = await changeHistoryPages(history, { store, head: ofHot.head, texts, keep });
	const pages = new Map([...ofHot.pages, ...ofHistory.pages]);
	return { head: ofHistory.head, pages, dropped, dropPages: recentPagesOf(found) };
}

/** The change with the recent ones before it, and the pages to work it into. */
async function readPages(
	store: VaultStore,
	newest: Change,
	all: boolean
): Promise<{
	readonly change: Change;
	readonly head: Head;
	readonly texts: ReadonlyMap<number, string>;
}> {
	const pagesFor = (change: Change) => (found: Head) => {
		const [hot, history] = divide(change);
		return all
			? [...allHotPages(found), ...found.historyPages]
			: [...hotPagesFor(hot, found), ...historyPagesFor(history, found)];
	};
	for (;;) {
		const recent = await store.pageTexts(recentPagesOf);
		const older = [...recent.texts.values()].map((text) => store.unpackChange(text));
		const change = mergeChanges([...older, newest]);
		const { generation, head, texts } = await store.pageTexts(pagesFor(change));
		// Another tab may have written in between.
		if (generation === recent.generation) return { change, head, texts };
	}
}

/** The net effect of changes one after the other. */
export function mergeChanges(changes: Iterable<Change>): Change {
	const written = new Map<Kind, Map<Id, AnyRecord | null>>();
	const note = ({ kind, id }: RecordKey, record: AnyRecord | null) => {
		let records = written.get(kind);
		if (!records) written.set(kind, (records = new Map<Id, AnyRecord | null>()));
		records.set(id, record);
	};
	for (const { puts, removes } of changes) {
		for (const record of puts) note(record, record);
		for (const key of removes) note(key, null);
	}
	const merged: { puts: AnyRecord[]; removes: RecordKey[] } = { puts: [], removes: [] };
	for (const [kind, records] of written) {
		for (const [id, record] of records) {
			if (record) merged.puts.push(record);
			else merged.removes.push({ kind, id });
		}
	}
	return merged;
}

function divide({ puts, removes }: Change): readonly [hot: Change, history: Change] {
	const isHistory = ({ kind }: RecordKey) => kind === 'history';
	const isHot = ({ kind }: RecordKey) => kind !== 'history';
	return [
		{ puts: puts.filter(isHot), removes: removes.filter(isHot) },
		{ puts: puts.filter(isHistory), removes: removes.filter(isHistory) }
	];
}

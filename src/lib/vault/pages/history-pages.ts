import type { AnyRecord } from '#lib/domain/registry/records.ts';
import type { Change } from '#lib/domain/registry/state.ts';
import { Breather } from '../disk/breather.ts';
import type { Head } from './head.ts';
import { pageBytes } from './pages.ts';
import type { PageReading } from './page-changes.ts';

/** History is only ever added, at the end; taking any away reads all of it. */
export function historyPagesFor({ puts, removes }: Change, head: Head): readonly number[] {
	if (removes.length > 0) return head.historyPages;
	return puts.length > 0 ? head.historyPages.slice(-1) : [];
}

/** The history pages that were read, without what is removed and with what is added. */
export async function changeHistoryPages(
	{ puts, removes }: Change,
	{ store, head, texts, keep }: PageReading
): Promise<{ readonly head: Head; readonly pages: Map<number, string> }> {
	const breather = new Breather();
	const removed = new Set(removes.map(({ id }) => id));
	const pages = new Map<number, readonly AnyRecord[]>();
	for (const number of head.historyPages) {
		const text = texts.get(number);
		if (text === undefined) continue;
		pages.set(number, keep(store.unpackPage(text).filter(({ id }) => !removed.has(id))));
		await breather.pause();
	}
	const historyPages = [...head.historyPages];
	let { nextColdPage } = head;
	const last = historyPages.at(-1);
	const chunks = cut(last === undefined ? [] : (pages.get(last) ?? []), keep(puts));
	for (const [index, chunk] of chunks.entries()) {
		if (index === 0 && last !== undefined) pages.set(last, chunk);
		else {
			pages.set(nextColdPage, chunk);
			historyPages.push(nextColdPage++);
		}
	}
	const written = new Map<number, string>();
	for (const [number, records] of pages) {
		const text = store.packPage(records);
		if (text !== texts.get(number)) written.set(number, text);
		await breather.pause();
	}
	return { head: { ...head, historyPages, nextColdPage }, pages: written };
}

/** Adds records to a page, and further pages where it is full. */
function cut(page: readonly AnyRecord[], added: readonly AnyRecord[]): AnyRecord[][] {
	if (added.length === 0) return [];
	const chunks: AnyRecord[][] = [[...page]];
	let length = page.reduce((sum, record) => sum + JSON.stringify(record).length, 0);
	for (const record of added) {
		if (length >= pageBytes) {
			chunks.push([]);
			length = 0;
		}
		chunks.at(-1)?.push(record);
		length += JSON.stringify(record).length;
	}
	return chunks;
}

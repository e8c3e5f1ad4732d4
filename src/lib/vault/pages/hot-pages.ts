import type { AnyRecord, RecordKey } from '#lib/domain/registry/records.ts';
import type { Change } from '#lib/domain/registry/state.ts';
import { Breather } from '../disk/breather.ts';
import type { Head } from './head.ts';
import { pageCountFor, pageOf } from './pages.ts';
import type { PageReading } from './page-changes.ts';

/** The hot pages to read for a change: those of its ids, or all when it needs more pages. */
export function hotPagesFor(change: Change, head: Head): Iterable<number> {
	const { hotPages } = head;
	if (pagesAfter(change, head) > hotPages) return allHotPages(head);
	return new Set([...change.puts, ...change.removes].map(({ id }) => pageOf(id, hotPages)));
}

export function allHotPages({ hotPages }: Head): number[] {
	return Array.from({ length: hotPages }, (_, id) => id);
}

/** The pages that were read, with the change in them, and spread over more if it needs more. */
export async function changeHotPages(
	change: Change,
	{ store, head, texts, keep }: PageReading
): Promise<{ readonly head: Head; readonly pages: Map<number, string> }> {
	const hotPages = pagesAfter(change, head);
	const breather = new Breather();
	const pages = new Map<number, Map<string, AnyRecord>>();
	const pageAt = (number: number) => {
		let page = pages.get(number);
		if (!page) pages.set(number, (page = new Map<string, AnyRecord>()));
		return page;
	};
	for (const [number, text] of texts) {
		if (number >= head.hotPages) continue;
		// Also a page that ends up empty is written, or its old records would stay.
		pageAt(number);
		for (const record of store.unpackPage(text)) {
			pageAt(pageOf(record.id, hotPages)).set(keyOf(record), record);
		}
		await breather.pause();
	}
	for (const key of change.removes) pageAt(pageOf(key.id, hotPages)).delete(keyOf(key));
	for (const record of change.puts) {
		pageAt(pageOf(record.id, hotPages)).set(keyOf(record), record);
	}
	const written = new Map<number, string>();
	let { hotBytes } = head;
	for (const [number, page] of pages) {
		await breather.pause();
		const text = store.packPage(keep([...page.values()]));
		if (text === texts.get(number)) continue;
		written.set(number, text);
		hotBytes += text.length - (texts.get(number)?.length ?? 0);
	}
	return { head: { ...head, hotPages, hotBytes }, pages: written };
}

/** Supposes that nothing is replaced; at worst a rewrite comes a little early. */
function pagesAfter({ puts }: Change, { hotBytes, hotPages }: Head): number {
	// Weighing a hundred of them is near enough, and weighing sixty thousand takes a while.
	const sample = puts.filter((_, index) => index % Math.ceil(puts.length / 100) === 0);
	const sampleBytes = sample.reduce((sum, record) => sum + JSON.stringify(record).length, 0);
	const bytes = (sampleBytes / Math.max(1, sample.length)) * puts.length;
	return pageCountFor(hotBytes + bytes, hotPages);
}

function keyOf({ kind, id }: RecordKey): string {
	return `${kind} ${id}`;
}

import type { Head } from './head.ts';
import { pageBytes } from './pages.ts';

/** Lists in cold pages, by the field of the head that says which pages they are. */
const names = { secretPages: 'secrets', refusedPages: 'refused' } as const;

type ListName = keyof typeof names;

/** The items of a list, from the texts of its pages. */
export function unpackList(name: ListName, texts: Iterable<string>): unknown[] {
	return Array.from(texts).flatMap((text) => {
		const content = JSON.parse(text) as Readonly<Record<string, unknown[]>>;
		return content[names[name]] ?? [];
	});
}

export interface PackedList {
	readonly head: Head;
	readonly pages: Map<number, string>;
	readonly dropPages: number[];
}

/** A list's pages as they are to be, each about a page long, written over those that there were. */
export function packList(name: ListName, items: Iterable<unknown>, head: Head): PackedList {
	const pages = new Map<number, string>();
	const free = [...head[name]];
	let { nextColdPage } = head;
	let texts: string[] = [];
	let length = 0;
	const flush = () => {
		if (texts.length === 0) return;
		pages.set(free.shift() ?? nextColdPage++, `{"version":1,"${names[name]}":[${texts.join()}]}`);
		texts = [];
		length = 0;
	};
	for (const item of items) {
		const text = JSON.stringify(item);
		texts.push(text);
		length += text.length;
		if (length >= pageBytes) flush();
	}
	flush();
	return { head: { ...head, [name]: [...pages.keys()], nextColdPage }, pages, dropPages: free };
}

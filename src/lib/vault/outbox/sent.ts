import type { PackedList } from '../pages/cold-list.ts';
import { packEntries, unpackEntries, type Entry } from '../pages/entry.ts';
import type { Head } from '../pages/head.ts';
import { pageBytes } from '../pages/pages.ts';
import type { VaultStore } from '../pages/store.ts';

/**
 * How long what was sent is kept, to be sent again should the server go back to a backup from
 * before it arrived.
 */
const resendTime = 7 * 24 * 60 * 60 * 1000;

/** Mutations that are settled and may have to be sent again, oldest first. */
export async function readSent(store: VaultStore): Promise<readonly Entry[]> {
	const { texts } = await store.pageTexts(({ sentPages }) => sentPages.map(({ id }) => id));
	return [...texts.values()].flatMap(unpackEntries);
}

/** Adds to them, without passwords, and lets go of those whose time is over. */
export async function addSent(
	store: VaultStore,
	head: Head,
	{ taken, now }: { readonly taken: readonly Entry[]; readonly now: number }
): Promise<PackedList> {
	const dropPages = head.sentPages.filter(({ until }) => until <= now).map(({ id }) => id);
	const sentPages = head.sentPages.filter(({ until }) => until > now);
	let { nextColdPage } = head;
	const pages = new Map<number, string>();
	if (taken.length > 0) {
		const last = sentPages.pop();
		const { texts } = await store.pageTexts(() => (last ? [last.id] : []));
		const text = last && texts.get(last.id);
		const isFull = text === undefined || text.length >= pageBytes;
		if (last && isFull) sentPages.push(last);
		const free = last && !isFull ? [last.id] : [];
		const added = taken.map((entry) => ({ ...entry, secrets: undefined }));
		for (const page of packEntries([...(isFull ? [] : unpackEntries(text)), ...added])) {
			const id = free.pop() ?? nextColdPage++;
			pages.set(id, page.text);
			sentPages.push({ id, until: now + resendTime });
		}
	}
	return { head: { ...head, sentPages, nextColdPage }, pages, dropPages };
}

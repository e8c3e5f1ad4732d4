import type { Instant } from '#lib/domain/kernel/ids.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import { packList, unpackList, type PackedList } from '../pages/cold-list.ts';
import type { Entry } from '../pages/entry.ts';
import type { Head } from '../pages/head.ts';
import type { VaultStore } from '../pages/store.ts';

/** A mutation that the server refused, as it was made, until its maker has dealt with it. */
export interface Refused extends Entry {
	readonly refusal: Refusal;
	/** When this device was told. */
	readonly at: Instant;
}

export async function readRefused(store: VaultStore): Promise<readonly Refused[]> {
	const { texts } = await store.pageTexts((head) => head.refusedPages);
	return unpackList('refusedPages', texts.values()) as Refused[];
}

/** The pages of all that was refused and is not dealt with. */
export function packRefused(refused: readonly Refused[], head: Head): PackedList {
	return packList('refusedPages', refused, { ...head, refusedCount: refused.length });
}

export async function addRefused(
	store: VaultStore,
	head: Head,
	added: readonly Refused[]
): Promise<PackedList> {
	if (added.length === 0) return { head, pages: new Map(), dropPages: [] };
	return packRefused([...(await readRefused(store)), ...added], head);
}

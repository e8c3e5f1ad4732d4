import { newId } from '#lib/crypto/random.ts';
import type { AnyRecord, RecordKey } from '#lib/domain/registry/records.ts';
import type { Id, IsoDate, Json } from '#lib/domain/kernel/ids.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import { maySee, type Scope } from '#lib/domain/registry/scopes.ts';
import type { Change } from '#lib/domain/registry/state.ts';
import type { Head } from '../pages/head.ts';
import type { Ledger } from '../replica/ledger.ts';
import type { Loaded } from '../replica/loading.ts';
import { changePages } from '../pages/page-changes.ts';
import { takeOut } from './outbox-rows.ts';
import { addRecent } from '../pages/recent-pages.ts';
import { addRefused } from './refused.ts';
import type { Revision } from '../replica/revision.ts';
import { addSent } from './sent.ts';
import type { VaultStore } from '../pages/store.ts';
import { keepUnprinted } from './unprinted.ts';

/** The changes that a server's answer brings here. */
export interface Patch {
	/** The cookie that was asked with. */
	readonly from: Json;
	readonly cookie: Json;
	readonly removes: readonly RecordKey[];
	readonly puts: readonly AnyRecord[];
	/** The outcomes of mutations. */
	readonly results: readonly { readonly uid: Id; readonly refusal: Refusal | null }[];
	/** Of the scopes that records here were read by, those that are left; null: all of them. */
	readonly kept: ReadonlySet<Scope> | null;
	/** The server's date. */
	readonly today: IsoDate;
}

/** Works a patch out on paper; null when the vault has another cookie by now. */
export async function planPull(
	store: VaultStore,
	loaded: Loaded,
	{ patch, now }: { readonly patch: Patch; readonly now: number }
): Promise<Revision | null> {
	const { ledger, read, historyLoaded } = loaded;
	const { membership, cookie } = read.head;
	if (!membership || JSON.stringify(cookie) !== JSON.stringify(patch.from)) return null;
	// Of an empty vault nothing goes; looking for it would take longer than the rest.
	const isEmpty = read.head.hotBytes === 0 && read.head.historyPages.length === 0;
	const { puts, removes, kept } = netOf(isEmpty ? { ...patch, kept: null } : patch);
	const recent = kept ? null : addRecent(store, read.head, { puts, removes });
	const changed = recent ?? (await changePages(store, { puts, removes }, kept));
	const settled = settle(ledger, patch);
	const { rows, entries } = await takeOut(store, loaded, new Set(settled.keys()));
	const at = new Date(now).toISOString();
	const refused = entries.flatMap((entry) => {
		const refusal = settled.get(entry.mutation.uid);
		return refusal ? [{ ...entry, refusal, at }] : [];
	});
	const taken = entries.filter(({ mutation }) => !settled.get(mutation.uid));
	const shelves = [
		(head: Head) => addRefused(store, head, refused),
		(head: Head) => addSent(store, head, { taken, now }),
		(head: Head) => keepUnprinted(store, head, { taken, state: ledger.state, now })
	];
	const dropPages = [...changed.dropPages];
	let { head } = changed;
	for (const shelve of shelves) {
		const packed = await shelve(head);
		for (const [id, text] of packed.pages) changed.pages.set(id, text);
		dropPages.push(...packed.dropPages);
		({ head } = packed);
	}
	const shown = puts.filter(({ kind }) => historyLoaded || kind !== 'history');
	const change = { puts: shown, removes: [...removes, ...changed.dropped] };
	return {
		rewrite: {
			head: {
				...head,
				lineage: newId(),
				cookie: patch.cookie,
				membership: {
					...membership,
					confirmed: membership.confirmed + settled.size,
					today: patch.today,
					lastContact: at
				}
			},
			pages: changed.pages,
			dropPages,
			rows
		},
		follow: (now) => now.rebase(change, new Set(settled.keys()))
	};
}

/** Puts come after removals, and a change is the net of both. */
function netOf({ puts, removes, kept }: Patch): Change & {
	readonly kept: ((record: AnyRecord) => boolean) | null;
} {
	if (removes.length === 0 && !kept) return { puts, removes, kept };
	const put = new Set(puts.map(keyOf));
	return {
		puts,
		removes: removes.filter((key) => !put.has(keyOf(key))),
		kept: kept && ((record) => put.has(keyOf(record)) || maySee(kept, record))
	};
}

/**
 * Returns the part of the outbox that is settled, and how. Only from its start: were one to leave
 * from behind another, those behind it would get other numbers.
 */
function settle({ entries }: Ledger, { results }: Patch): ReadonlyMap<Id, Refusal | null> {
	const outcomes = new Map(results.map(({ uid, refusal }) => [uid, refusal]));
	const settled = new Map<Id, Refusal | null>();
	for (const { mutation } of entries) {
		const outcome = outcomes.get(mutation.uid);
		if (outcome === undefined) break;
		settled.set(mutation.uid, outcome);
	}
	return settled;
}

function keyOf({ kind, id }: RecordKey): string {
	return `${kind} ${id}`;
}

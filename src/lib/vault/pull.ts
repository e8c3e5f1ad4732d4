import type { AnyRecord, Id, Json, RecordKey } from '#lib/domain/records.ts';
import { scopesOf, type Scope } from '#lib/domain/scopes.ts';
import type { Change } from '#lib/domain/state/school-state.ts';
import { newId } from '#lib/crypto/random.ts';
import type { Loaded } from './loading.ts';
import { changePages } from './page-changes.ts';
import type { Rewrite, VaultStore } from './store.ts';

/** What an endpoint's answer changes here. */
export interface Patch {
	/** The cookie that was asked with. */
	readonly from: Json;
	readonly cookie: Json;
	readonly removes: readonly RecordKey[];
	readonly puts: readonly AnyRecord[];
	/** Uids of mutations that the endpoint has decided on. */
	readonly settled: readonly Id[];
	/** The scopes that the account holds now; null: none were lost. */
	readonly scopes: ReadonlySet<Scope> | null;
}

/** Works a patch out on paper; null when the vault has another cookie by now. */
export async function planPull(
	store: VaultStore,
	{ ledger, read, historyLoaded }: Loaded,
	patch: Patch
): Promise<{ readonly rewrite: Rewrite; readonly change: Change } | null> {
	const { scopes, settled, cookie } = patch;
	const holds = scopes && ((record: AnyRecord) => scopesOf(record).some((s) => scopes.has(s)));
	const puts = holds ? patch.puts.filter(holds) : patch.puts;
	// A record that is put but not held goes, should an older version of it be here.
	const unheld = holds ? patch.puts.filter((record) => !holds(record)) : [];
	// Puts come after removals; a change is the net of both.
	const put = new Set(puts.map(({ kind, id }) => `${kind} ${id}`));
	const removes = [...patch.removes, ...unheld].filter(({ kind, id }) => !put.has(`${kind} ${id}`));
	const changed = await changePages(store, { puts, removes }, holds);
	if (JSON.stringify(changed.head.cookie) !== JSON.stringify(patch.from)) return null;
	const uids = new Set(settled);
	const entries = ledger.entries.filter(({ mutation }) => uids.has(mutation.uid));
	const rows = await store.rows([...new Set(entries.map(({ seq }) => seq))]);
	const shown = puts.filter(({ kind }) => historyLoaded || kind !== 'history');
	return {
		rewrite: {
			on: read.generation,
			head: { ...changed.head, cookie, lineage: newId() },
			pages: changed.pages,
			rows: rows.map(({ seq, entries: all }) => ({
				seq,
				entries: all.filter(({ mutation }) => !uids.has(mutation.uid))
			}))
		},
		change: { puts: shown, removes: [...removes, ...changed.dropped] }
	};
}

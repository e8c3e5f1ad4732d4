import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import type { Ledger } from './ledger.ts';
import type { Loaded } from './loading.ts';
import { changePages, mergeChanges } from '../pages/page-changes.ts';
import { keepSecrets, packSecrets, unpackSecrets } from '../pages/secret-pages.ts';
import { secretsIn } from './secrets.ts';
import type { Rewrite, Row, VaultStore } from '../pages/store.ts';

/**
 * Returns the rewrite that makes confirmed records of the outbox rows up to `seq`, for a school
 * without a server; null when there is nothing to do. It reads and computes only.
 */
export async function planFold(
	store: VaultStore,
	{ ledger, read }: Pick<Loaded, 'ledger' | 'read'>,
	{ seq, now }: { readonly seq: number; readonly now: number }
): Promise<Rewrite | null> {
	const folded = ledger.entries.filter((entry) => entry.seq <= seq);
	const secretRows = ledger.secretRows().filter((row) => row <= seq);
	const changes = folded.map(({ change }) => change).filter((change) => change !== null);
	const added = secretsIn(await store.rows(secretRows));
	const changed = await changePages(store, mergeChanges(changes), null);
	const { texts } = await store.pageTexts((head) => head.secretPages);
	const kept = keepSecrets(unpackSecrets(texts.values()), {
		added,
		inUse: secretsInUse(ledger.state),
		now
	});
	const { head, pages, dropPages } = packSecrets(kept, changed.head);
	for (const [id, text] of pages) if (text !== texts.get(id)) changed.pages.set(id, text);
	if (folded.length === 0 && changed.pages.size === 0 && dropPages.length === 0) return null;
	return {
		on: read.generation,
		head: { ...head, foldedSeq: Math.max(seq, head.foldedSeq) },
		pages: changed.pages,
		dropPages,
		dropRowsThrough: seq,
		rows: refusedRows(folded)
	};
}

/** A mutation that was refused in a replay is not lost with its row. */
function refusedRows(folded: Ledger['entries']): Row[] {
	const refused = folded.filter(({ refusal }) => refusal);
	return [...new Set(refused.map(({ seq }) => seq))].map((seq) => ({
		seq,
		entries: refused.filter((entry) => entry.seq === seq)
	}));
}

function secretsInUse(state: SchoolState): ReadonlySet<Id> {
	const owners = [...state.all('leerId'), ...state.all('account')];
	return new Set(owners.flatMap(({ secretId }) => secretId ?? []));
}

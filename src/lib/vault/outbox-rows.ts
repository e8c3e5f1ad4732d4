import type { Id } from '#lib/domain/records.ts';
import type { Entry } from './entry.ts';
import type { Ledger } from './ledger.ts';
import type { Row, VaultStore } from './store.ts';

/** Entries of the outbox with their passwords, in order, and their rows without them. */
export async function takeOut(
	store: VaultStore,
	ledger: Ledger,
	uids: ReadonlySet<Id>
): Promise<{ readonly entries: readonly Entry[]; readonly rows: readonly Row[] }> {
	if (uids.size === 0) return { entries: [], rows: [] };
	const isOut = ({ mutation }: Entry) => uids.has(mutation.uid);
	const seqs = new Set(ledger.entries.filter(isOut).map(({ seq }) => seq));
	const rows = await store.rows([...seqs]);
	return {
		entries: rows.flatMap((row) => row.entries.filter(isOut)),
		rows: rows.map(({ seq, entries }) => ({ seq, entries: entries.filter((e) => !isOut(e)) }))
	};
}

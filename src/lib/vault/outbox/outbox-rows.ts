import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Entry } from '../pages/entry.ts';
import type { Ledger } from '../replica/ledger.ts';
import type { Loaded } from '../replica/loading.ts';
import type { Row, VaultStore } from '../pages/store.ts';

export interface TakenOut {
	/** With their passwords, in order. */
	readonly entries: readonly Entry[];
	/** The rows that they were in, without them. */
	readonly rows: readonly Row[];
	/** Whether no other tab has settled any of the outbox meanwhile. */
	readonly current: boolean;
}

/**
 * Entries of the outbox. Passwords are on the disk alone, so rows that hold any are read there; the
 * others are in memory.
 */
export async function takeOut(
	store: VaultStore,
	{ ledger, read }: Pick<Loaded, 'ledger' | 'read'>,
	uids: ReadonlySet<Id>
): Promise<TakenOut> {
	if (uids.size === 0) return { entries: [], rows: [], current: true };
	const isOut = ({ mutation }: Entry) => uids.has(mutation.uid);
	const seqs = new Set(ledger.entries.filter(isOut).map(({ seq }) => seq));
	const sealed = ledger.secretRows().filter((seq) => seqs.has(seq));
	const { generation, rows: opened } = await store.rowsAt(sealed);
	const inMemory = seqs.difference(new Set(sealed));
	const rows = [...opened, ...rowsOf(ledger.entries.filter(({ seq }) => inMemory.has(seq)))];
	rows.sort((one, other) => one.seq - other.seq);
	return {
		entries: rows.flatMap((row) => row.entries.filter(isOut)),
		rows: rows.map(({ seq, entries }) => ({ seq, entries: entries.filter((e) => !isOut(e)) })),
		current: generation === read.generation
	};
}

function rowsOf(entries: Ledger['entries']): Row[] {
	return Array.from(
		Map.groupBy(entries, ({ seq }) => seq),
		([seq, inRow]) => ({
			seq,
			entries: inRow.map(({ mutation, actor, today }) => ({ mutation, actor, today }))
		})
	);
}

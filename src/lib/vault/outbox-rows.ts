import type { Id } from '#lib/domain/records.ts';
import type { Entry } from './entry.ts';
import type { Loaded } from './loading.ts';
import type { Row, VaultStore } from './store.ts';

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
	const bySeq = new Map(opened.map(({ seq, entries }) => [seq, entries]));
	const onDisk = new Set(sealed);
	for (const { seq, mutation, actor, today } of ledger.entries) {
		if (!seqs.has(seq) || onDisk.has(seq)) continue;
		const entry = { mutation, secrets: undefined, actor, today };
		const entries = bySeq.get(seq) as Entry[] | undefined;
		if (entries) entries.push(entry);
		else bySeq.set(seq, [entry]);
	}
	const rows = [...bySeq].sort(([one], [other]) => one - other);
	return {
		entries: rows.flatMap(([, entries]) => entries.filter(isOut)),
		rows: rows.map(([seq, entries]) => ({ seq, entries: entries.filter((e) => !isOut(e)) })),
		current: generation === read.generation
	};
}

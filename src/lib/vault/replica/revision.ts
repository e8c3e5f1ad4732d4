import type { Kind } from '#lib/domain/registry/kinds.ts';
import type { Ledger } from './ledger.ts';
import type { Loaded } from './loading.ts';
import type { Rewrite, VaultStore } from '../pages/store.ts';

/** One transaction's worth of change to pages and outbox, and what memory makes of it. */
export interface Revision {
	readonly rewrite: Omit<Rewrite, 'on'>;
	/**
	 * Once it is on the disk. `numbers`: the outbox row of each entry that was added. Returns the
	 * kinds of record that may differ.
	 */
	readonly follow: (ledger: Ledger, numbers: readonly number[]) => readonly Kind[];
}

/** Works one out on what is loaded; null when there is nothing to write. Reads and computes only. */
export type Plan = (
	store: VaultStore,
	loaded: Loaded,
	now: number
) => Promise<Revision | null> | Revision | null;

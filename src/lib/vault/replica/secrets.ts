import type { Secret, Secrets } from '#lib/domain/credentials/secret.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Entry } from '../pages/entry.ts';
import type { Ledger } from './ledger.ts';
import { unpackSecrets } from '../pages/secret-pages.ts';
import type { Row, VaultStore } from '../pages/store.ts';

/** Passwords by id, from the outbox or from where a fold put them; those no longer kept are left out. */
export async function readSecrets(
	store: VaultStore,
	ledger: Ledger,
	ids: readonly Id[]
): Promise<ReadonlyMap<Id, Secret>> {
	const wanted = new Set(ids);
	const waiting = secretsIn(await store.rows(ledger.secretRows(wanted)));
	const found = new Map(Object.entries(waiting).filter(([id]) => wanted.has(id)));
	if (found.size === wanted.size) return found;
	const { texts } = await store.pageTexts((head) => head.secretPages);
	for (const [id, { secret }] of unpackSecrets(texts.values())) {
		if (wanted.has(id)) found.set(id, secret);
	}
	return found;
}

/** All that travel in these outbox rows. */
export function secretsIn(rows: readonly Row[]): Secrets {
	return secretsOf(rows.flatMap((row) => row.entries));
}

export function secretsOf(entries: readonly Entry[]): Secrets {
	return Object.assign({}, ...entries.map(({ secrets }) => secrets)) as Secrets;
}

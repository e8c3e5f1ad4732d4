import type { Id } from '#lib/domain/kernel/ids.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import type { PackedList } from '../pages/cold-list.ts';
import type { Entry } from '../pages/entry.ts';
import type { Head } from '../pages/head.ts';
import {
	packSecrets,
	secretRetention,
	unpackSecrets,
	type KeptSecret
} from '../pages/secret-pages.ts';
import { secretsOf } from '../replica/secrets.ts';
import type { VaultStore } from '../pages/store.ts';

/**
 * Lets go of passwords that a server holds. Those of cards that are not yet handed over to be
 * printed stay until they are, and no longer than a day.
 */
export async function keepUnprinted(
	store: VaultStore,
	head: Head,
	{ taken, state, now }: Taken
): Promise<PackedList> {
	const added = Object.entries(secretsOf(taken));
	if (added.length === 0 && head.secretPages.length === 0) {
		return { head, pages: new Map(), dropPages: [] };
	}
	const { texts } = await store.pageTexts((found) => found.secretPages);
	const all = new Map<Id, KeptSecret>(added.map(([id, secret]) => [id, { secret, until: null }]));
	for (const [id, kept] of unpackSecrets(texts.values())) all.set(id, kept);
	const wanted = unprintedSecrets(state);
	const kept = Array.from(all, ([id, { secret, until }]) => {
		return [id, { secret, until: until ?? now + secretRetention }] as const;
	}).filter(([id, { until }]) => wanted.has(id) && until > now);
	return packSecrets(new Map(kept), head);
}

interface Taken {
	/** The entries that the server has taken. */
	readonly taken: readonly Entry[];
	readonly state: StateReader;
	readonly now: number;
}

function unprintedSecrets(state: StateReader): ReadonlySet<Id> {
	const runs = Array.from(state.all('printRun')).filter(({ savedAt }) => savedAt === null);
	const cards = runs.flatMap(({ id }) => state.find('cardByPrintRun', id));
	return new Set(cards.filter((card) => card.state === 'current').map((card) => card.secretId));
}

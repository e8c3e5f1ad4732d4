import { newId } from '#lib/crypto/random.ts';
import { allHotPages } from '../pages/hot-pages.ts';
import { VaultError } from '../disk/failure.ts';
import { recentPagesOf } from '../pages/recent-pages.ts';
import type { ReadHead, Rewrite, VaultStore } from '../pages/store.ts';

/**
 * Brings every page to this version of the app, one transaction each, so that what is cut off goes
 * on where it was. The head goes first: from then on an older app in another tab fails with
 * `updateNeeded` and writes nothing.
 */
export async function migratePages(
	store: VaultStore,
	alone: (write: () => Promise<void>) => Promise<void>
): Promise<void> {
	if ((await store.head()).head.settledVersion >= store.version) return;
	await alone(async () => {
		let read = await store.head();
		if (read.head.settledVersion >= store.version) return;
		const { version } = store;
		const gate = { ...read.head, version, lineage: newId() };
		read = await rewrite(store, { on: read.generation, head: gate, pages: new Map() });
		const recent = recentPagesOf(gate);
		for (const id of [...allHotPages(gate), ...recent, ...gate.historyPages]) {
			const { texts } = await store.pageTexts(() => [id]);
			const text = texts.get(id);
			const repack = (old: string) =>
				recent.includes(id)
					? store.packChange(store.unpackChange(old))
					: store.packPage(store.unpackPage(old));
			const migrated = text === undefined ? undefined : repack(text);
			if (migrated === undefined || migrated === text) continue;
			read = await rewrite(store, {
				on: read.generation,
				head: gate,
				pages: new Map([[id, migrated]])
			});
		}
		const settled = { ...gate, settledVersion: version };
		await rewrite(store, { on: read.generation, head: settled, pages: new Map() });
	});
}

async function rewrite(store: VaultStore, change: Rewrite): Promise<ReadHead> {
	const { write } = await store.prepareRewrite(change);
	const generation = await write();
	// Nobody writes without the lock, but an app that is older still; and that one has stopped.
	if (!generation) throw new VaultError('updateNeeded');
	return { generation, head: change.head };
}

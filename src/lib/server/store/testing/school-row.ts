import { newId } from '#lib/crypto/random.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { Store } from '../database.ts';

/** Makes a school known, open and empty: a store writes to no other. */
export async function addSchoolRow(
	store: Store,
	{
		id,
		at,
		number = id,
		name = id
	}: {
		readonly id: Id;
		readonly at: Instant;
		readonly number?: string;
		readonly name?: string;
	}
): Promise<void> {
	const row = { id, number, name, invite_hash: null, state: 'open', made_at: at } as const;
	await store.writeOutside(({ db }) => db.insertInto('schools').values(row).execute());
}

/** Makes one, and returns its id. */
export async function newSchool(store: Store): Promise<Id> {
	const id = newId();
	await addSchoolRow(store, { id, at: '2026-11-21T08:00:00.000Z' });
	return id;
}

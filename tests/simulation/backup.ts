import { newId } from '#lib/crypto/random.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Store } from '#lib/server/store/database.ts';
import type { SchoolTables } from '#lib/server/store/tables.ts';

/** All that a school has at the server. */
export type Backup = readonly (readonly [keyof SchoolTables, readonly object[]])[];

const tables = {
	record: true,
	change: true,
	client: true,
	outcome: true,
	secret: true,
	audit: true,
	audit_payload: true,
	counter: true
} as const satisfies Partial<Record<keyof SchoolTables, true>>;

const names = Object.keys(tables) as (keyof typeof tables)[];

export async function backUpSchool(store: Store, school: Id): Promise<Backup> {
	return store.read(school, async ({ db }) => {
		const backup: [keyof SchoolTables, readonly object[]][] = [];
		for (const name of names) {
			const rows = await db.selectFrom(name).selectAll().execute();
			backup.push([name, rows.map((row) => ({ ...row, school: undefined }))]);
		}
		return backup;
	});
}

/** Puts a backup in the place of what there is, under a new epoch. */
export async function restoreSchool(store: Store, school: Id, backup: Backup): Promise<void> {
	await store.write(school, async ({ db }) => {
		for (const [name, rows] of backup) {
			await db.deleteFrom(name).execute();
			for (const row of rows) {
				await db.insertInto(name).values(row).execute();
			}
		}
		await db.updateTable('counter').set({ epoch: newId() }).execute();
	});
}

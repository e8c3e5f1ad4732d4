import { expect, test } from 'vitest';
import { openStore } from './open-store.ts';

test('works', async () => {
	const store = await openStore({ kind: 'memory' });
	const row = { kind: 'group', id: 'g', version: 1, body: '{}' } as const;
	await store.write('a', async ({ db, savepoint }) => {
		await db
			.insertInto('record')
			.values(row)
			.onConflict((c) => c.columns(['kind', 'id']).doUpdateSet({ body: 'x' }))
			.execute();
		await savepoint(async () => {
			await db
				.insertInto('record')
				.values({ ...row, id: 'h' })
				.execute();
			throw new Error('x');
		}).catch(() => undefined);
	});
	await store.write('b', async ({ db }) => {
		await db.updateTable('record').set({ body: 'y' }).execute();
	});
	expect(await store.read('a', ({ db }) => db.selectFrom('record').selectAll().execute())).toEqual([
		{ ...row, school: 'a' }
	]);
	await store.close();
});

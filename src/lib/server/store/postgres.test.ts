import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPostgres } from '../../../../scripts/postgres.mjs';
import { startPostgres, type PostgresServer } from '../../../../tests/support/postgres.ts';
import { OutcomeUnknown, type SchoolTx, type Store } from './database.ts';
import { addDue } from './due.ts';
import { openStore } from './open-store.ts';
import { startCuttingProxy, type CuttingProxy } from './testing/cutting-proxy.ts';
import { newSchool } from './testing/school-row.ts';
import { setVersion } from './write-change.ts';

const at = '2026-11-21T08:00:00.000Z';

/** Failures that only a database server can bring to a store. */
describe.skipIf(!findPostgres())('on PostgreSQL', () => {
	let server: PostgresServer;
	let proxy: CuttingProxy;
	let store: Store;

	beforeAll(async () => {
		const started = await startPostgres();
		if (!started) throw new Error('PostgreSQL went away');
		server = started;
		proxy = await startCuttingProxy(server.url);
		store = await openStore({ kind: 'postgres', url: proxy.url });
	}, 60_000);

	afterAll(async () => {
		await store.close();
		proxy.stop();
		await server.stop();
	});

	/** Writes one version. Returns how often it ran. */
	async function count(school: string, before: (tx: SchoolTx) => void = () => undefined) {
		let runs = 0;
		await store.write(school, async (tx) => {
			runs++;
			before(tx);
			await setVersion(tx, tx.counter.version + 1);
		});
		return runs;
	}

	async function versionOf(school: string): Promise<number | undefined> {
		return (await store.counter(school))?.version;
	}

	test('the outcome is unknown when the answer to a commit is lost, and it may be written', async () => {
		const school = await newSchool(store);
		await count(school);
		const lost = count(school, () => proxy.cutOnce({ at: 'commit', lose: 'answer' }));
		await expect(lost).rejects.toThrow(OutcomeUnknown);
		expect(await versionOf(school)).toBe(2);
	});

	test('the outcome is as unknown when the commit itself is lost, and it is not written', async () => {
		const school = await newSchool(store);
		await count(school);
		const lost = count(school, () => proxy.cutOnce({ at: 'commit', lose: 'statement' }));
		await expect(lost).rejects.toThrow(OutcomeUnknown);
		expect(await versionOf(school)).toBe(1);
	});

	test.each(['statement', 'answer'] as const)(
		'work runs again when the connection is lost before the commit (%s)',
		async (lose) => {
			const school = await newSchool(store);
			await count(school);
			let isFirst = true;
			const runs = await count(school, () => {
				if (isFirst) proxy.cutOnce({ at: 'update "counter"', lose });
				isFirst = false;
			});
			expect(runs).toBe(2);
			expect(await versionOf(school)).toBe(2);
		}
	);

	test('a lost connection ends the transaction, though a savepoint caught it', async () => {
		const school = await newSchool(store);
		let runs = 0;
		await store.write(school, async (tx) => {
			if (++runs === 1) proxy.cutOnce({ at: 'update "counter"', lose: 'answer' });
			await tx.savepoint(() => setVersion(tx, runs)).catch(() => undefined);
		});
		expect(runs).toBe(2);
		expect(await versionOf(school)).toBe(2);
	});

	test('idle connections that the server ended are replaced', async () => {
		const school = await newSchool(store);
		await Promise.all(Array.from({ length: 5 }, () => count(school)));
		const client = new Client(server.url);
		await client.connect();
		const others = 'select pg_terminate_backend(pid, 10000) from pg_stat_activity where pid <> $1';
		const own = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
		await client.query(`${others} and backend_type = 'client backend'`, [own.rows[0]?.pid]);
		await client.end();
		expect(await versionOf(school)).toBe(5);
		await count(school);
		expect(await versionOf(school)).toBe(6);
	});

	test('of two transactions that wait for each other, one runs again', async () => {
		const [one, other] = await Promise.all(
			['a', 'b'].map(async (body) =>
				store.write(await newSchool(store), (tx) => addDue(tx, { kind: 'k', body, at }))
			)
		);
		if (!one || !other) throw new Error('No work was added');
		let runs = 0;
		let waiting = 2;
		const { promise: bothWait, resolve } = Promise.withResolvers<undefined>();
		const finish = (ids: readonly string[]) =>
			store.writeOutside(async ({ db }) => {
				runs++;
				for (const id of ids) {
					await db.updateTable('due').set({ attempts: 7 }).where('id', '=', id).execute();
					if (--waiting === 0) resolve(undefined);
					await bothWait;
				}
			});
		await Promise.all([finish([one, other]), finish([other, one])]);
		// The one that was put back may take its first row before the other wakes, and be put back again.
		expect(runs).toBeGreaterThanOrEqual(3);
	});

	test('processes that start on an empty database at once make its tables once', async () => {
		const url = await server.database('empty');
		const opening = Array.from({ length: 4 }, () => openStore({ kind: 'postgres', url }));
		for (const opened of await Promise.all(opening)) await opened.close();
	});

	test('text sorts by its bytes, as it does elsewhere', async () => {
		const school = await newSchool(store);
		const ids = ['a', 'B', '_', '-', 'é', 'Z', '0'];
		await store.write(school, async ({ db }) => {
			const rows = ids.map((id) => ({ kind: 'group', id, version: 1, body: '{}' }) as const);
			await db.insertInto('record').values(rows).execute();
		});
		const rows = await store.read(school, ({ db }) =>
			db.selectFrom('record').select('id').orderBy('id').execute()
		);
		expect(rows.map(({ id }) => id)).toEqual([...ids].sort());
	});
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Mutation } from '#lib/domain/kernel/mutation.ts';
import type { AnyRecord } from '#lib/domain/registry/records.ts';
import { migrate } from '#lib/domain/kernel/migrations/migrate.ts';
import { migrations } from '#lib/domain/registry/migrations.ts';
import type { StoredRecord } from '#lib/domain/kernel/migrations/steps.ts';
import { Sealer } from '#lib/vault/pages/sealer.ts';
import { testPlatform, testVault, valueOf } from '#lib/vault/test-kit.ts';
import { vaultSettings } from '#lib/vault/device/vault.ts';
import { releasedMutations } from './support/kinds.ts';

/**
 * Outbox rows that a device may still have waiting, as they were written when each mutation was
 * released, and the records they led to. Never edit one; a new version of a mutation gets a row of
 * its own in a file of its own.
 */
interface Golden {
	/** Of the records. */
	readonly version: number;
	readonly rows: readonly { readonly entries: readonly { readonly mutation: Mutation }[] }[];
	readonly records: readonly AnyRecord[];
}

const goldens = [
	['outbox-1.json', 1],
	['outbox-3.json', 3],
	['outbox-4.json', 3],
	['outbox-import-2.json', 3]
].map(([name, version]) => {
	const text = readFileSync(new URL(`./outbox/${name}`, import.meta.url), 'utf8');
	return { version, ...(JSON.parse(text) as object) } as Golden;
});

async function vaultWith(golden: Golden) {
	const vault = await testVault(testPlatform(), vaultSettings);
	const sealer = new Sealer(vault.vaultId, vault.key);
	const rows = await Promise.all(
		golden.rows.map(async (row, index) => {
			const seq = index + 1;
			return { seq, sealed: await sealer.seal(`outbox/${seq}`, JSON.stringify(row)) };
		})
	);
	const database = vault.database();
	await database.write(['outbox'], ({ outbox }) => outbox.bulkAdd(rows));
	database.close();
	return vault;
}

const key = ({ kind, id }: AnyRecord) => `${kind} ${id}`;
const sorted = (records: readonly AnyRecord[]) =>
	[...records].sort((one, other) => key(one).localeCompare(key(other)));

test.each(goldens)(
	'outbox entries of every released mutation still lead to the same records',
	async (golden) => {
		const vault = await vaultWith(golden);
		const expected = migrate(golden.records as unknown as readonly StoredRecord[], {
			from: golden.version,
			chain: migrations
		}) as unknown as readonly AnyRecord[];
		const { replica } = await vault.open();
		const entries = golden.rows.flatMap((row) => row.entries);
		expect(replica.waiting.length).toBe(entries.length);
		for (let folded = 0; folded < 2; folded++) {
			const { state } = (await vault.open()).replica;
			const kinds = new Set(expected.map(({ kind }) => kind));
			const found = [...kinds].flatMap((kind) => [...state.all(kind)] as AnyRecord[]);
			expect(sorted(found)).toEqual(sorted(expected));
			valueOf(await replica.fold());
			expect(replica.waiting.length).toBe(0);
		}
	}
);

test('every mutation that was released has such an entry', () => {
	const names = goldens
		.flatMap(({ rows }) => rows)
		.flatMap(({ entries }) => entries.map(({ mutation }) => mutation.name));
	expect(new Set(names)).toEqual(new Set(releasedMutations));
});

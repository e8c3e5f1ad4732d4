import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { backUp, restore, startNewEpochs } from './backup.ts';
import type { SchoolTx, Store } from './database.ts';
import { openStore } from './open-store.ts';
import { loadRecords } from './records.ts';
import { addSchoolRow } from './testing/school-row.ts';
import { setVersion, writeChange } from './write-change.ts';

const at = '2026-11-21T08:00:00.000Z';
const school = newId();
let folder: string;
let file: string;
let saved: string;
let store: Store;

beforeEach(async () => {
	folder = mkdtempSync(join(tmpdir(), 'backup-'));
	file = join(folder, 'data', 'store.sqlite');
	saved = join(folder, 'saved.sqlite');
	store = await openStore({ kind: 'file', file });
	await addSchoolRow(store, { id: school, at });
	await store.write(school, async (tx) => {
		await addSession(tx);
		await addGroup(tx, 'before');
	});
});

afterEach(async () => {
	await store.close();
	rmSync(folder, { recursive: true });
});

async function addGroup(tx: SchoolTx, id: string): Promise<void> {
	const version = tx.counter.version + 1;
	const group = { kind: 'group', id, name: id } as const;
	await writeChange(tx, { puts: [group], removes: [] }, { version, at });
	await setVersion(tx, version);
}

async function addSession({ db }: SchoolTx): Promise<void> {
	const times = { made_at: at, seen_at: at, expires_at: at, ended_at: null };
	const device = { id: 'device', device_name: 'Chromebook', vault: null, wipe: 0 as const };
	await db
		.insertInto('session')
		.values({ token_hash: 'hash', account: 'a', ...times, ...device })
		.execute();
}

async function groups(): Promise<string[]> {
	const records = await store.read(school, loadRecords);
	return records.map(({ id }) => id);
}

test('a backup made while the store is in use comes back whole, under another epoch', async () => {
	const epoch = (await store.counter(school))?.epoch;
	const writing = Array.from({ length: 20 }, (_, index) =>
		store.write(school, (tx) => addGroup(tx, `during-${index}`))
	);
	await backUp(file, saved);
	await Promise.all(writing);
	await store.write(school, (tx) => addGroup(tx, 'after'));
	expect(await groups()).toHaveLength(22);

	// The store stays open, as that of a running server does.
	await restore(saved, file);

	const counter = await store.counter(school);
	const restored = await groups();
	expect(restored).toContain('before');
	expect(restored).not.toContain('after');
	expect(counter?.version).toBe(restored.length);
	expect(counter?.epoch).not.toBe(epoch);
	await store.write(school, (tx) => addGroup(tx, 'again'));
	expect(await groups()).toContain('again');
});

test('sessions of a restored backup have ended', async () => {
	await backUp(file, saved);
	await restore(saved, file);
	const open = await store.read(school, ({ db }) =>
		db.selectFrom('session').select('id').where('ended_at', 'is', null).execute()
	);
	expect(open).toEqual([]);
});

test('a backup is for its owner alone, and leaves nothing else behind', async () => {
	await backUp(file, saved);
	await restore(saved, file);
	expect(statSync(saved).mode & 0o777).toBe(0o600);
	expect(readdirSync(folder).sort()).toEqual(['data', 'saved.sqlite']);
	expect(readdirSync(join(folder, 'data')).filter((name) => name.includes('restoring'))).toEqual(
		[]
	);
});

test('a backup can be put where there is no store yet', async () => {
	await backUp(file, saved);
	const elsewhere = join(folder, 'elsewhere', 'store.sqlite');
	await restore(saved, elsewhere);
	const other = await openStore({ kind: 'file', file: elsewhere });
	expect(await other.read(school, loadRecords)).toHaveLength(1);
	await other.close();
});

test('a backup overwrites nothing, and nothing but a backup is restored', async () => {
	await backUp(file, saved);
	await expect(backUp(file, saved)).rejects.toThrow('exists already');
	const wrong = join(folder, 'wrong.sqlite');
	await expect(restore(wrong, file)).rejects.toThrow('There is no backup');
	writeFileSync(wrong, 'Not a database, but long enough to look like one. '.repeat(50));
	await expect(restore(wrong, file)).rejects.toThrow('no whole backup of Schoolsleutel');
	expect(await groups()).toEqual(['before']);
});

test('new epochs alone, after another way of restoring', async () => {
	const before = await store.counter(school);
	expect(await startNewEpochs(store)).toBe(1);
	const after = await store.counter(school);
	expect(after).toEqual({ ...before, epoch: after?.epoch });
	expect(after?.epoch).not.toBe(before?.epoch);
});

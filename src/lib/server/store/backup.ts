import { chmodSync, copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { newId } from '#lib/crypto/random.ts';
import type { Store } from './database.ts';
import { openStore } from './open-store.ts';

/** In one step, so that nothing can come between. */
const allPages = { rate: 2 ** 31 - 1 };
/** How often a restore tries to get between two writers, and how long it waits, in ms. */
const mostAttempts = 50;
const patience = 100;

/**
 * Copies a SQLite store, also while it is in use, as it is at one moment.
 *
 * @throws Error with a sentence for the person who typed the command
 */
export async function backUp(file: string, to: string): Promise<void> {
	if (!existsSync(file)) throw new Error(`There is no database at ${file}.`);
	if (existsSync(to)) throw new Error(`${to} exists already; a backup overwrites nothing.`);
	const part = `${to}.part`;
	remove(part);
	try {
		await copyAll(file, part);
		inOneFile(part);
		checkStore(part);
		chmodSync(part, 0o600);
		renameSync(part, to);
	} finally {
		remove(part);
	}
}

/**
 * Puts a backup in place of a SQLite store, also while it is in use: its users find other epochs,
 * and read the schools again.
 *
 * @throws Error with a sentence for the person who typed the command
 */
export async function restore(from: string, file: string): Promise<void> {
	if (!existsSync(from)) throw new Error(`There is no backup at ${from}.`);
	checkStore(from);
	mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
	const part = `${file}.restoring`;
	remove(part);
	try {
		copyFileSync(from, part);
		const store = await openStore({ kind: 'file', file: part });
		try {
			await startNewEpochs(store);
		} finally {
			await store.close();
		}
		await replace(part, file);
		chmodSync(file, 0o600);
	} finally {
		remove(part);
	}
}

/**
 * Tells every school's devices that the server went back in time: they send again what the backup
 * did not know. Sessions and links by mail that had ended must not live again, so all of them end.
 *
 * @returns how many schools there are
 */
export async function startNewEpochs(store: Store): Promise<number> {
	const schools = await store.readOutside(({ db }) =>
		db.selectFrom('schools').select('id').execute()
	);
	const now = new Date().toISOString();
	for (const { id } of schools) {
		await store.write(id, async ({ db }) => {
			await db.updateTable('counter').set({ epoch: newId() }).execute();
			await db
				.updateTable('session')
				.set({ ended_at: now })
				.where('ended_at', 'is', null)
				.execute();
			await db.updateTable('reset').set({ used_at: now }).where('used_at', 'is', null).execute();
		});
	}
	return schools.length;
}

async function replace(part: string, file: string): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			await copyAll(part, file);
			return;
		} catch (error) {
			// Somebody is writing.
			if (attempt === mostAttempts) throw error;
			await new Promise((resolve) => setTimeout(resolve, patience));
		}
	}
}

async function copyAll(from: string, to: string): Promise<void> {
	const database = new DatabaseSync(from, { readOnly: true });
	try {
		await backup(database, to, allPages);
	} finally {
		database.close();
	}
}

/** Without the files that a store in use has beside it. */
function inOneFile(file: string): void {
	const database = new DatabaseSync(file);
	database.exec('pragma journal_mode = delete');
	database.close();
}

function checkStore(file: string): void {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		database.prepare('select count(*) from migration').get();
		const found = database.prepare('pragma quick_check').get();
		if (found?.['quick_check'] !== 'ok') throw new Error('Damaged');
	} catch (error) {
		throw new Error(`${file} is no whole backup of Schoolsleutel.`, { cause: error });
	} finally {
		database.close();
	}
}

function remove(file: string): void {
	for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
}

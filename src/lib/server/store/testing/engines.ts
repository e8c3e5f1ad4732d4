import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { findPostgres } from '../../../../../scripts/postgres.mjs';
import { startPostgres } from '../../../../../tests/support/postgres.ts';
import type { Store } from '../database.ts';
import { openStore } from '../open-store.ts';
import { openOver } from '../transactions.ts';
import { pgliteEngine } from './pglite.ts';

/** A store that a contract is tried over. */
export interface Tried {
	readonly store: Store;
	/** Opens the same data once more, as another process would. PGlite has but one connection. */
	open(): Promise<Store>;
	readonly opensTwice: boolean;
	/** How often a property is tried. */
	readonly runs: number;
}

interface Opened {
	readonly store: Store;
	open(): Promise<Store>;
	stop(): Promise<void> | void;
}

/** PGlite takes seconds to start on a busy machine. */
const startTimeout = 60_000;

const engines = [
	{ name: 'SQLite in a file', start: startFile, opensTwice: true, runs: 60, skip: false },
	{ name: 'PGlite', start: startPglite, opensTwice: false, runs: 8, skip: false },
	{ name: 'PostgreSQL', start: startServer, opensTwice: true, runs: 8, skip: !findPostgres() }
];

/**
 * Runs a contract over every engine. Where no PostgreSQL is installed, PGlite stands in for it and
 * its tests are reported as skipped. Each test takes schools of its own.
 */
export function overEveryEngine(contract: (tried: Tried) => void): void {
	for (const { name, start, opensTwice, runs, skip } of engines) {
		describe.skipIf(skip)(name, () => {
			let opened: Opened | undefined;
			const started = (): Opened => {
				if (!opened) throw new Error(`${name} was not started`);
				return opened;
			};
			beforeAll(async () => {
				opened = await start();
			}, startTimeout);
			afterAll(async () => {
				await opened?.store.close();
				await opened?.stop();
			});
			contract({
				get store() {
					return started().store;
				},
				open: () => started().open(),
				opensTwice,
				runs
			});
		});
	}
}

async function startFile(): Promise<Opened> {
	const folder = mkdtempSync(join(tmpdir(), 'store-'));
	const open = () => openStore({ kind: 'file', file: join(folder, 'store.sqlite') });
	return { store: await open(), open, stop: () => rmSync(folder, { recursive: true }) };
}

async function startPglite(): Promise<Opened> {
	const store = await openOver(await pgliteEngine());
	const open = () => Promise.reject(new Error('PGlite has one connection'));
	return { store, open, stop: () => undefined };
}

async function startServer(): Promise<Opened> {
	const server = await startPostgres();
	if (!server) throw new Error('PostgreSQL went away');
	const open = () => openStore({ kind: 'postgres', url: server.url });
	return { store: await open(), open, stop: () => server.stop() };
}

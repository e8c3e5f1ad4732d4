import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringUp } from '#lib/domain/registry/migrations.ts';
import { restore } from '#lib/server/store/backup.ts';
import { openStore, type Place } from '#lib/server/store/open-store.ts';
import { findPostgres } from '../../../scripts/postgres.mjs';
import { startApp, type App } from '../../server/support/app.ts';
import { startPostgres } from '../../support/postgres.ts';
import { endpointKey } from './cast.ts';
import { readGolden } from './files.ts';
import { contentsOf } from './server.ts';

/** A golden database, put back where a server of today finds it. */
export interface PutBack {
	readonly place: Place;
	/** Starts today's server on it, at a moment. */
	start(at: string): Promise<App>;
	/** Takes it away again. */
	remove(): Promise<void>;
}

/** A SQLite file as it lay beside a running server, or a backup that is restored. */
export async function onSqlite(path: string, isBackup = false): Promise<PutBack> {
	const folder = mkdtempSync(join(tmpdir(), 'golden-'));
	const file = join(folder, 'data', 'schoolsleutel.sqlite');
	if (isBackup) {
		const saved = join(folder, 'backup.sqlite');
		writeFileSync(saved, readGolden(path));
		await restore(saved, file);
	} else {
		mkdirSync(join(folder, 'data'));
		writeFileSync(file, readGolden(path));
	}
	return {
		place: { kind: 'file', file },
		start: (at) => startAt(at, { DATA_DIR: join(folder, 'data') }),
		remove: () => rm(folder, { recursive: true })
	};
}

/** A dump, by `psql`; undefined: no PostgreSQL is installed. */
export async function onPostgres(path: string): Promise<PutBack | undefined> {
	const programs = findPostgres();
	const server = await startPostgres();
	if (!programs || !server) return undefined;
	const lines = readGolden(path).toString('utf8').split('\n');
	// Lines that newer programs wrote to guard theirs; older ones don't know it.
	const sql = lines.filter((line) => !/^\\(?:un)?restrict /.test(line)).join('\n');
	const arguments_ = ['-X', '-q', '-v', 'ON_ERROR_STOP=1', server.url];
	execFileSync(join(programs, 'psql'), arguments_, {
		input: sql,
		stdio: ['pipe', 'ignore', 'pipe']
	});
	return {
		place: { kind: 'postgres', url: server.url },
		start: (at) => startAt(at, { DATABASE_URL: server.url }),
		remove: () => server.stop()
	};
}

async function startAt(at: string, env: Readonly<Record<string, string>>): Promise<App> {
	const app = await startApp({ ENDPOINT_KEY: endpointKey, ...env });
	app.now = new Date(Date.parse(at) + 60_000);
	return app;
}

/** Returns what a server of today reads in it, which brings it to today's tables. */
export async function contentsAt(place: Place) {
	const store = await openStore(place);
	try {
		const contents = await contentsOf(store);
		return { ...contents, records: contents.records.map(bringUp) };
	} finally {
		await store.close();
	}
}

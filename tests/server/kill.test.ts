import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findPostgres } from '../../scripts/postgres.mjs';
import { killEndpoint, type KillLosses } from '../support/endpoint-kills.ts';
import { startPostgres } from '../support/postgres.ts';

/** Starting a process takes a second or two on a busy machine. */
const patience = 120_000;
const kills = 4;

function expectNothingLost({ acknowledged, lost, doubled }: KillLosses): void {
	expect(lost).toEqual([]);
	expect(doubled).toEqual([]);
	expect(acknowledged).toBeGreaterThan(kills);
}

function newFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'kills-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

test(
	'a server on SQLite that is killed under load keeps all that it answered, once',
	async () => expectNothingLost(await killEndpoint({ DATA_DIR: newFolder() }, kills)),
	patience
);

test.skipIf(!findPostgres())(
	'so does one on PostgreSQL',
	async () => {
		const server = await startPostgres();
		if (!server) throw new Error('PostgreSQL went away');
		onTestFinished(() => server.stop());
		const env = { DATA_DIR: newFolder(), DATABASE_URL: server.url };
		expectNothingLost(await killEndpoint(env, kills));
	},
	patience
);

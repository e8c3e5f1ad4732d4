import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePostgres } from '../../scripts/postgres.mjs';
import { killEndpoint, type KillLosses } from '../support/endpoint-kills.ts';
import { startPostgres } from '../support/postgres.ts';
import { figure, report } from './support/report.ts';

/** How many times the server is killed on each store. */
const [each = 100] = process.argv.slice(2).map(Number);

ensurePostgres();
const server = await startPostgres();
if (!server) throw new Error('This bench needs PostgreSQL');
const folder = mkdtempSync(join(tmpdir(), 'endpoint-kill-'));
const stores = {
	SQLite: { DATA_DIR: join(folder, 'sqlite') },
	PostgreSQL: { DATA_DIR: join(folder, 'postgres'), DATABASE_URL: server.url }
};

const all: KillLosses[] = [];
for (const [name, env] of Object.entries(stores)) {
	const losses = await killEndpoint(env, each, (kill) => {
		if (kill % 10 === 0) console.log(`${name}: ${kill} kills`);
	});
	const { acknowledged, lost, doubled } = losses;
	console.log(`${name}: ${acknowledged} mutations answered`);
	for (const loss of lost) console.log(`LOST ${loss}`);
	for (const double of doubled) console.log(`DOUBLED ${double}`);
	all.push(losses);
}
await server.stop();
rmSync(folder, { recursive: true, force: true });

const total = (count: (losses: KillLosses) => number) =>
	all.reduce((sum, losses) => sum + count(losses), 0);
report([
	figure(
		'endpoint-kill-points',
		total(({ kills }) => kills),
		'kills'
	),
	figure(
		'endpoint-kill-lost',
		total(({ lost }) => lost.length),
		'mutations'
	),
	figure(
		'endpoint-kill-doubled',
		total(({ doubled }) => doubled.length),
		'mutations'
	)
]);

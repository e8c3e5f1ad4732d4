import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, placeFrom } from '#lib/server/store/open-store.ts';
import { ensurePostgres } from '../../scripts/postgres.mjs';
import { startEndpoint } from '../support/endpoint-server.ts';
import { addLoadSchool, type LoadSchool } from '../support/load-school.ts';
import { startPostgres } from '../support/postgres.ts';
import { load, type Load } from './support/endpoint-load.ts';
import { against, figure, report, type Figure } from './support/report.ts';
import { residentMb } from './support/school-memory.ts';

const [seconds = 10] = process.argv.slice(2).map(Number);
/** Of one school, all in use. */
const devices = 20;
/** Each with one device in use; small, so that making them takes no longer than measuring. */
const manySchools = { count: 200, pupils: 100 };
const pupils = 500;
const measured = 10;

ensurePostgres();
const server = await startPostgres();
if (!server) throw new Error('This bench needs PostgreSQL');
const folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
const key = { ENDPOINT_KEY: randomBytes(32).toString('base64url') };
const sqlite = { ...key, DATA_DIR: join(folder, 'sqlite') };
const postgres = { ...key, DATA_DIR: join(folder, 'postgres'), DATABASE_URL: server.url };

const figures = [...(await measure('', sqlite)), ...(await measure('-postgres', postgres))];
await server.stop();
rmSync(folder, { recursive: true, force: true });
report(figures);

type Env = Readonly<Record<string, string>>;

async function measure(suffix: string, env: Env): Promise<Figure[]> {
	const { one, many, memory } = await makeSchools(env);
	const single = await loaded(env, 1, [one]);
	tell(`One school, ${devices} devices`, single);
	const bulk = await loaded(env, 1, [one], 20);
	tell('The same, 20 mutations a request', bulk);
	const wide = await loaded(env, 1, many);
	tell(`${many.length} schools`, wide);
	const figures = [
		figure(`endpoint-one-school${suffix}`, single.rate, 'mutations/s'),
		figure(`endpoint-one-school-p99${suffix}`, single.p99, 'ms'),
		figure(`endpoint-many-schools${suffix}`, wide.rate, 'mutations/s'),
		figure(`endpoint-many-schools-p99${suffix}`, wide.p99, 'ms')
	];
	// SQLite is for one process; and a school takes as much memory whatever the store.
	if (suffix === '') return [...figures, figure('endpoint-memory', memory, 'MB a school')];
	const two = await loaded(env, 2, many);
	tell('Two processes', two);
	tellLimit(wide);
	return [...figures, against('endpoint-two-processes', two.rate, wide.rate, 'mutations/s')];
}

async function makeSchools(env: Env) {
	const store = await openStore(placeFrom(env));
	const one = await addLoadSchool(store, { pupils, devices });
	const resident: LoadSchool[] = [];
	for (let i = 0; i <= measured; i++) {
		resident.push(await addLoadSchool(store, { pupils, devices: 0 }));
	}
	const memory = await residentMb(store, resident);
	const many: LoadSchool[] = [];
	for (let i = 0; i < manySchools.count; i++) {
		many.push(await addLoadSchool(store, { pupils: manySchools.pupils, devices: 1 }));
	}
	await store.close();
	console.log(`A school of ${pupils} pupils has ${one.records} records`);
	return { one, many, memory };
}

async function loaded(
	env: Env,
	processes: number,
	schools: readonly LoadSchool[],
	perRequest = 1
): Promise<Load> {
	const endpoints = await Promise.all(Array.from({ length: processes }, () => startEndpoint(env)));
	const found = await load(endpoints, schools, { seconds, perRequest });
	await Promise.all(endpoints.map((endpoint) => endpoint.stop()));
	return found;
}

function tell(what: string, { rate, p99, cores }: Load): void {
	const { endpoint, devices, machine } = cores;
	console.log(
		`${what}: ${rate.toFixed(0)} mutations/s, 99 of 100 requests within ${p99.toFixed(0)} ms; busy cores: ${machine.toFixed(2)}, of the endpoint ${endpoint.toFixed(2)}, of the devices ${devices.toFixed(2)}`
	);
}

/** Two processes cannot be twice as fast where one, its database and its devices fill the machine. */
function tellLimit({ cores }: Load): void {
	const all = availableParallelism();
	console.log(
		`This machine has ${all} cores, of which one process, its database and its devices kept ${cores.machine.toFixed(2)} busy: two processes can do at most ${(all / cores.machine).toFixed(2)} times as much here`
	);
}

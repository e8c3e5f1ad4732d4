import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, placeFrom } from '#lib/server/store/open-store.ts';
import { loadRecords } from '#lib/server/store/records.ts';
import { ensurePostgres } from '../../scripts/postgres.mjs';
import { startEndpoint, type EndpointServer } from '../support/endpoint-server.ts';
import { addLoadSchool, type LoadSchool } from '../support/load-school.ts';
import { startPostgres } from '../support/postgres.ts';
import { bundleBenchPage } from './support/bench-page.ts';
import { launchChromium } from './support/browser.ts';
import { installPeers, peerPage, peerVersions, startPeers } from './support/peers.ts';
import { against, figure, median, report, type Figure } from './support/report.ts';
import { OurSide, PeerSide, type SyncSide } from './support/sync-sides.ts';

const [runs = 5] = process.argv.slice(2).map(Number);
const few = { records: 10_000, pupils: 660 };
const many = { records: 100_000, pupils: 6_600 };
const pushed = 1_000;
const pulled = 10;
/** About as many bytes as ten changes with their history. */
const pulledBytes = 5_700;
/** Pulls are short, and more of them tell more. */
const pulls = 15;

type Part = (typeof parts)[number];
const parts = ['first', 'list', 'push', 'pull'] as const;
type Times = Record<Part, number[]>;

ensurePostgres();
const server = await startPostgres();
if (!server) throw new Error('This bench needs PostgreSQL');
const folder = mkdtempSync(join(tmpdir(), 'sync-'));
const recordsFile = join(folder, 'records.json');

installPeers();
console.log(`Against ${peerVersions()}; their settings stand in tests/bench/peers`);
const pages = {
	ours: await bundleBenchPage(new URL('./sync.page.ts', import.meta.url)),
	rxdb: await bundleBenchPage(peerPage('rxdb'), '/rxdb/'),
	pouchdb: await bundleBenchPage(peerPage('pouchdb'), '/pouchdb/')
};
writeFileSync(join(pages.ours, 'bare.json'), 'x'.repeat(pulledBytes));
/** This app over each of its stores, by the ending of its figures' names. */
const ours = [
	await startOurs('', { DATA_DIR: join(folder, 'sqlite') }),
	await startOurs('-postgres', { DATA_DIR: join(folder, 'postgres'), DATABASE_URL: server.url })
];
const peers = await startPeers({ ...pages, records: recordsFile });
const peerTimes = { rxdb: noTimes(), pouchdb: noTimes() };
const browser = await launchChromium();

// The first run pays for what nobody has cached yet.
for (let run = 0; run <= runs; run++) {
	for (const { suffix, endpoint, schools, times, rows } of ours) {
		const side = await OurSide.open(browser, endpoint, schools.small[run] ?? schools.large);
		await measureInto(times, side, { run, name: `ours${suffix}` });
		if (run > 0) rows.push(...side.rows);
	}
	for (const name of ['rxdb', 'pouchdb'] as const) {
		const side = await PeerSide.open(browser, peers.origin, name);
		await measureInto(peerTimes[name], side, { run, name });
	}
}
const figures: Figure[] = [];
for (const each of ours) figures.push(...(await figuresOf(each)));
await browser.close();
await peers.stop();
for (const { endpoint } of ours) await endpoint.stop();
await server.stop();
for (const made of [folder, ...Object.values(pages)]) rmSync(made, { recursive: true });
report(figures);

interface Ours {
	readonly suffix: string;
	readonly endpoint: EndpointServer;
	/** Which school syncs with which device does not matter to anybody but us: one a run. */
	readonly schools: { readonly small: readonly LoadSchool[]; readonly large: LoadSchool };
	readonly times: Times;
	/** Read for each pull by the server. */
	readonly rows: number[];
}

async function startOurs(suffix: string, env: Readonly<Record<string, string>>): Promise<Ours> {
	const schools = await makeSchools(env);
	const endpoint = await startEndpoint({ ...env, PAGES: pages.ours });
	return { suffix, endpoint, schools, times: noTimes(), rows: [] };
}

async function figuresOf({ suffix, endpoint, schools, times, rows }: Ours): Promise<Figure[]> {
	const ofMany = await OurSide.open(browser, endpoint, schools.large);
	await ofMany.firstLoad();
	const { list } = await ofMany.reopen();
	console.log(`${schools.large.records} records: reopened in ${list.toFixed(0)} ms`);
	const pullsOfMany = await pullTimes(ofMany, pulls);
	const bare: number[] = [];
	for (let time = 0; time < pulls; time++) bare.push(await ofMany.wireAndDisk('/bare.json'));
	await ofMany.close();
	const againstBetter = (name: string, part: Part) =>
		against(`${name}${suffix}`, median(times[part]), betterPeer(part), 'ms');
	return [
		againstBetter('sync-first-10000', 'first'),
		againstBetter('sync-push-1000', 'push'),
		againstBetter('sync-pull-10', 'pull'),
		against(`sync-pull-10-least${suffix}`, median(bare), betterPeer('pull'), 'ms'),
		figure(`sync-reopen${suffix}`, median(times.list), 'ms'),
		against(`sync-pull-10-of-100000${suffix}`, median(pullsOfMany), median(times.pull), 'ms'),
		against(`sync-rows-read${suffix}`, median(ofMany.rows), median(rows), 'rows')
	];
}

function betterPeer(part: Part): number {
	return Math.min(median(peerTimes.rxdb[part]), median(peerTimes.pouchdb[part]));
}

/** Writes the schools into the server's store, and what one of them holds into a file for the peers. */
async function makeSchools(env: Readonly<Record<string, string>>): Promise<Ours['schools']> {
	const store = await openStore(placeFrom(env));
	const add = ({ records, pupils }: typeof few) =>
		addLoadSchool(store, { pupils, devices: 2, mostRecords: records });
	const small: LoadSchool[] = [];
	for (let run = 0; run <= runs; run++) small.push(await add(few));
	const large = await add(many);
	const [first] = small;
	const records = first ? await store.read(first.id, (tx) => loadRecords(tx)) : [];
	writeFileSync(recordsFile, JSON.stringify(records));
	await store.close();
	console.log(`${records.length} records, ${large.records} in the large school`);
	return { small, large };
}

function noTimes(): Times {
	return { first: [], list: [], push: [], pull: [] };
}

async function measureInto(
	times: Times,
	side: SyncSide,
	{ run, name }: { readonly run: number; readonly name: string }
): Promise<void> {
	const loaded = await side.firstLoad();
	const { all, list, records } = await side.reopen();
	if (records < few.records) throw new Error(`Only ${records} records came`);
	const pull = median(await pullTimes(side, pulls));
	const found = { first: loaded + all, list, pull, push: await side.push(pushed) };
	await side.close();
	console.log(`run ${run}, ${name}: ${told(found)}`);
	if (run === 0) return;
	for (const part of parts) times[part].push(found[part]);
}

async function pullTimes(side: SyncSide, times: number): Promise<number[]> {
	const all: number[] = [];
	for (let time = 0; time < times; time++) all.push(await side.pull(pulled));
	return all;
}

function told({ first, list, pull, push }: Record<Part, number>): string {
	const [loaded, sent, read, listed] = [first, push, pull, list].map((ms) => ms.toFixed(0));
	return `first load ${loaded} ms, ${pushed} sent in ${sent} ms, ${pulled} read in ${read} ms, reopened in ${listed} ms`;
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, placeFrom } from '#lib/server/store/open-store.ts';
import { loadRecords } from '#lib/server/store/records.ts';
import { startEndpoint } from '../support/endpoint-server.ts';
import { addLoadSchool, type LoadSchool } from '../support/load-school.ts';
import { bundleBenchPage } from './support/bench-page.ts';
import { launchChromium } from './support/browser.ts';
import { installPeers, peerPage, peerVersions, startPeers } from './support/peers.ts';
import { against, figure, median, report } from './support/report.ts';
import { OurSide, PeerSide, type SyncSide } from './support/sync-sides.ts';

const [runs = 5] = process.argv.slice(2).map(Number);
const few = { records: 10_000, pupils: 660 };
const many = { records: 100_000, pupils: 6_600 };
const pushed = 1_000;
const pulled = 10;
/** Pulls are short, and more of them tell more. */
const pulls = 5;

type Part = (typeof parts)[number];
const parts = ['first', 'push', 'pull'] as const;

const folder = mkdtempSync(join(tmpdir(), 'sync-'));
const env = { DATA_DIR: join(folder, 'data') };
const recordsFile = join(folder, 'records.json');
/** Which school syncs with which device does not matter to anybody but us: one a run. */
const { small, large } = await makeSchools();

installPeers();
console.log(`Against ${peerVersions()}; their settings stand in tests/bench/peers`);
const pages = {
	ours: await bundleBenchPage(new URL('./sync.page.ts', import.meta.url)),
	rxdb: await bundleBenchPage(peerPage('rxdb'), '/rxdb/'),
	pouchdb: await bundleBenchPage(peerPage('pouchdb'), '/pouchdb/')
};
const endpoint = await startEndpoint({ ...env, PAGES: pages.ours });
const peers = await startPeers({ ...pages, records: recordsFile });
const browser = await launchChromium();

const times = { ours: noTimes(), rxdb: noTimes(), pouchdb: noTimes() };
const lists: number[] = [];
const rows: number[] = [];
for (const [run, school] of small.entries()) {
	const ours = await OurSide.open(browser, endpoint, school);
	const sides = {
		ours,
		rxdb: await PeerSide.open(browser, peers.origin, 'rxdb'),
		pouchdb: await PeerSide.open(browser, peers.origin, 'pouchdb')
	};
	for (const name of ['ours', 'rxdb', 'pouchdb'] as const) {
		const found = await measure(sides[name]);
		console.log(`run ${run}, ${name}: ${told(found)}`);
		await sides[name].close();
		// The first pays for what the browser has not cached.
		if (run === 0) continue;
		for (const part of parts) times[name][part].push(found[part]);
		if (name === 'ours') lists.push(found.list);
	}
	if (run > 0) rows.push(...ours.rows);
}
const ofMany = await OurSide.open(browser, endpoint, large);
await ofMany.firstLoad();
console.log(`${many.records} records: reopened in ${(await ofMany.reopen()).list.toFixed(0)} ms`);
const pullsOfMany = await pullTimes(ofMany, pulls * 2);
await ofMany.close();
await browser.close();
await peers.stop();
await endpoint.stop();
for (const made of [folder, ...Object.values(pages)]) rmSync(made, { recursive: true });

report([
	againstBetter('sync-first-10000', 'first'),
	againstBetter('sync-push-1000', 'push'),
	againstBetter('sync-pull-10', 'pull'),
	figure('sync-reopen', median(lists), 'ms'),
	against('sync-pull-10-of-100000', median(pullsOfMany), median(times.ours.pull), 'ms'),
	against('sync-rows-read', median(ofMany.rows), median(rows), 'rows')
]);

/** Writes the schools into the endpoint's store, and what one of them holds into a file for the peers. */
async function makeSchools(): Promise<{ small: readonly LoadSchool[]; large: LoadSchool }> {
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

function noTimes(): Record<Part, number[]> {
	return { first: [], push: [], pull: [] };
}

type Times = Record<Part | 'list', number>;

async function measure(side: SyncSide): Promise<Times> {
	const loaded = await side.firstLoad();
	const { all, list, records } = await side.reopen();
	if (records < few.records) throw new Error(`Only ${records} records came`);
	const pull = median(await pullTimes(side, pulls));
	return { first: loaded + all, list, pull, push: await side.push(pushed) };
}

async function pullTimes(side: SyncSide, times: number): Promise<number[]> {
	const all: number[] = [];
	for (let time = 0; time < times; time++) all.push(await side.pull(pulled));
	return all;
}

function told({ first, list, pull, push }: Times): string {
	const [loaded, sent, read, listed] = [first, push, pull, list].map((ms) => ms.toFixed(0));
	return `first load ${loaded} ms, ${pushed} sent in ${sent} ms, ${pulled} read in ${read} ms, reopened in ${listed} ms`;
}

function againstBetter(name: string, part: Part) {
	const better = Math.min(median(times.rxdb[part]), median(times.pouchdb[part]));
	return against(name, median(times.ours[part]), better, 'ms');
}

// PouchDB with its newer IndexedDB adapter and express-pouchdb, at its best: batches as large as there
// is work, and checkpoints on the device alone.
import indexedDbAdapter from 'pouchdb-adapter-indexeddb';
import PouchDB from 'pouchdb-browser';

PouchDB.plugin(indexedDbAdapter);

const options = { batch_size: 10_000, batches_limit: 2 };
const pulling = { ...options, checkpoint: 'target' };
const pushing = { ...options, checkpoint: 'source' };
const remote = new PouchDB(new URL('/db/school', location.href).href, { skip_setup: true });
let local;

function openDatabase() {
	local = new PouchDB('school', { adapter: 'indexeddb', revs_limit: 1, auto_compaction: false });
}

export async function firstLoad() {
	const from = performance.now();
	openDatabase();
	await local.replicate.from(remote, pulling);
	return performance.now() - from;
}

export async function reopen() {
	const from = performance.now();
	openDatabase();
	const { rows } = await local.allDocs({ include_docs: true });
	return { all: performance.now() - from, records: rows.length };
}

export async function follow() {
	await local.replicate.from(remote, pulling);
	await local.replicate.to(remote, pushing);
}

export async function changeOffline(count) {
	const { rows } = await local.allDocs({ include_docs: true, limit: count });
	await local.bulkDocs(rows.map(({ doc }) => ({ ...doc, changed: Math.random() })));
}

export async function push(count) {
	const from = performance.now();
	const { docs_written: written } = await local.replicate.to(remote, pushing);
	const ms = performance.now() - from;
	if (written !== count) throw new Error(`${written} arrived`);
	return ms;
}

export async function pull(count) {
	const from = performance.now();
	const { docs_written: written } = await local.replicate.from(remote, pulling);
	const ms = performance.now() - from;
	if (written !== count) throw new Error(`${written} arrived`);
	return ms;
}

// RxDB with its Dexie storage and its HTTP replication, at its best: one collection, no checks of the
// schema, one instance, and a request as large as there is work.
import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';
import { firstValueFrom, Subject, take, toArray } from 'rxjs';

const schema = {
	version: 0,
	primaryKey: 'id',
	type: 'object',
	properties: {
		id: { type: 'string', maxLength: 100 },
		record: { type: 'object', additionalProperties: true }
	},
	required: ['id', 'record']
};

let collection;
let replication;
const resync = new Subject();

async function openDatabase() {
	const database = await createRxDatabase({
		name: 'school',
		storage: getRxStorageDexie(),
		multiInstance: false,
		eventReduce: true
	});
	({ records: collection } = await database.addCollections({ records: { schema } }));
}

function start() {
	replication = replicateRxCollection({
		collection,
		replicationIdentifier: 'bench',
		live: true,
		waitForLeadership: false,
		pull: {
			batchSize: 100_000,
			stream$: resync,
			handler: async (checkpoint, limit) =>
				(await fetch(`/rx/pull?after=${checkpoint?.sequence ?? 0}&limit=${limit}`)).json()
		},
		push: {
			batchSize: 10_000,
			handler: async (rows) =>
				(
					await fetch('/rx/push', {
						method: 'POST',
						headers: { 'content-type': 'application/json' },
						body: JSON.stringify(rows)
					})
				).json()
		}
	});
	replication.error$.subscribe((error) => console.error(error));
}

export async function firstLoad() {
	const from = performance.now();
	await openDatabase();
	start();
	await replication.awaitInitialReplication();
	return performance.now() - from;
}

export async function reopen() {
	const from = performance.now();
	await openDatabase();
	const documents = await collection.find().exec();
	const records = documents.map(({ record }) => record).length;
	return { all: performance.now() - from, records };
}

export async function follow() {
	if (!replication) start();
	await replication.awaitInSync();
}

export async function changeOffline(count) {
	await replication.cancel();
	const found = await collection.find({ limit: count }).exec();
	const changed = found.map((document) => {
		const { id, record } = document.toMutableJSON();
		return { id, record: { ...record, changed: Math.random() } };
	});
	replication = undefined;
	const { error } = await collection.bulkUpsert(changed);
	if (error.length > 0) throw new Error('Not all was changed');
}

export async function push(count) {
	const before = await last();
	const from = performance.now();
	start();
	await replication.awaitInSync();
	const ms = performance.now() - from;
	if ((await last()) !== before + count) throw new Error('Not all of it arrived');
	return ms;
}

export async function pull(count) {
	const arrived = firstValueFrom(collection.$.pipe(take(count), toArray()));
	const from = performance.now();
	resync.next('RESYNC');
	await arrived;
	return performance.now() - from;
}

async function last() {
	return (await fetch('/rx/last')).json();
}

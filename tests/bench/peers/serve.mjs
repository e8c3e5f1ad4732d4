// The servers that the peers sync with, in one process: RxDB's own kind of HTTP endpoint and
// express-pouchdb, both with the same records in memory, and the folders of their pages. node
// serve.mjs RECORDS RXDB POUCHDB
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import express from 'express';
import expressPouchDB from 'express-pouchdb';
import httpAdapter from 'pouchdb-adapter-http';
import memoryAdapter from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import replication from 'pouchdb-replication';

const [recordsFile = '', rxdbPages = '', pouchdbPages = ''] = process.argv.slice(2);
const records = JSON.parse(readFileSync(recordsFile, 'utf8'));
const idOf = ({ kind, id }) => `${kind} ${id}`;

const app = express();
app.use((request, response, next) => {
	response.set('cross-origin-opener-policy', 'same-origin');
	response.set('cross-origin-embedder-policy', 'require-corp');
	next();
});
app.use('/rxdb', express.static(rxdbPages));
app.use('/pouchdb', express.static(pouchdbPages));

serveRxdb();
const stopPouch = await servePouchdb();

const server = app.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.once('disconnect', () => {
	stopPouch();
	process.exit();
});

/** As RxDB's documentation has it: a checkpoint, and all documents in the order of their changes. */
function serveRxdb() {
	/** By id, in order of change. */
	const documents = new Map();
	let last = 0;
	const put = (document) => {
		documents.delete(document.id);
		documents.set(document.id, { sequence: ++last, document });
	};
	for (const record of records) put({ id: idOf(record), record, _deleted: false });
	app.get('/rx/pull', (request, response) => {
		const after = Number(request.query.after);
		const limit = Number(request.query.limit);
		const found = [];
		for (const entry of newestFrom(after)) {
			found.push(entry);
			if (found.length === limit) break;
		}
		const checkpoint = { sequence: found.at(-1)?.sequence ?? after };
		response.json({ documents: found.map(({ document }) => document), checkpoint });
	});
	app.post('/rx/push', express.json({ limit: '50mb' }), (request, response) => {
		const conflicts = [];
		for (const { assumedMasterState, newDocumentState } of request.body) {
			const now = documents.get(newDocumentState.id)?.document;
			if (JSON.stringify(now) === JSON.stringify(assumedMasterState)) put(newDocumentState);
			else conflicts.push(now);
		}
		response.json(conflicts);
	});
	app.post('/change/rxdb', (request, response) => {
		for (const { document } of [...documents.values()].slice(0, Number(request.query.count))) {
			put({ ...document, record: { ...document.record, changed: last } });
		}
		response.end();
	});
	app.get('/rx/last', (request, response) => response.json(last));

	/** Returns what was changed after a checkpoint, without going through all that was not. */
	function newestFrom(after) {
		if (after === 0) return documents.values();
		const newer = [];
		// Every change has a number of its own, so there cannot be more than these.
		for (const entry of [...documents.values()].slice(-Math.max(1, last - after))) {
			if (entry.sequence > after) newer.push(entry);
		}
		return newer;
	}
}

async function servePouchdb() {
	PouchDB.plugin(memoryAdapter).plugin(httpAdapter).plugin(replication);
	const Memory = PouchDB.defaults({ adapter: 'memory' });
	const folder = mkdtempSync(join(tmpdir(), 'express-pouchdb-'));
	const options = {
		mode: 'minimumForPouchDB',
		inMemoryConfig: true,
		logPath: join(folder, 'log.txt')
	};
	// It knows of databases that are made after it.
	app.use('/db', expressPouchDB(Memory, options));
	const database = new Memory('school', { revs_limit: 1 });
	await database.bulkDocs(records.map((record) => ({ _id: idOf(record), record })));
	app.post('/change/pouchdb', async (request, response) => {
		const { rows } = await database.allDocs({ include_docs: true, limit: +request.query.count });
		await database.bulkDocs(rows.map(({ doc }) => ({ ...doc, changed: Date.now() })));
		response.end();
	});
	return () => rmSync(folder, { recursive: true, force: true });
}

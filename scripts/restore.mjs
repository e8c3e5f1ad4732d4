// npm run restore -- FILE: puts a backup in place of the server's SQLite database.
// npm run epoch: tells devices of a database that was restored by other means, as pg_restore.
import process from 'node:process';
import { restore, startNewEpochs } from '../src/lib/server/store/backup.ts';
import { openStore, placeFrom } from '../src/lib/server/store/open-store.ts';
import { fail } from './setup.mjs';

const [from] = process.argv.slice(2);
const place = placeFrom(process.env);

try {
	if (from === '--epoch') await startEpochs();
	else await restoreFile();
} catch (error) {
	fail(error);
}

async function startEpochs() {
	const store = await openStore(place);
	try {
		const schools = await startNewEpochs(store);
		console.log(`${schools} schools: their devices send again what this database does not know.`);
		console.log('Everybody signs in again.');
	} finally {
		await store.close();
	}
}

async function restoreFile() {
	if (!from) throw new Error('Say what: npm run restore -- FILE');
	if (place.kind !== 'file') {
		throw new Error(
			'This server keeps its data in PostgreSQL (DATABASE_URL): restore it with pg_restore, and then run npm run epoch.'
		);
	}
	await restore(from, place.file);
	console.log(`${place.file} is now what ${from} held. Devices send again what it does not know,`);
	console.log('and everybody signs in again.');
}

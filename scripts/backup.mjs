// npm run backup -- FILE: copies the server's SQLite database, also while it is in use.
import process from 'node:process';
import { backUp } from '../src/lib/server/store/backup.ts';
import { placeFrom } from '../src/lib/server/store/open-store.ts';
import { fail } from './setup.mjs';

try {
	const [to] = process.argv.slice(2);
	if (!to) throw new Error('Say where to: npm run backup -- FILE');
	const place = placeFrom(process.env);
	if (place.kind !== 'file') {
		throw new Error(
			'This server keeps its data in PostgreSQL (DATABASE_URL): back it up with pg_dump.'
		);
	}
	await backUp(place.file, to);
	console.log(`${place.file} is copied to ${to}. The server's keys are not in it: keep a copy of`);
	console.log('them elsewhere, for without them nobody can sign in to what is restored.');
} catch (error) {
	fail(error);
}

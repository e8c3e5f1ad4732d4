import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Store } from './database.ts';
import { postgresEngine } from './postgres.ts';
import { sqliteEngine } from './sqlite.ts';
import type { Engine } from './engine.ts';
import { openOver } from './transactions.ts';
import type { CountRows } from './tx-connection.ts';

/** Where a store keeps its data. */
export type Place =
	| { readonly kind: 'memory' }
	| { readonly kind: 'file'; readonly file: string }
	| { readonly kind: 'postgres'; readonly url: string };

/** From `DATABASE_URL`, else a file in `DATA_DIR`, which is `data` in the working folder by default. */
export function placeFrom(env: Readonly<Record<string, string | undefined>>): Place {
	const url = env['DATABASE_URL'];
	if (url) return { kind: 'postgres', url };
	return { kind: 'file', file: join(env['DATA_DIR'] || 'data', 'schoolsleutel.sqlite') };
}

/** Opens the store, making and migrating its tables as needed. */
export function openStore(place: Place, countRows?: CountRows): Promise<Store> {
	return openOver(engineAt(place), countRows);
}

function engineAt(place: Place): Engine {
	switch (place.kind) {
		case 'memory':
			return sqliteEngine(':memory:');
		case 'file':
			mkdirSync(dirname(place.file), { recursive: true, mode: 0o700 });
			return sqliteEngine(place.file);
		case 'postgres':
			return postgresEngine(place.url);
	}
}

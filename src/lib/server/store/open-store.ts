import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Store } from './database.ts';
import { sqliteEngine } from './sqlite.ts';
import { openOver, type CountRows } from './transactions.ts';

/** Where a store keeps its data. */
export type Place = { readonly kind: 'memory' } | { readonly kind: 'file'; readonly file: string };

/** From `DATA_DIR`, or `data` in the working folder. */
export function placeFrom(env: Readonly<Record<string, string | undefined>>): Place {
	return { kind: 'file', file: join(env['DATA_DIR'] || 'data', 'schoolsleutel.sqlite') };
}

/** Opens the store, making and migrating its tables as needed. */
export function openStore(place: Place, countRows?: CountRows): Promise<Store> {
	if (place.kind === 'memory') return openOver(sqliteEngine(':memory:'), countRows);
	mkdirSync(dirname(place.file), { recursive: true, mode: 0o700 });
	return openOver(sqliteEngine(place.file), countRows);
}

import type { AnyRecord, RecordKey } from '#lib/domain/registry/records.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import { scopesOf, type Scope } from '#lib/domain/registry/scopes.ts';
import { chunksOf } from './chunks.ts';
import type { SchoolTx } from './database.ts';
import { recordIn } from './records.ts';

/** The last row that was read, in the order in which changes are read. */
export type ChangePosition = readonly [scope: Scope, version: number, kind: Kind, id: Id];

/** The request of a device; the same for every page but for `position`. */
export interface Wanted {
	/** Every scope that the actor holds, with the version the device has of it; 0 for a new one. */
	readonly scopes: ReadonlyMap<Scope, number>;
	/**
	 * The version that the device has of the school; 0 for an empty device. It may hold a record of a
	 * new scope through another scope that it had, so what was removed since it is told.
	 */
	readonly since: number;
	/** The counter's version when the first page was read. Newer changes come with a later pull. */
	readonly upTo: number;
	/** The `next` of the page before; null for the first. */
	readonly position: ChangePosition | null;
	/** About as many rows and as many characters of records as a page holds. */
	readonly limit: { readonly rows: number; readonly length: number };
}

/** Removes come first. A page may hold nothing and yet not be the last. */
export interface ChangePage {
	readonly removes: readonly RecordKey[];
	readonly puts: readonly AnyRecord[];
	/** Where the next page begins; null after the last. */
	readonly next: ChangePosition | null;
}

interface Row {
	readonly version: number;
	readonly kind: Kind;
	readonly id: Id;
	readonly op: 'put' | 'remove';
	readonly body: string | null;
}

/**
 * Above so many, one statement first asks which scopes have anything new at all. It goes through all
 * that is new in them, so where everything is, a few more are worth not asking.
 */
const fewScopes = { known: 2, new: 16 };

/**
 * A page of what changed in scopes, scope after scope. Reads little more than the rows that it
 * returns: it follows the index from where the device is, whatever the school holds beside.
 */
export async function readChanges(tx: SchoolTx, wanted: Wanted): Promise<ChangePage> {
	const puts = new Map<string, AnyRecord>();
	const removes = new Map<string, RecordKey>();
	const { rows: mostRows, length: mostLength } = wanted.limit;
	let room = { rows: mostRows, length: mostLength };
	for (const scope of await scopesAhead(tx, wanted)) {
		for (const row of await rowsIn(tx, scope, wanted, room.rows)) {
			const { version, kind, id, op, body } = row;
			const record = body === null ? null : recordIn({ body });
			const key = `${kind} ${id}`;
			if (record && op === 'put') puts.set(key, record);
			else if (!record || !isHeld(record, wanted.scopes)) removes.set(key, { kind, id });
			room = { rows: room.rows - 1, length: room.length - (body?.length ?? 0) };
			if (room.rows <= 0 || room.length <= 0) {
				return page(removes, puts, [scope, version, kind, id]);
			}
		}
	}
	return page(removes, puts, null);
}

function page(
	removes: ReadonlyMap<string, RecordKey>,
	puts: ReadonlyMap<string, AnyRecord>,
	next: ChangePosition | null
): ChangePage {
	return { removes: [...removes.values()], puts: [...puts.values()], next };
}

/** It left one scope for another that is held too, whose row may be on another page. */
function isHeld(record: AnyRecord, scopes: ReadonlyMap<Scope, number>): boolean {
	return scopesOf(record).some((scope) => scopes.has(scope));
}

async function scopesAhead(tx: SchoolTx, { scopes, upTo, position }: Wanted): Promise<Scope[]> {
	const ahead = [...scopes.keys()]
		.filter((scope) => (scopes.get(scope) ?? 0) < upTo && (!position || scope >= position[0]))
		.sort();
	const touched = new Set<Scope>();
	const byVersion = Map.groupBy(ahead, (scope) => scopes.get(scope) ?? 0);
	for (const [after, same] of byVersion) {
		if (same.length <= (after === 0 ? fewScopes.new : fewScopes.known)) {
			for (const scope of same) touched.add(scope);
			continue;
		}
		for (const some of chunksOf(same)) {
			const rows = await tx.db
				.selectFrom('change')
				.select('scope')
				.distinct()
				.where('scope', 'in', some)
				.where('version', '>', after)
				.where('version', '<=', upTo)
				.execute();
			for (const { scope } of rows) touched.add(scope);
		}
	}
	return ahead.filter((scope) => touched.has(scope));
}

function rowsIn(
	{ db }: SchoolTx,
	scope: Scope,
	{ scopes, since, upTo, position }: Wanted,
	limit: number
): Promise<Row[]> {
	const after = scopes.get(scope) ?? 0;
	let query = db
		.selectFrom('change as c')
		.leftJoin('record as r', (join) =>
			join.onRef('r.kind', '=', 'c.kind').onRef('r.id', '=', 'c.id')
		)
		.select(['c.version', 'c.kind', 'c.id', 'c.op', 'r.body'])
		.where('c.scope', '=', scope)
		.where('c.version', '<=', upTo)
		.orderBy('c.version')
		.orderBy('c.kind')
		.orderBy('c.id')
		.limit(limit);
	if (after === 0) {
		query = query.where((row) => {
			const put = row('c.op', '=', 'put');
			return since === 0 ? put : row.or([put, row('c.version', '>', since)]);
		});
	}
	if (position?.[0] !== scope) return query.where('c.version', '>', after).execute();
	const [, version, kind, id] = position;
	// The only lower bound: beside another, SQLite would read every page before this one again.
	return query
		.where((row) =>
			row(row.refTuple('c.version', 'c.kind', 'c.id'), '>', row.tuple(version, kind, id))
		)
		.execute();
}

/**
 * Forgets removals made before a moment (180 days ago: design.md 3), the oldest first. A device that
 * has not come as far as the counter's `pruned` since, gets its scopes afresh.
 *
 * @returns how many were forgotten
 */
export async function pruneRemovals(
	{ db, counter }: SchoolTx,
	before: Instant,
	most: number
): Promise<number> {
	const old = db
		.selectFrom('change')
		.where('op', '=', 'remove')
		.where('made_at', '<', before)
		.orderBy('version')
		.orderBy('scope')
		.orderBy('kind')
		.orderBy('id')
		.limit(most);
	const rows = await old.select('version').execute();
	const last = rows.at(-1)?.version;
	if (last === undefined) return 0;
	await db
		.deleteFrom('change')
		.where((row) =>
			row(
				row.refTuple('scope', 'kind', 'id'),
				'in',
				old.select(['scope', 'kind', 'id']).$asTuple('scope', 'kind', 'id')
			)
		)
		.execute();
	await db
		.updateTable('counter')
		.set({ pruned: Math.max(last, counter.pruned) })
		.execute();
	return rows.length;
}

import { bringUp } from '#lib/domain/registry/migrations.ts';
import type { AnyRecord, History, RecordKey } from '#lib/domain/registry/records.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Kind } from '#lib/domain/registry/kinds.ts';
import { chunksOf } from './chunks.ts';
import type { SchoolTx } from './database.ts';

/** Every record that a school's state holds: all but history, which is read when asked for. */
export async function loadRecords({ db }: SchoolTx): Promise<AnyRecord[]> {
	const records: AnyRecord[] = [];
	// On either side of history in the order of the key, so that its rows are not read to be skipped.
	for (const side of ['<', '>'] as const) {
		const rows = await db
			.selectFrom('record')
			.select('body')
			.where('kind', side, 'history')
			.execute();
		for (const row of rows) records.push(recordIn(row));
	}
	return records;
}

/**
 * Returns what was written since a version, but for history: for a process that holds the school in
 * memory. Removes come first; a record may stand among both, and then stays.
 */
export async function recordsNewer(
	{ db }: SchoolTx,
	version: number
): Promise<{ removes: RecordKey[]; puts: AnyRecord[] }> {
	const removes = await db
		.selectFrom('change')
		.select(['kind', 'id'])
		.distinct()
		.where('op', '=', 'remove')
		.where('version', '>', version)
		.where('kind', '<>', 'history')
		.execute();
	const rows = await db
		.selectFrom('record')
		.select('body')
		.where('version', '>', version)
		.where('kind', '<>', 'history')
		.execute();
	return { removes, puts: rows.map(recordIn) };
}

/** These records, as far as they are there, in no particular order. */
export async function readRecords(
	{ db }: SchoolTx,
	keys: readonly RecordKey[]
): Promise<AnyRecord[]> {
	const records: AnyRecord[] = [];
	for (const [kind, ids] of idsByKind(keys)) {
		for (const some of chunksOf(ids)) {
			const rows = await db
				.selectFrom('record')
				.select('body')
				.where('kind', '=', kind)
				.where('id', 'in', some)
				.execute();
			for (const row of rows) records.push(recordIn(row));
		}
	}
	return records;
}

/**
 * Returns what a mutation did, from its uid: the entries' ids begin with it
 * (domain/registry/run.ts).
 */
export async function readHistory({ db }: SchoolTx, uid: Id): Promise<History[]> {
	const rows = await db
		.selectFrom('record')
		.select('body')
		.where('kind', '=', 'history')
		.where('id', '>=', `${uid}-`)
		// The character after the hyphen.
		.where('id', '<', `${uid}.`)
		.execute();
	// The id of another mutation may begin in the same way.
	return rows.map((row) => recordIn(row) as History).filter((entry) => entry.uid === uid);
}

/**
 * Returns who made a mutation, from its uid; null: it left no history. Reads its first entry alone.
 */
export async function readMaker({ db }: SchoolTx, uid: Id): Promise<Id | null> {
	const row = await db
		.selectFrom('record')
		.select('body')
		.where('kind', '=', 'history')
		.where('id', '=', `${uid}-0`)
		.executeTakeFirst();
	return row ? (recordIn(row) as History).actorId : null;
}

export function idsByKind(keys: readonly RecordKey[]): Map<Kind, Id[]> {
	const byKind = new Map<Kind, Id[]>();
	for (const { kind, id } of keys) {
		const ids = byKind.get(kind);
		if (ids) ids.push(id);
		else byKind.set(kind, [id]);
	}
	return byKind;
}

/** The store wrote it itself, in this version or one before. */
export function recordIn({ body }: { readonly body: string }): AnyRecord {
	return bringUp(JSON.parse(body) as AnyRecord);
}

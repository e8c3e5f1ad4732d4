import type { AnyRecord, RecordKey } from '#lib/domain/registry/records.ts';
import type { Instant } from '#lib/domain/kernel/ids.ts';
import { scopesOf } from '#lib/domain/registry/scopes.ts';
import type { Change } from '#lib/domain/registry/state.ts';
import { chunksOf } from './chunks.ts';
import type { SchoolTx } from './database.ts';
import { idsByKind, readRecords } from './records.ts';
import { statement } from './statement.ts';
import type { ChangeTable, RecordTable } from './tables.ts';

/** When a change is made, as the school counts. */
export interface Moment {
	/** Above every version before it; `setVersion` keeps it in the same transaction. */
	readonly version: number;
	readonly at: Instant;
}

/**
 * Writes a change: its records, and for every scope that they had or have, what happened to them
 * there, in place of what happened before. A record that leaves a scope is removed in it. History
 * is only ever added.
 *
 * @param known the records that it replaces, from a caller who has them in memory
 * @throws Error when an entry of the history is there already
 */
export async function writeChange(
	tx: SchoolTx,
	change: Change,
	{ version, at }: Moment,
	known?: readonly AnyRecord[]
): Promise<void> {
	const keys = [...change.puts, ...change.removes];
	const before = known ?? (await readRecords(tx, keys.filter(mayExist)));
	const rows = new Map<string, ChangeTable>();
	const note = (record: AnyRecord, op: ChangeTable['op']) => {
		const { kind, id } = record;
		for (const scope of scopesOf(record)) {
			rows.set(`${scope} ${kind} ${id}`, { scope, kind, id, version, op, made_at: at });
		}
	};
	for (const record of before) note(record, 'remove');
	for (const record of change.puts) note(record, 'put');
	const records = change.puts.map((record) => {
		const { kind, id } = record;
		return { kind, id, version, body: JSON.stringify(record) };
	});
	const isHistory = ({ kind }: RecordTable) => kind === 'history';
	await tx.insertEach(
		putRecord,
		records.filter((row) => !isHistory(row))
	);
	await tx.insertEach(addRecord, records.filter(isHistory));
	await removeRecords(tx, change.removes);
	await tx.insertEach(putChange, [...rows.values()]);
}

/** Keeps how far the school has come; once a transaction is enough. */
export async function setVersion({ db }: SchoolTx, version: number): Promise<void> {
	await db.updateTable('counter').set({ version }).execute();
}

/** History is only ever added, so there is nothing before it. */
function mayExist({ kind }: RecordKey): boolean {
	return kind !== 'history';
}

const addRecord = statement((db, { kind, id, version, body }: RecordTable) =>
	db.insertInto('record').values({ kind, id, version, body })
);

const putRecord = statement((db, { kind, id, version, body }: RecordTable) =>
	db
		.insertInto('record')
		.values({ kind, id, version, body })
		.onConflict((conflict) =>
			conflict.columns(['kind', 'id']).doUpdateSet((row) => ({
				version: row.ref('excluded.version'),
				body: row.ref('excluded.body')
			}))
		)
);

async function removeRecords({ db }: SchoolTx, keys: readonly RecordKey[]) {
	for (const [kind, ids] of idsByKind(keys)) {
		for (const some of chunksOf(ids)) {
			await db.deleteFrom('record').where('kind', '=', kind).where('id', 'in', some).execute();
		}
	}
}

const putChange = statement((db, { scope, kind, id, version, op, made_at }: ChangeTable) =>
	db
		.insertInto('change')
		.values({ scope, kind, id, version, op, made_at })
		.onConflict((conflict) =>
			conflict.columns(['scope', 'kind', 'id']).doUpdateSet((row) => ({
				version: row.ref('excluded.version'),
				op: row.ref('excluded.op'),
				made_at: row.ref('excluded.made_at')
			}))
		)
);

import type { History, Id, Instant } from '#lib/domain/records.ts';
import type { Scope } from '#lib/domain/scopes.ts';
import type { StateReader } from '#lib/domain/state/school-state.ts';
import { chunksOf } from '../store/chunks.ts';
import type { SchoolTx } from '../store/database.ts';
import { readHistory, readRecords } from '../store/records.ts';

/**
 * History is not in memory; an undo reads what it needs. It is found by its mutation's uid, with
 * which its ids begin, and by its subject through a scope that nobody holds.
 */
function subjectScope(id: Id): Scope {
	return `history/${id}`;
}

/** Makes new entries findable by their subject. */
export async function indexHistory(
	{ db }: SchoolTx,
	entries: readonly History[],
	{ version, at }: { readonly version: number; readonly at: Instant }
): Promise<void> {
	for (const some of chunksOf(entries)) {
		const rows = some.map(({ kind, id, subjectId }) => ({
			scope: subjectScope(subjectId),
			kind,
			id,
			version,
			op: 'put' as const,
			made_at: at
		}));
		await db
			.insertInto('change')
			.values(rows)
			// A part of a school that moves in may come twice.
			.onConflict((conflict) => conflict.columns(['scope', 'kind', 'id']).doNothing())
			.execute();
	}
}

/**
 * The entries that undoing these mutations reads: their own, and all those of their subjects, which
 * say whether something overtook them.
 */
export async function historyForUndo(
	tx: SchoolTx,
	state: StateReader,
	uids: Iterable<Id>
): Promise<readonly History[]> {
	const found = new Map<Id, History>();
	const subjects = new Set<Id>();
	for (const uid of new Set(uids)) {
		for (const entry of await readHistory(tx, uid)) subjects.add(entry.subjectId);
	}
	for (const entry of await entriesOf(tx, [...subjects])) found.set(entry.id, entry);
	const accounts = [...subjects].filter((id) => state.get('account', id));
	for (const entry of await entriesBy(tx, accounts)) found.set(entry.id, entry);
	return [...found.values()];
}

async function entriesOf(tx: SchoolTx, subjects: readonly Id[]): Promise<readonly History[]> {
	const keys: { kind: 'history'; id: Id }[] = [];
	for (const some of chunksOf(subjects)) {
		const rows = await tx.db
			.selectFrom('change')
			.select('id')
			.where('scope', 'in', some.map(subjectScope))
			.where('kind', '=', 'history')
			.execute();
		for (const { id } of rows) keys.push({ kind: 'history', id });
	}
	return (await readRecords(tx, keys)) as readonly History[];
}

/**
 * One entry of each account that did anything: such an account's making can't be undone. Reads all
 * of the history, and only for the undo of something about an account.
 */
async function entriesBy({ db }: SchoolTx, accounts: readonly Id[]): Promise<readonly History[]> {
	const entries: History[] = [];
	for (const id of accounts) {
		const row = await db
			.selectFrom('record')
			.select('body')
			.where('kind', '=', 'history')
			.where('body', 'like', `%"actorId":${JSON.stringify(id)}%`)
			.limit(1)
			.executeTakeFirst();
		if (row) entries.push(JSON.parse(row.body) as History);
	}
	return entries;
}

import type { History } from '#lib/domain/registry/records.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { ownScopes, scopesOf, type Scope } from '#lib/domain/registry/scopes.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { chunksOf } from '../store/chunks.ts';
import type { SchoolTx } from '../store/database.ts';
import { readHistory, readRecords, recordIn } from '../store/records.ts';
import { statement } from '../store/statement.ts';
import type { ChangeTable } from '../store/tables.ts';

/**
 * History is not in memory; an undo reads what it needs. It is found by its mutation's uid, with
 * which its ids begin, and by its subject: through the scopes that are the subject's own, and where
 * an entry has none of those, through one that nobody holds.
 */
function subjectScope(id: Id): Scope {
	return `history/${id}`;
}

/** Makes new entries findable by their subject. */
export async function indexHistory(
	tx: SchoolTx,
	entries: readonly History[],
	{ version, at }: { readonly version: number; readonly at: Instant }
): Promise<void> {
	const rows = entries
		.filter((entry) => !hasOwnScope(entry))
		.map(({ kind, id, subjectId }) => {
			return { scope: subjectScope(subjectId), kind, id, version, op: 'put', made_at: at } as const;
		});
	await tx.insertEach(addOnce, rows);
}

function hasOwnScope(entry: History): boolean {
	const own = ownScopes(entry.subjectId);
	return scopesOf(entry).some((scope) => own.includes(scope));
}

/** A part of a school that moves in may come twice. */
const addOnce = statement((db, { scope, kind, id, version, op, made_at }: ChangeTable) =>
	db
		.insertInto('change')
		.values({ scope, kind, id, version, op, made_at })
		.onConflict((conflict) => conflict.columns(['scope', 'kind', 'id']).doNothing())
);

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
	const scopes = subjects.flatMap((id) => [subjectScope(id), ...ownScopes(id)]);
	for (const some of chunksOf(scopes)) {
		const rows = await tx.db
			.selectFrom('change')
			.select('id')
			.where('scope', 'in', some)
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
		if (row) entries.push(recordIn(row) as History);
	}
	return entries;
}

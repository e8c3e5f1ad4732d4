import type { ExpressionBuilder } from 'kysely';
import { newId } from '#lib/crypto/random.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { OutsideTx, SchoolTx } from './database.ts';
import type { DueTable, OutsideTables } from './tables.ts';

/** Work that was claimed, until its lease ends. */
export interface DueWork {
	readonly id: Id;
	readonly kind: string;
	readonly school: Id | null;
	/** Plain JSON. */
	readonly body: unknown;
	/** 1 the first time. */
	readonly attempts: number;
}

/** Adds work of a school in the school's own transaction: done only if that is. */
export async function addDue(
	{ db }: SchoolTx,
	{ kind, body, at }: { readonly kind: string; readonly body: unknown; readonly at: Instant }
): Promise<Id> {
	const id = newId();
	const row = { id, kind, at, body: JSON.stringify(body), lease_until: null, attempts: 0 };
	await db.insertInto('due').values(row).execute();
	return id;
}

/** Claims what is due and what another process claimed but did not finish in time. */
export async function claimDue(
	{ db }: OutsideTx,
	claim: {
		readonly kinds: readonly string[];
		readonly now: Instant;
		readonly leaseUntil: Instant;
		readonly limit: number;
	}
): Promise<DueWork[]> {
	const { kinds, now, leaseUntil, limit } = claim;
	const isFree = (row: ExpressionBuilder<OutsideTables, 'due'>) =>
		row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]);
	const rows = await db
		.updateTable('due')
		.set((row) => ({ lease_until: leaseUntil, attempts: row('attempts', '+', 1) }))
		.where('id', 'in', (outer) =>
			outer
				.selectFrom('due')
				.select('id')
				.where('kind', 'in', kinds)
				.where('at', '<=', now)
				.where(isFree)
				.orderBy('at')
				.limit(limit)
		)
		// Once more: another process may have claimed a row while this one waited for it.
		.where(isFree)
		.returningAll()
		.execute();
	return rows.map(workIn);
}

/**
 * Marks work as done. Returns false when the lease ended and somebody else has claimed it since.
 */
export async function finishDue({ db }: OutsideTx, work: DueWork): Promise<boolean> {
	const { numDeletedRows } = await db
		.deleteFrom('due')
		.where('id', '=', work.id)
		.where('attempts', '=', work.attempts)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}

/** Done, until a moment at which it is to be done again. */
export async function repeatDue({ db }: OutsideTx, work: DueWork, at: Instant): Promise<void> {
	await db
		.updateTable('due')
		.set({ at, lease_until: null, attempts: 0 })
		.where('id', '=', work.id)
		.where('attempts', '=', work.attempts)
		.execute();
}

/** Not done: to be tried again at a moment. */
export async function retryDue({ db }: OutsideTx, work: DueWork, at: Instant): Promise<void> {
	await db
		.updateTable('due')
		.set({ at, lease_until: null })
		.where('id', '=', work.id)
		.where('attempts', '=', work.attempts)
		.execute();
}

function workIn({ id, kind, school, body, attempts }: DueTable): DueWork {
	return { id, kind, school, body: JSON.parse(body) as unknown, attempts };
}

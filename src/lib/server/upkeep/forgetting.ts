import { setImmediate as nextTurn } from 'node:timers/promises';
import { systemActor } from '#lib/domain/credentials/actor-ids.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { longestRemembered } from '../session/sessions.ts';
import type { SchoolTx, Store } from '../store/database.ts';
import { pruneRemovals } from '../store/read-changes.ts';
import { forgetErasedPayloads, markOldErased, mostMarked } from '../audit/erasing.ts';
import { lastPasswordUndoBefore, longestWaitBefore } from '../sync/school-day.ts';
import { forgetReplacedSecrets } from '../sync/secret-table.ts';

/** Rows that one transaction takes: whoever wants to write meanwhile waits for it. */
export const mostRows = 1_000;

/** Forgets some, and returns how many rows went. */
type Slice = (tx: SchoolTx, most: number) => Promise<number>;

const day = 86_400_000;
/** Links work no longer than a day; what became of them is kept for who says *Dit ben ik niet*. */
const keepLinksDays = 30;

/**
 * Forgets what is old in one school (docs/limits.md), in transactions of at most `mostRows` rows, and
 * never in a request.
 *
 * @param auditDays after how many days what was asked goes out of the audit log
 */
export async function forgetOld(
	store: Store,
	school: Id,
	{ now, auditDays }: { readonly now: Date; readonly auditDays: number }
): Promise<void> {
	const daysAgo = (days: number): Instant => new Date(now.getTime() - days * day).toISOString();
	const waited = longestWaitBefore(now);
	const forget = (slice: Slice) => inSlices(store, school, slice);
	await forget((tx, most) => pruneRemovals(tx, waited, most));
	await forget((tx, most) => stampRefusals(tx, now.toISOString(), most));
	await forget((tx, most) => forgetRefusals(tx, waited, most));
	await forgetReplacedSecrets(store, school, {
		before: lastPasswordUndoBefore(now),
		most: mostRows
	});
	await forget((tx, most) => forgetSessions(tx, longestRemembered(now), most));
	await forget((tx, most) => forgetLinks(tx, daysAgo(keepLinksDays), most));
	await forget((tx, most) => forgetQuotas(tx, now.toISOString(), most));
	const erasing = { before: daysAgo(auditDays), at: now.toISOString(), actorId: systemActor.id };
	for (let more = true; more;) {
		const range = await store.write(school, (tx) => markOldErased(tx, erasing));
		if (range) await forget((tx, most) => forgetErasedPayloads(tx, range, most));
		more = range !== null && range.to - range.from + 1 >= mostMarked;
	}
}

async function inSlices(store: Store, school: Id, slice: Slice): Promise<void> {
	let rows: number;
	do {
		rows = await store.write(school, (tx) => slice(tx, mostRows));
		await nextTurn();
	} while (rows >= mostRows);
}

/** Dates refusals that an older version wrote, which served beside this one, without saying when. */
async function stampRefusals({ db }: SchoolTx, at: Instant, most: number): Promise<number> {
	const { numUpdatedRows } = await db
		.updateTable('outcome')
		.set({ refused_at: at })
		.where('uid', 'in', (outer) =>
			outer
				.selectFrom('outcome')
				.select('uid')
				.where('refusal', 'is not', null)
				.where('refused_at', 'is', null)
				.limit(most)
		)
		.executeTakeFirst();
	return Number(numUpdatedRows);
}

/** Forgets why mutations were refused; that they were, stays with their uids. */
async function forgetRefusals({ db }: SchoolTx, before: Instant, most: number): Promise<number> {
	const { numUpdatedRows } = await db
		.updateTable('outcome')
		.set({ refusal: null, refused_at: null })
		.where('uid', 'in', (outer) =>
			outer
				.selectFrom('outcome')
				.select('uid')
				.where('refusal', 'is not', null)
				.where('refused_at', '<', before)
				.limit(most)
		)
		.executeTakeFirst();
	return Number(numUpdatedRows);
}

/** Forgets sessions that ended, and those that nobody used any more. */
async function forgetSessions({ db }: SchoolTx, before: Instant, most: number): Promise<number> {
	const { numDeletedRows } = await db
		.deleteFrom('session')
		.where('token_hash', 'in', (outer) =>
			outer
				.selectFrom('session')
				.select('token_hash')
				.where((row) => row.or([row('ended_at', '<', before), row('expires_at', '<', before)]))
				.limit(most)
		)
		.executeTakeFirst();
	return Number(numDeletedRows);
}

async function forgetLinks({ db }: SchoolTx, before: Instant, most: number): Promise<number> {
	const { numDeletedRows } = await db
		.deleteFrom('reset')
		.where('token_hash', 'in', (outer) =>
			outer.selectFrom('reset').select('token_hash').where('made_at', '<', before).limit(most)
		)
		.executeTakeFirst();
	return Number(numDeletedRows);
}

/** Forgets empty buckets, which are as none. */
async function forgetQuotas({ db }: SchoolTx, now: Instant, most: number): Promise<number> {
	const { numDeletedRows } = await db
		.deleteFrom('quota')
		.where('account', 'in', (outer) =>
			outer
				.selectFrom('quota')
				.select('account')
				.where('mutations_until', '<', now)
				.where('bytes_until', '<', now)
				.limit(most)
		)
		.executeTakeFirst();
	return Number(numDeletedRows);
}

import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { AuditBody } from '#lib/protocol/audit.ts';
import type { SchoolTx } from '../store/database.ts';
import type { RefusalCounts } from '../store/quota.ts';
import { appendAudit } from './audit.ts';

/** Work for later: what was refused in an hour goes into the audit log. */
export const refusalsKind = 'refusals';

const hour = 3_600_000;

/** Keeps what was refused, and has it written into the audit log in an hour, with what follows. */
export async function planRefusals(tx: SchoolTx, refused: RefusalCounts, now: Date): Promise<void> {
	if (refused.isEmpty) return;
	await refused.write(tx, now.toISOString());
	await tx.db
		.insertInto('due')
		.values({
			id: planId(tx),
			kind: refusalsKind,
			at: new Date(now.getTime() + hour).toISOString(),
			body: 'null',
			lease_until: null,
			attempts: 0
		})
		.onConflict((conflict) => conflict.doNothing())
		.execute();
}

/** A school has one plan at a time. */
function planId({ school }: SchoolTx): Id {
	return `${refusalsKind} ${school}`;
}

/** Accounts whose counts one transaction writes. */
const mostAccounts = 500;

/**
 * Writes one entry for each account that was refused anything, and forgets the counts. The plan goes
 * in the same transaction, or what is refused meanwhile would have none.
 */
export async function logRefusals(tx: SchoolTx, now: Date): Promise<{ readonly more: boolean }> {
	const { db } = tx;
	const accounts = await db
		.selectFrom('refused')
		.select('account')
		.distinct()
		.orderBy('account')
		.limit(mostAccounts)
		.execute();
	const ids = accounts.map(({ account }) => account);
	const more = ids.length === mostAccounts;
	if (ids.length > 0) {
		const rows = await db
			.selectFrom('refused')
			.select(['account', 'code', 'count', 'since'])
			.where('account', 'in', ids)
			.orderBy('account')
			.orderBy('code')
			.execute();
		const at = now.toISOString();
		const byAccount = Map.groupBy(rows, ({ account }) => account);
		await appendAudit(
			tx,
			[...byAccount].map(([actorId, counted]) => ({
				body: refusedBody(at, actorId, counted),
				payload: null
			}))
		);
		await db.deleteFrom('refused').where('account', 'in', ids).execute();
	}
	if (!more) await db.deleteFrom('due').where('id', '=', planId(tx)).execute();
	return { more };
}

function refusedBody(
	at: Instant,
	actorId: Id,
	counted: readonly { readonly code: string; readonly count: number; readonly since: Instant }[]
): AuditBody {
	const from = counted
		.map(({ since }) => since)
		.reduce((one, other) => (one < other ? one : other));
	const counts = Object.fromEntries(counted.map(({ code, count }) => [code, count]));
	return { what: 'refused', at, actorId, from, counts };
}

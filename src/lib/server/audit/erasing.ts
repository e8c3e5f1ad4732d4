import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { AuditBody } from '#lib/protocol/audit.ts';
import type { SchoolTx } from '../store/database.ts';
import { statement } from '../store/statement.ts';
import { appendAudit } from './audit.ts';

/** Entries by their place in the chain, both ends with it. */
export interface Range {
	readonly from: number;
	readonly to: number;
}

/** Entries that one transaction marks: whoever wants to write meanwhile waits for it. */
export const mostMarked = 10_000;
const bodiesAtOnce = 1_000;

/**
 * Says in the chain that the payloads of all entries before a moment are erased, as one entry; they
 * can go after that, whenever. No more than `mostMarked` at a time. null: there are none.
 */
export async function markOldErased(
	tx: SchoolTx,
	{ before, at, actorId }: { readonly before: Instant; readonly at: Instant; readonly actorId: Id }
): Promise<Range | null> {
	const [first] = await tx.run(firstPayload, {});
	const [last] = await tx.run(lastPayload, {});
	if (!first || !last) return null;
	const from = first.seq;
	const to = await lastBefore(tx, before, { from, to: Math.min(last.seq, from + mostMarked - 1) });
	if (to < from) return null;
	await appendAudit(tx, [{ body: { what: 'erased', at, actorId, seq: from, to }, payload: null }]);
	return { from, to };
}

/** Takes away some of a range's payloads, the oldest first, and returns how many. */
export async function forgetErasedPayloads(
	{ db }: SchoolTx,
	{ from, to }: Range,
	most: number
): Promise<number> {
	const { numDeletedRows } = await db
		.deleteFrom('audit_payload')
		.where('seq', 'in', (outer) =>
			outer
				.selectFrom('audit_payload')
				.select('seq')
				.where('seq', '>=', from)
				.where('seq', '<=', to)
				.orderBy('seq')
				.limit(most)
		)
		.executeTakeFirst();
	return Number(numDeletedRows);
}

/**
 * The last entry from a place on before which all are so old. One after the other: of a clock that was
 * wrong for a moment, an entry bears a moment long ago, and what stands before it is not old for that.
 * Less than `from`: none is so old.
 */
async function lastBefore(tx: SchoolTx, before: Instant, { from, to }: Range): Promise<number> {
	let last = from - 1;
	while (last < to) {
		const rows = await tx.run(bodiesAfter, { seq: last, to });
		for (const { seq, body } of rows) {
			if (seq !== last + 1 || (JSON.parse(body) as AuditBody).at >= before) return last;
			last = seq;
		}
		if (rows.length === 0) return last;
	}
	return last;
}

const firstPayload = statement((db) =>
	db.selectFrom('audit_payload').select('seq').orderBy('seq').limit(1)
);
const lastPayload = statement((db) =>
	db.selectFrom('audit_payload').select('seq').orderBy('seq', 'desc').limit(1)
);
const bodiesAfter = statement((db, { seq, to }: { readonly seq: number; readonly to: number }) =>
	db
		.selectFrom('audit')
		.select(['seq', 'body'])
		.where('seq', '>', seq)
		.where('seq', '<=', to)
		.orderBy('seq')
		.limit(bodiesAtOnce)
);

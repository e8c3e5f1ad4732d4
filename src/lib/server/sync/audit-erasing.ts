import type { Id, Instant } from '#lib/domain/records.ts';
import type { AuditBody } from '#lib/protocol/audit.ts';
import type { SchoolTx } from '../store/database.ts';
import { statement } from '../store/statement.ts';
import { appendAudit } from './audit.ts';

/** Entries by their place in the chain, both ends with it. */
export interface Range {
	readonly from: number;
	readonly to: number;
}

/**
 * Says in the chain that the payloads of all entries before a moment are erased, as one entry; they
 * can go after that, whenever. null: there are none.
 */
export async function markOldErased(
	tx: SchoolTx,
	{ before, at, actorId }: { readonly before: Instant; readonly at: Instant; readonly actorId: Id }
): Promise<Range | null> {
	const [first] = await tx.run(firstPayload, {});
	const [last] = await tx.run(lastPayload, {});
	if (!first || !last) return null;
	const from = first.seq;
	const to = await lastBefore(tx, before, { from, to: last.seq });
	if (to < from) return null;
	await appendAudit(tx, [{ body: { what: 'erased', at, actorId, seq: from, to }, payload: null }]);
	return { from, to };
}

/** Takes away some of a range's payloads, the oldest first; answers how many. */
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

/** Entries stand in the order in which they were made: by halves. Less than `from`: none is so old. */
async function lastBefore(tx: SchoolTx, before: Instant, { from, to }: Range): Promise<number> {
	let [low, high] = [from - 1, to];
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		const [row] = await tx.run(bodyAt, { seq: middle });
		if (row && (JSON.parse(row.body) as AuditBody).at < before) low = middle;
		else high = middle - 1;
	}
	return low;
}

const firstPayload = statement((db) =>
	db.selectFrom('audit_payload').select('seq').orderBy('seq').limit(1)
);
const lastPayload = statement((db) =>
	db.selectFrom('audit_payload').select('seq').orderBy('seq', 'desc').limit(1)
);
const bodyAt = statement((db, { seq }: { readonly seq: number }) =>
	db.selectFrom('audit').select('body').where('seq', '=', seq)
);

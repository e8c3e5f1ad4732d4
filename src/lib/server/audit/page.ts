import { askedAbout } from '#lib/domain/registry/asked-about.ts';
import {
	auditPage,
	markOf,
	parseAuditBody,
	type AuditLine,
	type AuditPage
} from '#lib/protocol/audit.ts';
import type { SchoolTx } from '../store/database.ts';

/**
 * Entries of the audit log, the newest first, as they are kept: what somebody changed is shown too,
 * and `verifyAudit` finds it.
 * @param before the entry to go on from; null: the newest
 */
export async function readAuditPage({ db }: SchoolTx, before: number | null): Promise<AuditPage> {
	const rows = await db
		.selectFrom('audit as a')
		.leftJoin('audit_payload as p', (join) => join.onRef('p.seq', '=', 'a.seq'))
		.select(['a.seq', 'a.body', 'a.hash', 'p.payload'])
		.$if(before !== null, (query) => query.where('a.seq', '<', before))
		.orderBy('a.seq', 'desc')
		.limit(auditPage + 1)
		.execute();
	return { lines: rows.slice(0, auditPage).map(lineOf), more: rows.length > auditPage };
}

function lineOf(row: {
	readonly seq: number;
	readonly body: string;
	readonly hash: string;
	readonly payload: string | null;
}): AuditLine {
	const { seq, hash, payload } = row;
	const body = parseAuditBody(jsonOf(row.body));
	const asked = body?.what === 'mutation' && payload !== null;
	return {
		seq,
		body,
		subject: asked ? askedAbout(body.mutation, jsonOf(payload)) : null,
		erased: payload === null,
		mark: markOf(hash)
	};
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

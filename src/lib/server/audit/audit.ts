import { hash, randomBytes } from 'node:crypto';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { AuditBody } from '#lib/protocol/audit.ts';
import type { SchoolTx } from '../store/database.ts';
import { statement } from '../store/statement.ts';
import type { AuditPayloadTable, AuditTable } from '../store/tables.ts';

/**
 * Of the audit log (design.md 5): a chain of entries in which each holds the hash of the one before, so
 * that none can be changed, left out or put in without all that follow. An entry names ids only. What
 * was asked lies beside the chain, which holds a salted commitment to it; it can be erased, and the
 * chain still holds.
 */
export interface AuditEntry {
	readonly body: AuditBody;
	/** Plain JSON. */
	readonly payload: unknown;
}

/** What the first entry holds of the one before it. */
export const genesis = '';
/** Bytes. */
const saltLength = 16;

/** Adds entries to the chain, in the transaction of what they tell of. */
export async function appendAudit(tx: SchoolTx, entries: readonly AuditEntry[]): Promise<void> {
	if (entries.length === 0) return;
	const last = await tx.db
		.selectFrom('audit')
		.select(['seq', 'hash'])
		.orderBy('seq', 'desc')
		.limit(1)
		.executeTakeFirst();
	let { seq, hash: previous } = last ?? { seq: 0, hash: genesis };
	const salts = randomBytes(entries.length * saltLength);
	const links = entries.map(({ body: about, payload: asked }, at) => {
		const body = JSON.stringify(about);
		const payload = JSON.stringify(asked);
		const salt = salts.toString('base64url', at * saltLength, (at + 1) * saltLength);
		const commitment = commitmentTo(payload, salt);
		const link = { seq: ++seq, body, commitment, previous };
		previous = linkHash(link);
		return { link: { ...link, hash: previous }, beside: { seq, payload, salt } };
	});
	await tx.insertEach(
		addLink,
		links.map(({ link }) => link)
	);
	await tx.insertEach(
		addBeside,
		links.map(({ beside }) => beside)
	);
}

const addLink = statement((db, { seq, body, commitment, previous, hash }: AuditTable) =>
	db.insertInto('audit').values({ seq, body, commitment, previous, hash })
);

const addBeside = statement((db, { seq, payload, salt }: AuditPayloadTable) =>
	db.insertInto('audit_payload').values({ seq, payload, salt })
);

/** Erases what an entry commits to, and says so in the chain. */
export async function eraseAuditPayload(
	tx: SchoolTx,
	seq: number,
	{ actorId, at }: { readonly actorId: Id; readonly at: Instant }
): Promise<void> {
	await tx.db.deleteFrom('audit_payload').where('seq', '=', seq).execute();
	await appendAudit(tx, [{ body: { what: 'erased', at, actorId, seq }, payload: null }]);
}

/** What an entry holds of its payload. */
export function commitmentTo(payload: string, salt: string): string {
	return digest(salt, payload);
}

/** What an entry's hash is, and the next one holds. */
export function linkHash({
	seq,
	body,
	commitment,
	previous
}: Pick<AuditTable, 'seq' | 'body' | 'commitment' | 'previous'>): string {
	return digest(previous, String(seq), commitment, body);
}

/** SHA-256 in base64url. A line apart, so that no two lists of parts read the same. */
function digest(...parts: readonly string[]): string {
	return hash('sha256', parts.join('\n'), 'base64url');
}

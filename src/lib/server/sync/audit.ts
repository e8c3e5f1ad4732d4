import { hash, randomBytes } from 'node:crypto';
import type { Id, Instant } from '#lib/domain/records.ts';
import type { AuditBody, AuditFault, AuditVerdict } from '#lib/protocol/audit.ts';
import type { SchoolTx, Store } from '../store/database.ts';
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

const genesis = '';
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
		const commitment = digest(salt, payload);
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

/** With their payloads, of a quarter of a megabyte at most. */
const linksAtOnce = 200;

/** Goes along the whole chain of a school, a piece at a time. */
export async function verifyAudit(store: Store, school: Id): Promise<AuditVerdict> {
	let entries = 0;
	let since: Instant | null = null;
	let lastHash = genesis;
	const lacking = new Set<number>();
	for (;;) {
		const links = await store.read(school, (tx) => linksAfter(tx, entries));
		for (const link of links) {
			const fault = faultOf(link, entries + 1, lastHash);
			if (fault) return { entries, since, lastHash, fault: { seq: entries + 1, fault } };
			if (link.payload === null) lacking.add(link.seq);
			const body = JSON.parse(link.body) as AuditBody;
			since ??= body.at;
			if (body.what === 'erased') lacking.delete(body.seq);
			entries++;
			lastHash = link.hash;
		}
		if (links.length < linksAtOnce) break;
	}
	const [seq] = lacking;
	const fault = seq === undefined ? null : { seq, fault: 'payloadMissing' as const };
	return { entries, since, lastHash, fault };
}

type Link = Awaited<ReturnType<typeof linksAfter>>[number];

function linksAfter({ db }: SchoolTx, seq: number) {
	return db
		.selectFrom('audit as a')
		.leftJoin('audit_payload as p', (join) => join.onRef('p.seq', '=', 'a.seq'))
		.select(['a.seq', 'a.body', 'a.commitment', 'a.previous', 'a.hash', 'p.payload', 'p.salt'])
		.where('a.seq', '>', seq)
		.orderBy('a.seq')
		.limit(linksAtOnce)
		.execute();
}

function faultOf(link: Link, seq: number, lastHash: string): AuditFault | null {
	if (link.seq !== seq) return 'missing';
	if (link.previous !== lastHash || link.hash !== linkHash(link)) return 'broken';
	const { payload, salt } = link;
	if (payload === null || salt === null) return null;
	return digest(salt, payload) === link.commitment ? null : 'payloadChanged';
}

function linkHash(link: Pick<Link, 'seq' | 'body' | 'commitment' | 'previous'>): string {
	return digest(link.previous, String(link.seq), link.commitment, link.body);
}

/** SHA-256 in base64url. A line apart, so that no two lists of parts read the same. */
function digest(...parts: readonly string[]): string {
	return hash('sha256', parts.join('\n'), 'base64url');
}

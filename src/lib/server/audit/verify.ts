import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { AuditBody, AuditFault, AuditVerdict } from '#lib/protocol/audit.ts';
import type { SchoolTx, Store } from '../store/database.ts';
import { statement } from '../store/statement.ts';
import type { AuditTable } from '../store/tables.ts';
import { commitmentTo, genesis, linkHash } from './audit.ts';
import { Lacking } from './lacking.ts';

/** Entries of one turn of the event loop: some milliseconds of work, so that nobody notices. */
const linksAtOnce = 100;
/** Bytes of payloads of one turn; a payload has a quarter of a megabyte at most. */
const payloadsAtOnce = 512 * 1024;

export interface Verifying {
	/** Told after each piece: so many of all entries hold. */
	readonly onProgress?: (checked: number, all: number) => void;
	/** Nobody waits for it any more: it throws the signal's reason. */
	readonly signal?: AbortSignal;
}

/**
 * Goes along the whole chain of a school, a piece a turn of the event loop. It takes as much memory for
 * a long chain as for a short one, but for a bit an entry whose payload is gone.
 */
export async function verifyAudit(
	store: Store,
	school: Id,
	{ onProgress, signal }: Verifying = {}
): Promise<AuditVerdict> {
	const chain = new Chain();
	for (let more = true; more && !chain.fault;) {
		// A database within the process answers without ever giving way.
		await nextTurn();
		signal?.throwIfAborted();
		const { entries } = chain;
		const { all, links, payloads } = await store.read(school, async (tx) => ({
			all: onProgress ? await lengthOf(tx) : 0,
			...(await pieceAfter(tx, entries))
		}));
		chain.takeAll(links, payloads);
		if (links.length > 0) onProgress?.(chain.entries, all);
		// To the very end: an entry that came meanwhile may say that a payload was erased.
		more = links.length > 0;
	}
	return chain.verdict;
}

interface Link extends AuditTable {
	/** null: what was asked is gone, and so is its size. */
	readonly salt: string | null;
	/** Of its payload, in bytes. */
	readonly size: number | null;
}

const linksAfter = statement((db, { seq }: { readonly seq: number }) =>
	db
		.selectFrom('audit as a')
		.leftJoin('audit_payload as p', (join) => join.onRef('p.seq', '=', 'a.seq'))
		.select(['a.seq', 'a.body', 'a.commitment', 'a.previous', 'a.hash', 'p.salt'])
		.select(({ fn }) => fn<number | null>('octet_length', ['p.payload']).as('size'))
		.where('a.seq', '>', seq)
		.orderBy('a.seq')
		.limit(linksAtOnce)
);

const payloadsOf = statement((db, { from, to }: { readonly from: number; readonly to: number }) =>
	db
		.selectFrom('audit_payload')
		.select(['seq', 'payload'])
		.where('seq', '>=', from)
		.where('seq', '<=', to)
		.orderBy('seq')
		// Where entries were taken out, any number of payloads may be left between two.
		.limit(linksAtOnce)
);

const lastSeq = statement((db) =>
	db.selectFrom('audit').select('seq').orderBy('seq', 'desc').limit(1)
);

async function lengthOf(tx: SchoolTx): Promise<number> {
	const [last] = await tx.run(lastSeq, {});
	return last?.seq ?? 0;
}

interface Piece {
	readonly links: readonly Link[];
	readonly payloads: ReadonlyMap<number, string>;
}

/** What comes after an entry, as far as its payloads are no more than is read at once. */
async function pieceAfter(tx: SchoolTx, seq: number): Promise<Piece> {
	const links = upToSize(await tx.run(linksAfter, { seq }));
	const range = { from: links[0]?.seq ?? 0, to: links.at(-1)?.seq ?? 0 };
	const rows = links.length > 0 ? await tx.run(payloadsOf, range) : [];
	return { links, payloads: new Map(rows.map((row) => [row.seq, row.payload])) };
}

function upToSize(links: readonly Link[]): readonly Link[] {
	let size = 0;
	const end = links.findIndex(({ size: own }) => (size += own ?? 0) > payloadsAtOnce);
	return end === -1 ? links : links.slice(0, end + 1);
}

/** What is known of a chain, as far as it was gone along. */
class Chain {
	entries = 0;
	fault: AuditVerdict['fault'] = null;
	#since: Instant | null = null;
	#lastHash = genesis;
	readonly #lacking = new Lacking();

	/** Ends at what does not hold. */
	takeAll(links: readonly Link[], payloads: ReadonlyMap<number, string>): void {
		for (const link of links) {
			const fault = this.#faultOf(link, payloads.get(link.seq));
			if (fault) {
				this.fault = { seq: this.entries + 1, fault };
				return;
			}
			this.#take(link, payloads.has(link.seq));
		}
	}

	get verdict(): AuditVerdict {
		const { entries, fault } = this;
		const missing = this.#lacking.first;
		return {
			entries,
			since: this.#since,
			lastHash: this.#lastHash,
			fault: fault ?? (missing === null ? null : { seq: missing, fault: 'payloadMissing' })
		};
	}

	#take({ seq, body: text, hash }: Link, isWhole: boolean): void {
		if (!isWhole) this.#lacking.add(seq);
		// Most entries need not be read.
		if (this.#since === null || text.includes('"erased"')) {
			const body = JSON.parse(text) as AuditBody;
			if (body.what === 'erased') this.#lacking.remove(body.seq, body.to ?? body.seq);
			this.#since ??= body.at;
		}
		this.#lastHash = hash;
		this.entries++;
	}

	#faultOf(link: Link, payload: string | undefined): AuditFault | null {
		if (link.seq !== this.entries + 1) return 'missing';
		if (link.previous !== this.#lastHash || link.hash !== linkHash(link)) return 'broken';
		if (payload === undefined || link.salt === null) return null;
		return commitmentTo(payload, link.salt) === link.commitment ? null : 'payloadChanged';
	}
}

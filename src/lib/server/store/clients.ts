import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { Refusal } from '#lib/domain/registry/refusal.ts';
import { chunksOf } from './chunks.ts';
import type { SchoolTx } from './database.ts';
import { statement } from './statement.ts';
import type { ClientTable, OutcomeTable } from './tables.ts';

/** A device's numbering. */
export interface Client {
	readonly id: Id;
	readonly account: Id;
	readonly nextNumber: number;
	readonly lastMadeAt: Instant | null;
	readonly seenAt: Instant;
}

/** The outcome of a mutation. */
export interface Outcome {
	readonly uid: Id;
	readonly client: Id;
	readonly number: number;
	readonly refused: boolean;
	/** Null too once the device has confirmed that it knows. */
	readonly refusal: Refusal | null;
}

/** The client of what ran without one: the server's own mutations, and a school's that moved in. */
export const noClient: Id = '';

/** An outcome as it is found. */
export interface KnownOutcome extends Outcome {
	/** The account whose client sent it; null: nobody's, it came without one. */
	readonly account: Id | null;
}

export async function readClient(tx: SchoolTx, id: Id): Promise<Client | null> {
	const [row] = await tx.run(clientById, { id });
	return row ? clientIn(row) : null;
}

const clientById = statement((db, { id }: { readonly id: Id }) =>
	db
		.selectFrom('client')
		.select(['id', 'account', 'next_number', 'last_made_at', 'seen_at'])
		.where('id', '=', id)
);

/** When the last mutation of an account was made that arrived from any of its devices. */
export async function lastMadeAt({ db }: SchoolTx, account: Id): Promise<Instant | null> {
	const { last } = await db
		.selectFrom('client')
		.select(({ fn }) => fn.max('last_made_at').as('last'))
		.where('account', '=', account)
		.executeTakeFirstOrThrow();
	return last;
}

export async function writeClient({ db }: SchoolTx, client: Client): Promise<void> {
	const changing = {
		account: client.account,
		next_number: client.nextNumber,
		last_made_at: client.lastMadeAt,
		seen_at: client.seenAt
	};
	await db
		.insertInto('client')
		.values({ id: client.id, ...changing })
		.onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
		.execute();
}

/** The outcomes of those mutations that were run before, by uid. */
export async function readOutcomes(
	{ db }: SchoolTx,
	uids: readonly Id[]
): Promise<Map<Id, KnownOutcome>> {
	const outcomes = new Map<Id, KnownOutcome>();
	for (const some of chunksOf(uids)) {
		const rows = await db
			.selectFrom('outcome as o')
			.leftJoin('client as c', (join) => join.onRef('c.id', '=', 'o.client'))
			.select(['o.uid', 'o.client', 'o.number', 'o.refused', 'o.refusal', 'c.account'])
			.where('o.uid', 'in', some)
			.execute();
		for (const { refusal, refused, ...row } of rows) {
			outcomes.set(row.uid, {
				...row,
				refused: refused === 1,
				refusal: refusal === null ? null : (JSON.parse(refusal) as Refusal)
			});
		}
	}
	return outcomes;
}

/** @param at by the server's clock: why one was refused is forgotten some time after */
export async function addOutcomes(
	tx: SchoolTx,
	outcomes: readonly Outcome[],
	at: Instant
): Promise<void> {
	const rows = outcomes.map(({ refused, refusal, ...row }): OutcomeTable => ({
		...row,
		refused: refused ? 1 : 0,
		refusal: refusal && JSON.stringify(refusal),
		refused_at: refusal && at
	}));
	await tx.insertEach(addOutcome, rows);
}

/**
 * Makes these uids known, so that none of them ever runs: their mutations did, where this store was
 * not yet. Those that are known stay as they are.
 */
export async function addKnownUids(tx: SchoolTx, uids: Iterable<Id>): Promise<void> {
	const rows = [...new Set(uids)].map((uid): KnownUid => {
		return { uid, client: noClient, number: 0, refused: 0 };
	});
	await tx.insertEach(addOnce, rows);
}

type KnownUid = Pick<OutcomeTable, 'uid' | 'client' | 'number' | 'refused'>;

const addOnce = statement((db, { uid, client, number, refused }: KnownUid) =>
	db
		.insertInto('outcome')
		.values({ uid, client, number, refused, refusal: null, refused_at: null })
		.onConflict((conflict) => conflict.columns(['uid']).doNothing())
);

const addOutcome = statement(
	(db, { uid, client, number, refused, refusal, refused_at }: OutcomeTable) =>
		db.insertInto('outcome').values({ uid, client, number, refused, refusal, refused_at })
);

/** Forgets why mutations were refused that the device says it knows of; that they were, stays. */
export async function confirmOutcomes(
	{ db }: SchoolTx,
	client: Id,
	confirmed: number
): Promise<void> {
	await db
		.updateTable('outcome')
		.set({ refusal: null, refused_at: null })
		.where('client', '=', client)
		.where('number', '<=', confirmed)
		.where('refusal', 'is not', null)
		.execute();
}

function clientIn(row: ClientTable): Client {
	return {
		id: row.id,
		account: row.account,
		nextNumber: row.next_number,
		lastMadeAt: row.last_made_at,
		seenAt: row.seen_at
	};
}

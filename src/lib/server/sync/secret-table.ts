import type { Secret } from '#lib/domain/leer-id/secret.ts';
import type { Id, Instant } from '#lib/domain/records.ts';
import type { StateReader } from '#lib/domain/state/school-state.ts';
import type { Keys } from '../keys.ts';
import { chunksOf } from '../store/chunks.ts';
import type { SchoolTx } from '../store/database.ts';
import { typedSecret, type Named } from './effects.ts';

/** What a kept password was sealed for; elsewhere it does not open. */
function placeOf(school: Id, id: Id): string {
	return `secret ${school} ${id}`;
}

/** A password that came beside a mutation, and what it opens. */
export interface BroughtSecret extends Named {
	readonly secret: Secret;
}

/** Those with these ids, sealed or hashed. */
export async function forgetSecrets({ db }: SchoolTx, ids: readonly Id[]): Promise<void> {
	for (const some of chunksOf(ids)) {
		await db.deleteFrom('secret').where('id', 'in', some).execute();
	}
}

/**
 * Forgets passwords that another took the place of before a moment, unless an undo brought them back:
 * what nobody can need any more cannot be stolen either.
 */
export async function forgetReplacedSecrets(
	tx: SchoolTx,
	state: StateReader,
	before: Instant
): Promise<void> {
	const replaced = await tx.db
		.selectFrom('secret as old')
		.innerJoin('secret as newer', (join) =>
			join.onRef('newer.account', '=', 'old.account').onRef('newer.made_at', '>', 'old.made_at')
		)
		.select('old.id')
		.distinct()
		.where('newer.made_at', '<', before)
		.execute();
	if (replaced.length === 0) return;
	const owners = [...state.all('leerId'), ...state.all('account')];
	const inUse = new Set(owners.map(({ secretId }) => secretId));
	await forgetSecrets(
		tx,
		replaced.map(({ id }) => id).filter((id) => !inUse.has(id))
	);
}

/**
 * Keeps passwords sealed under a key outside the database. Hashing a thousand at once would hold up
 * everything; a queue does that later, and a sign-in takes both.
 */
export async function keepSecrets(
	{ db, school }: SchoolTx,
	brought: readonly Omit<BroughtSecret, 'own'>[],
	{ keys, now }: { readonly keys: Keys; readonly now: Instant }
): Promise<void> {
	for (const some of chunksOf(brought)) {
		const rows = some.map(({ id, account, secret }) => ({
			id,
			account,
			sealed: keys.seal('secret', typedSecret(secret), placeOf(school, id)),
			hash: null,
			made_at: now
		}));
		await db.insertInto('secret').values(rows).execute();
	}
}

/** A password as somebody would type it, from what `keepSecret` kept. */
export function openSecret(keys: Keys, school: Id, id: Id, sealed: string): string {
	return keys.open('secret', sealed, placeOf(school, id));
}

/** Whose each of the passwords is that are kept under these ids. */
export async function secretOwners(
	{ db }: SchoolTx,
	ids: readonly Id[]
): Promise<ReadonlyMap<Id, Id>> {
	const owners = new Map<Id, Id>();
	for (const some of chunksOf(ids)) {
		const rows = await db
			.selectFrom('secret')
			.select(['id', 'account'])
			.where('id', 'in', some)
			.execute();
		for (const { id, account } of rows) owners.set(id, account);
	}
	return owners;
}

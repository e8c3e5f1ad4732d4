import type { Secret } from '#lib/domain/credentials/secret.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { Keys } from '../base/keys.ts';
import { chunksOf } from '../store/chunks.ts';
import type { SchoolTx, Store } from '../store/database.ts';
import { readRecords } from '../store/records.ts';
import type { SecretTable } from '../store/tables.ts';
import type { NamedSecret } from '#lib/domain/registry/mutation.ts';
import { typedSecret } from './effects.ts';

/** The place that a kept password was sealed for; elsewhere it does not open. */
function placeOf(school: Id, id: Id): string {
	return `secret ${school} ${id}`;
}

/** A password that came beside a mutation, and what it opens. */
export interface BroughtSecret extends NamedSecret {
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
 *
 * @param most rows that one transaction takes
 */
export async function forgetReplacedSecrets(
	store: Store,
	school: Id,
	{ before, most }: { readonly before: Instant; readonly most: number }
): Promise<void> {
	for (let after: Id | null = ''; after !== null;) {
		const from: Id = after;
		after = await store.write(school, async (tx) => {
			const replaced = await replacedSecrets(tx, { before, from, most });
			const inUse = await secretsInUse(tx, replaced);
			await forgetSecrets(
				tx,
				replaced.map(({ id }) => id).filter((id) => !inUse.has(id))
			);
			return replaced.length < most ? null : (replaced.at(-1)?.id ?? null);
		});
	}
}

type Owned = Pick<SecretTable, 'id' | 'account'>;

function replacedSecrets(
	{ db }: SchoolTx,
	{ before, from, most }: { readonly before: Instant; readonly from: Id; readonly most: number }
): Promise<Owned[]> {
	return db
		.selectFrom('secret as old')
		.innerJoin('secret as newer', (join) =>
			join.onRef('newer.account', '=', 'old.account').onRef('newer.made_at', '>', 'old.made_at')
		)
		.select(['old.id', 'old.account'])
		.distinct()
		.where('newer.made_at', '<', before)
		.where('old.id', '>', from)
		.orderBy('old.id')
		.limit(most)
		.execute();
}

/** Which of these their owners use; the store is asked, and no school brought into memory for it. */
async function secretsInUse(tx: SchoolTx, secrets: readonly Owned[]): Promise<ReadonlySet<Id>> {
	const keys = secrets.flatMap(({ account: id }) => [
		{ kind: 'leerId' as const, id },
		{ kind: 'account' as const, id }
	]);
	const owners = await readRecords(tx, keys);
	return new Set(
		owners.flatMap((owner) =>
			owner.kind === 'leerId' || owner.kind === 'account' ? (owner.secretId ?? []) : []
		)
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

/** The owner of each password that is kept under these ids. */
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

import type { Id } from '#lib/domain/kernel/ids.ts';
import type { EscrowedKey } from '#lib/protocol/session.ts';
import type { Keys } from '../base/keys.ts';
import type { SchoolTx } from '../store/database.ts';

/** The vault that a key opens, by its owner. */
interface Vault {
	readonly account: Id;
	readonly vault: Id;
}

/** Of one account; each new browser, and each private window, makes a vault. */
const mostVaults = 200;

function placeOf({ school }: SchoolTx, { account, vault }: Vault): string {
	return `escrow ${school} ${account} ${vault}`;
}

/** The key of a vault, for the person who has just proven to be its owner; null: none was kept. */
export async function escrowedKey(
	tx: SchoolTx,
	keys: Keys,
	vault: Vault
): Promise<EscrowedKey | null> {
	const row = await tx.db
		.selectFrom('escrow')
		.select('sealed')
		.where('account', '=', vault.account)
		.where('vault', '=', vault.vault)
		.executeTakeFirst();
	if (!row) return null;
	return { vault: vault.vault, key: keys.open('escrow', row.sealed, placeOf(tx, vault)) };
}

/**
 * Keeps the key of a vault, sealed. A vault's key never changes: another one is not taken, or a
 * stolen session could lock the owner's unsent work away.
 *
 * @returns whether it is kept
 */
export async function keepKey(
	tx: SchoolTx,
	keys: Keys,
	{
		account,
		key: { vault, key },
		now
	}: { readonly account: Id; readonly key: EscrowedKey; readonly now: Date }
): Promise<boolean> {
	const kept = await escrowedKey(tx, keys, { account, vault });
	if (kept) return kept.key === key;
	const sealed = keys.seal('escrow', key, placeOf(tx, { account, vault }));
	await tx.db
		.insertInto('escrow')
		.values({ account, vault, sealed, made_at: now.toISOString() })
		.execute();
	await forgetOldest(tx, account);
	return true;
}

async function forgetOldest({ db }: SchoolTx, account: Id): Promise<void> {
	const old = await db
		.selectFrom('escrow')
		.select('vault')
		.where('account', '=', account)
		.orderBy('made_at', 'desc')
		.limit(mostVaults)
		.offset(mostVaults)
		.execute();
	if (old.length === 0) return;
	const vaults = old.map(({ vault }) => vault);
	await db
		.deleteFrom('escrow')
		.where('account', '=', account)
		.where('vault', 'in', vaults)
		.execute();
}

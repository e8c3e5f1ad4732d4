import { timingSafeEqual } from 'node:crypto';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { Keys } from '../base/keys.ts';
import type { SchoolTx } from '../store/database.ts';
import { openSecret } from '../sync/secret-table.ts';
import type { Passwords } from './passwords.ts';

/** A kept password: hashed, or still sealed until the queue comes to it. */
export interface KeptPassword {
	readonly id: Id;
	readonly sealed: string | null;
	readonly hash: string | null;
	readonly made_at: Instant;
}

/**
 * The password of an account, if it is that account's: one that a record names, but that was kept for
 * somebody else, opens nothing.
 *
 * @param named null: asks all the same, so that an account without a password takes as long
 */
export async function readPassword(
	{ db }: SchoolTx,
	named: { readonly id: Id; readonly secretId: Id | null } | null
): Promise<KeptPassword | null> {
	const row = await db
		.selectFrom('secret')
		.select(['id', 'sealed', 'hash', 'made_at'])
		.where('id', '=', named?.secretId ?? '')
		.where('account', '=', named?.id ?? '')
		.executeTakeFirst();
	return row ?? null;
}

/** Tells whether two readings are of one password, which the queue may have hashed between them. */
export function isSamePassword(before: KeptPassword, after: KeptPassword | null): boolean {
	if (after?.id !== before.id || after.made_at !== before.made_at) return false;
	return before.hash === null
		? after.sealed === before.sealed || after.hash !== null
		: after.hash === before.hash;
}

/**
 * Tells whether a password is the kept one. Takes one run of Argon2id, whatever there is to compare
 * with.
 * @param kept null: there is none, and so it is wrong
 */
export async function isPassword(
	typed: string,
	kept: KeptPassword | null,
	{
		passwords,
		keys,
		school
	}: { readonly passwords: Passwords; readonly keys: Keys; readonly school: Id }
): Promise<boolean> {
	const hashed = await passwords.verify(typed, kept?.hash ?? null);
	if (hashed || !kept?.sealed) return hashed;
	return isSame(typed, openSecret(keys, school, kept.id, kept.sealed));
}

function isSame(typed: string, kept: string): boolean {
	const [one, other] = [typed, kept].map((text) => Buffer.from(text.normalize('NFC')));
	return one !== undefined && other?.length === one.length && timingSafeEqual(one, other);
}

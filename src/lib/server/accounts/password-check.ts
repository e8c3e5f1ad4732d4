import { timingSafeEqual } from 'node:crypto';
import type { Id } from '#lib/domain/records.ts';
import type { Keys } from '../keys.ts';
import type { SchoolTx } from '../store/database.ts';
import { openSecret } from '../sync/secret-table.ts';
import type { Passwords } from './passwords.ts';

/** A kept password: hashed, or still sealed until the queue comes to it. */
export interface KeptPassword {
	readonly id: Id;
	readonly sealed: string | null;
	readonly hash: string | null;
}

/** @param id null: asks all the same, so that an account without a password takes as long */
export async function readPassword({ db }: SchoolTx, id: Id | null): Promise<KeptPassword | null> {
	const row = await db
		.selectFrom('secret')
		.select(['id', 'sealed', 'hash'])
		.where('id', '=', id ?? '')
		.executeTakeFirst();
	return row ?? null;
}

/**
 * Whether a password is the kept one. Takes one run of Argon2id, whatever there is to compare with.
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

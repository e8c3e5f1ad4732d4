import { createHash, randomBytes } from 'node:crypto';
import { newId } from '#lib/crypto/random.ts';
import { isSchoolNumber } from '#lib/domain/kernel/numbers/school-number.ts';
import type { Invitation } from '#lib/protocol/join.ts';
import type { Store } from '../store/database.ts';

/** How `schools` keeps an invitation's token. */
export function inviteHash(token: string): string {
	return createHash('sha256').update(token).digest('base64url');
}

/**
 * Invites a school to this server, by its BRIN or instellingsnummer. A second invitation replaces
 * the first.
 *
 * @returns the token to hand to the school; why not: no such number can be, or the school is here
 */
export async function inviteSchool(
	store: Store,
	{ number, name }: Invitation,
	now: Date
): Promise<{ readonly token: string } | { readonly why: 'number' | 'open' }> {
	if (!isSchoolNumber(number, 'NL') && !isSchoolNumber(number, 'BE')) return { why: 'number' };
	const token = randomBytes(20).toString('base64url');
	return store.writeOutside(async ({ db }) => {
		const known = await db
			.selectFrom('schools')
			.select(['id', 'state'])
			.where('number', '=', number)
			.executeTakeFirst();
		if (known?.state === 'open') return { why: 'open' };
		const invited = { name, invite_hash: inviteHash(token) };
		if (known) await db.updateTable('schools').set(invited).where('id', '=', known.id).execute();
		else {
			const row = { id: newId(), number, state: 'invited', made_at: now.toISOString() } as const;
			await db
				.insertInto('schools')
				.values({ ...row, ...invited })
				.execute();
		}
		return { token };
	});
}

/** The terms that an invitation fixes; null: no such one, or its school has opened. */
export async function invitationOf(store: Store, token: string): Promise<Invitation | null> {
	const row = await store.readOutside(({ db }) =>
		db
			.selectFrom('schools')
			.select(['number', 'name'])
			.where('invite_hash', '=', inviteHash(token))
			.where('state', '!=', 'open')
			.executeTakeFirst()
	);
	return row ?? null;
}

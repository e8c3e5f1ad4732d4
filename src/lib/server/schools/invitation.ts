import type { Id } from '#lib/domain/kernel/ids.ts';
import type { OutsideTx, SchoolTx, Store } from '../store/database.ts';

interface Claim {
	readonly school: Id;
	readonly inviteHash: string;
}

/**
 * The owner of an endpoint invites a school by its number; which id the school has only the school
 * knows. Until a school has opened, whoever has the token may begin anew, under another id too.
 */
export async function claimInvitation(
	store: Pick<Store, 'write' | 'readOutside' | 'writeOutside'>,
	claim: Claim
): Promise<'notFound' | 'conflict' | null> {
	const found = await store.readOutside((tx) => invitedBy(tx, claim));
	if (found?.state === 'filling' && found.id !== claim.school) {
		await store.write(found.id, forgetSchool);
	}
	return store.writeOutside(async (tx) => {
		const row = await invitedBy(tx, claim);
		if (!row) return 'notFound';
		const { db } = tx;
		const { school: id } = claim;
		const filling = { ...row, id, state: 'filling' } as const;
		if (row.id === id) {
			await db.updateTable('schools').set(filling).where('id', '=', id).execute();
			return null;
		}
		const taken = await db.selectFrom('schools').select('id').where('id', '=', id).execute();
		if (taken.length > 0) return 'conflict';
		await db.deleteFrom('schools').where('id', '=', row.id).execute();
		await db.insertInto('schools').values(filling).execute();
		return null;
	});
}

function invitedBy({ db }: OutsideTx, { inviteHash }: Claim) {
	return db
		.selectFrom('schools')
		.selectAll()
		.where('invite_hash', '=', inviteHash)
		.where('state', '!=', 'open')
		.executeTakeFirst();
}

/** Forgets what came of a school that has not opened. */
export async function forgetFilled({ db }: SchoolTx): Promise<void> {
	for (const table of ['record', 'change', 'secret', 'outcome'] as const) {
		await db.deleteFrom(table).execute();
	}
}

/** Forgets a school that goes on under another id, unless it has opened since it was looked at. */
async function forgetSchool(tx: SchoolTx): Promise<void> {
	const row = await tx.db.selectFrom('schools').select('state').executeTakeFirst();
	if (row?.state !== 'filling') return;
	await forgetFilled(tx);
	await tx.db.deleteFrom('counter').execute();
}

/** The invitation of a school that is being filled; null: there is none by this token. */
export async function invitationOf(
	{ db }: SchoolTx,
	inviteHash: string
): Promise<{ readonly number: string } | null> {
	const row = await db
		.selectFrom('schools')
		.select('number')
		.where('invite_hash', '=', inviteHash)
		.where('state', '=', 'filling')
		.executeTakeFirst();
	return row ?? null;
}

import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { forgetAttempts } from '../limits/sign-in-limits.ts';
import { endSessions } from './sessions.ts';
import type { SchoolTx } from '../store/database.ts';
import type { Effects } from '../sync/effects.ts';
import type { HashQueue } from './hash-queue.ts';
import { killLinks } from './mailed-links.ts';

/**
 * The effects of mutations on sessions, counted failures and passwords, in their own transaction.
 */
export function accountEffects(hashQueue: Pick<HashQueue, 'poke'>): Effects {
	return {
		async declared(tx, { named, ended }, now) {
			if (ended !== null) await endAccess(tx, ended, now);
			// A new password of somebody who was let in: the school gave it, and lets them try again.
			if (named && !named.own && ended !== null) await forgetAttempts(tx, named.account);
			if (named) hashQueue.poke(tx.school);
		},
		own: {
			'signIn.unblock@1': ({ tx, args }) => forgetAttempts(tx, args.accountId),
			'change.undo@1': async ({ tx, before, state, now }) => {
				await forgetLifted(tx, state);
				await endReplaced(tx, { before, state, now });
			}
		}
	};
}

/**
 * Everybody signed in to it has to sign in again, and no link that was mailed opens the account.
 */
async function endAccess(tx: SchoolTx, account: Id, now: Instant): Promise<void> {
	await endSessions(tx, { account, now: new Date(now) });
	await killLinks(tx, account, now);
}

/** An undo took blocks back: the failures that led to them no longer count. */
async function forgetLifted(tx: SchoolTx, state: StateReader): Promise<void> {
	const rows = await tx.db
		.selectFrom('attempt')
		.select('subject')
		.where('blocked_at', 'is not', null)
		.execute();
	for (const { subject } of rows) {
		const isAccount = state.get('account', subject) ?? state.get('leerId', subject);
		if (isAccount && !state.get('signInBlock', subject)) await forgetAttempts(tx, subject);
	}
}

/** An undo put another password in the place of the one that let somebody in, or none. */
async function endReplaced(
	tx: SchoolTx,
	{
		before,
		state,
		now
	}: { readonly before: StateReader; readonly state: StateReader; readonly now: Instant }
): Promise<void> {
	const rows = await tx.db
		.selectFrom('session')
		.select('account')
		.distinct()
		.where('ended_at', 'is', null)
		.execute();
	for (const { account } of rows) {
		if (secretOf(before, account) !== secretOf(state, account)) await endAccess(tx, account, now);
	}
}

function secretOf(state: StateReader, account: Id): Id | null | undefined {
	return (state.get('account', account) ?? state.get('leerId', account))?.secretId;
}

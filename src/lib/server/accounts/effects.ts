import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';
import { forgetAttempts } from '../limits/sign-in-limits.ts';
import { endSessions } from '../session/sessions.ts';
import type { SchoolTx } from '../store/database.ts';
import type { Effects } from '../sync/effects.ts';
import type { HashQueue } from './hash-queue.ts';
import { killLinks } from './mailed-links.ts';

/** What mutations do to sessions, counted failures and passwords, in their own transaction. */
export function accountEffects(hashQueue: Pick<HashQueue, 'poke'>): Effects {
	function toHash({ tx }: { readonly tx: SchoolTx }): Promise<void> {
		hashQueue.poke(tx.school);
		return Promise.resolve();
	}
	/** A password was set: nothing that was let in by the one before it stays. */
	async function renewed(tx: SchoolTx, account: Id, now: Instant): Promise<void> {
		await endAccess(tx, account, now);
		hashQueue.poke(tx.school);
	}
	/** The school gave it, and so lets this person try again. */
	async function issued(tx: SchoolTx, account: Id, now: Instant): Promise<void> {
		await renewed(tx, account, now);
		await forgetAttempts(tx, account);
	}
	return {
		'account.create@1': toHash,
		'account.renew@1': ({ tx, args, now }) => issued(tx, args.accountId, now),
		'account.reopen@1': ({ tx, args, now }) => issued(tx, args.accountId, now),
		'account.choosePassword@1': ({ tx, args, now }) => renewed(tx, args.accountId, now),
		'account.archive@1': async ({ tx, args, now }) => {
			await endSessions(tx, { account: args.accountId, now: new Date(now) });
		},
		'leerId.create@1': toHash,
		'leerId.renew@1': ({ tx, args, now }) => issued(tx, args.leerIdId, now),
		'leerId.adjust@1': ({ tx, args, now }) => issued(tx, args.leerIdId, now),
		'leerId.choosePassword@1': ({ tx, args, now }) => renewed(tx, args.leerIdId, now),
		'card.revoke@1': async ({ tx, args, now, state }) => {
			const leerIdId = state.get('credentialCard', args.cardId)?.leerIdId ?? '';
			// A password that the pupil chose since was not on the card.
			if (state.get('leerId', leerIdId)?.secretId !== null) return;
			await endAccess(tx, leerIdId, now);
		},
		'signIn.block@1': async ({ tx, args, now }) => {
			if (args.cause === 'administration') await endAccess(tx, args.accountId, now);
		},
		'signIn.unblock@1': ({ tx, args }) => forgetAttempts(tx, args.accountId),
		'change.undo@1': async ({ tx, before, state, now }) => {
			await forgetLifted(tx, state);
			await endReplaced(tx, { before, state, now });
		}
	};
}

/** Whoever is signed in has to sign in again, and no link that was mailed opens the account. */
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

import type { Language } from '#lib/domain/kernel/languages.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import { newToken, readToken } from '../session/token.ts';
import type { SchoolTx } from '../store/database.ts';
import type { ResetTable } from '../store/tables.ts';

declare const found: unique symbol;

/** A link that was mailed: to a new password, or from a new address. Only `findLink` has one. */
export type MailedLink = Pick<ResetTable, 'account' | 'kind' | 'ip' | 'made_at'> & {
	readonly [found]: true;
	readonly hash: string;
	/** Not used, not killed, and not too old. */
	readonly open: boolean;
	/** The subject of the link, as its maker wrote it. */
	readonly payload: LinkPayload;
};

export interface LinkPayload {
	/** Of an `email` link: the address to confirm. */
	readonly address?: string;
	/** In which the old address is told of it. */
	readonly language?: Language;
	/** How often the control question was answered wrong. */
	readonly wrong?: number;
	/** Its owner said *Dit ben ik niet*. */
	readonly refused?: boolean;
}

/** Makes a link; returns its token, which only the mail holds. */
export async function makeLink(
	{ school, db }: SchoolTx,
	link: {
		readonly account: Id;
		readonly kind: ResetTable['kind'];
		readonly ip: string;
		readonly payload: LinkPayload;
		readonly at: Instant;
		readonly until: Instant;
	}
): Promise<string> {
	const { account, kind, ip, payload, at, until } = link;
	const { text, hash } = newToken(school);
	await db
		.insertInto('reset')
		.values({
			token_hash: hash,
			account,
			kind,
			payload: JSON.stringify(payload),
			ip,
			made_at: at,
			expires_at: until,
			used_at: null
		})
		.execute();
	return text;
}

/** null: no such link of this kind. */
export async function findLink(
	{ db }: SchoolTx,
	{
		token,
		kind,
		now
	}: { readonly token: string; readonly kind: ResetTable['kind']; readonly now: Instant }
): Promise<MailedLink | null> {
	const hash = readToken(token)?.hash ?? '';
	const row = await db
		.selectFrom('reset')
		.select(['account', 'kind', 'payload', 'ip', 'made_at', 'expires_at', 'used_at'])
		.where('token_hash', '=', hash)
		.where('kind', '=', kind)
		.executeTakeFirst();
	if (!row) return null;
	const { account, ip, made_at, expires_at: until, used_at: usedAt } = row;
	const payload = JSON.parse(row.payload) as LinkPayload;
	const open = usedAt === null && until > now;
	return { hash, account, kind, ip, made_at, payload, open } as MailedLink;
}

/** Uses a link up, and notes why. */
export async function closeLink(
	{ db }: SchoolTx,
	{ hash }: MailedLink,
	{ now, payload }: { readonly now: Instant; readonly payload?: LinkPayload }
): Promise<void> {
	await db
		.updateTable('reset')
		.set({ used_at: now, ...(payload && { payload: JSON.stringify(payload) }) })
		.where('token_hash', '=', hash)
		.execute();
}

/** Notes something about a link that stays open. */
export async function noteOnLink(
	{ db }: SchoolTx,
	{ hash }: MailedLink,
	payload: LinkPayload
): Promise<void> {
	await db
		.updateTable('reset')
		.set({ payload: JSON.stringify(payload) })
		.where('token_hash', '=', hash)
		.execute();
}

/** None of the account's links works any more. */
export async function killLinks({ db }: SchoolTx, account: Id, now: Instant): Promise<void> {
	await db
		.updateTable('reset')
		.set({ used_at: now })
		.where('account', '=', account)
		.where('used_at', 'is', null)
		.execute();
}

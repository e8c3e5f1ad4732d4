import { newId } from '#lib/crypto/random.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { Device } from '#lib/protocol/session.ts';
import type { Admitted } from './write-as.ts';
import type { SchoolTx } from '../store/database.ts';
import { statement } from '../store/statement.ts';
import type { SessionTable } from '../store/tables.ts';
import { newToken, type Token } from '../session/token.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `seen` and `expires` are written at most this often, in milliseconds. */
const touchAfter = 5 * minute;
/** Ended sessions are remembered so long, for a lost device that must still hear of it. */
const rememberEnded = 365 * day;

/** Sessions that ended before are of no use to anybody; upkeep forgets them. */
export function longestRemembered(now: Date): Instant {
	return new Date(now.getTime() - rememberEnded).toISOString();
}

/** How long a session lives without being used, and altogether, in milliseconds. */
interface Lifetime {
	readonly idle: number;
	readonly whole: number;
}

/**
 * Staff work offline for as long as the school lets them, and must be signed in when they come back;
 * a guardian's phone is their own; a pupil's computer is the next pupil's.
 */
function lifetimeOf({ role }: Actor, offlineHours: number): Lifetime {
	if (role === 'pupil') return { idle: 2 * hour, whole: 12 * hour };
	if (role === 'guardian') return { idle: 90 * day, whole: 365 * day };
	return { idle: offlineHours * hour, whole: 90 * day };
}

/** A session as it was found. */
export interface Session {
	readonly school: Id;
	readonly account: Id;
	/** Names it in the list of devices. */
	readonly id: Id;
	readonly tokenHash: string;
	readonly deviceName: string;
	readonly vault: Id | null;
	readonly madeAt: Instant;
	readonly seenAt: Instant;
	/** Whether it lets anybody in. */
	readonly open: boolean;
	/** It was ended for a lost device. */
	readonly wipe: boolean;
	/** Of the key without which it lets nobody in; null: it has none. */
	readonly keyHash: string | null;
}

/** Signs an account in on a device. Returns the token for its cookie. */
export async function startSession(
	{ writing: { tx }, actor }: Admitted,
	session: {
		readonly deviceName: string;
		readonly vault: Id | null;
		readonly offlineHours: number;
		/** Of its key (session-key.ts); null: the app that signs in keeps none. */
		readonly keyHash: string | null;
		readonly now: Date;
	}
): Promise<string> {
	const { deviceName, vault, offlineHours, keyHash, now } = session;
	const { text, hash } = newToken(tx.school);
	const at = now.toISOString();
	const row: SessionTable = {
		token_hash: hash,
		id: newId(),
		account: actor.id,
		made_at: at,
		seen_at: at,
		expires_at: later(now, lifetimeOf(actor, offlineHours).idle),
		device_name: deviceName,
		vault,
		ended_at: null,
		wipe: 0,
		key_hash: keyHash
	};
	await tx.db.insertInto('session').values(row).execute();
	return text;
}

const sessionByToken = statement((db, { hash }: { readonly hash: string }) =>
	db.selectFrom('session').selectAll().where('token_hash', '=', hash)
);

/** The session of a token, open or not; null: there never was one, or long ago. */
export async function findSession(
	tx: SchoolTx,
	{ hash }: Token,
	now: Date
): Promise<Session | null> {
	const { school } = tx;
	const [row] = await tx.run(sessionByToken, { hash });
	if (!row) return null;
	return {
		school,
		account: row.account,
		id: row.id,
		tokenHash: row.token_hash,
		deviceName: row.device_name,
		vault: row.vault,
		madeAt: row.made_at,
		seenAt: row.seen_at,
		open: row.ended_at === null && row.expires_at > now.toISOString(),
		wipe: row.wipe === 1,
		keyHash: row.key_hash
	};
}

/**
 * Tells whether a session that was found before still lets somebody in, in the transaction that
 * acts for it.
 */
export async function isStillOpen(
	tx: SchoolTx,
	{ school, tokenHash: hash }: Session,
	now: Date
): Promise<boolean> {
	return (await findSession(tx, { school, hash }, now))?.open ?? false;
}

/** Tells whether it is time to write down that a session is still in use. */
export function isStale({ seenAt }: Session, now: Date): boolean {
	return now.getTime() - Date.parse(seenAt) > touchAfter;
}

/** Writes down that a session is in use, which puts its end off. */
export async function touchSession(
	{ db }: SchoolTx,
	{ tokenHash, madeAt }: Session,
	use: { readonly actor: Actor; readonly offlineHours: number; readonly now: Date }
): Promise<void> {
	const { idle, whole } = lifetimeOf(use.actor, use.offlineHours);
	const end = Math.min(use.now.getTime() + idle, Date.parse(madeAt) + whole);
	await db
		.updateTable('session')
		.set({ seen_at: use.now.toISOString(), expires_at: new Date(end).toISOString() })
		.where('token_hash', '=', tokenHash)
		.where('ended_at', 'is', null)
		.execute();
}

/** Which sessions of an account end. */
export interface Ending {
	readonly account: Id;
	/** Only this one, by its id. */
	readonly only?: Id | undefined;
	/** All but this one, by its id. */
	readonly except?: Id | undefined;
	/** The device was lost: it removes what it keeps at its next contact. */
	readonly wipe?: boolean | undefined;
	readonly now: Date;
}

/**
 * Ends sessions. With `wipe` also those that are over already, which their device may not know.
 *
 * @returns their ids
 */
export async function endSessions({ db }: SchoolTx, ending: Ending): Promise<Id[]> {
	const { account, only, except, wipe = false, now } = ending;
	const ended = await db
		.updateTable('session')
		.set({ ended_at: now.toISOString(), ...(wipe && { wipe: 1 }) })
		.where('account', '=', account)
		.$if(!wipe, (query) => query.where('ended_at', 'is', null))
		.$if(only !== undefined, (query) => query.where('id', '=', only ?? ''))
		.$if(except !== undefined, (query) => query.where('id', '!=', except ?? ''))
		.returning('id')
		.execute();
	return ended.map(({ id }) => id);
}

/** Where an account is signed in, the last seen first. */
export async function devicesOf(
	{ db }: SchoolTx,
	{
		account,
		current,
		now
	}: { readonly account: Id; readonly current: Id | null; readonly now: Date }
): Promise<Device[]> {
	const rows = await db
		.selectFrom('session')
		.select(['id', 'device_name', 'made_at', 'seen_at'])
		.where('account', '=', account)
		.where('ended_at', 'is', null)
		.where('expires_at', '>', now.toISOString())
		.orderBy('seen_at', 'desc')
		.execute();
	return rows.map((row) => ({
		id: row.id,
		name: row.device_name,
		signedInAt: row.made_at,
		seenAt: row.seen_at,
		current: row.id === current
	}));
}

function later(from: Date, milliseconds: number): Instant {
	return new Date(from.getTime() + milliseconds).toISOString();
}

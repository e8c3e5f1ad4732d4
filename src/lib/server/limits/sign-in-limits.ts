import type { SchoolTx } from '../store/database.ts';
import type { AttemptTable } from '../store/tables.ts';
import { forgiven, noAttempts, verdictOn, withFailure, type Attempts } from './attempts.ts';
import { secondsUntilRoom, withOneMore, type Rate } from './bucket.ts';

/** An attempt to get in: who, and from where. */
export interface Try {
	/** The account's id; of a name that nobody has, its keyed hash, so that both count alike. */
	readonly subject: string;
	/** Keyed hash of the network address. */
	readonly address: string;
	/**
	 * The device has signed this account in before, and proves it. Only the account's own limit counts
	 * for it: an attack on a school must not keep its people out.
	 */
	readonly known: boolean;
	readonly blockAfter: number;
	/** How many failures a day are usual in this school. */
	readonly budget: number;
	readonly now: Date;
}

export type TryVerdict =
	| { readonly kind: 'go' }
	| { readonly kind: 'wait'; readonly seconds: number }
	| { readonly kind: 'blocked' };

/** The measures for a try that turned out wrong. */
export interface Failure {
	/** It was the one that blocks. */
	readonly blocks: boolean;
	/** Failures in the school today, when this was the one with which its budget was spent. */
	readonly overBudget: number | null;
}

/** One address may be a whole school, with classes that mistype their passwords at the same time. */
const addressRate: Rate = { capacity: 100, perSecond: 1 / 10 };
/** While a school's budget is spent, somebody is trying many accounts a little each. */
const strictRate: Rate = { capacity: 5, perSecond: 1 / 120 };

const schoolSubject = 'school';

/**
 * Counts a try as a failure before its password is looked at, or tries sent at the same moment would
 * all be heard. `forgiveTry` takes it back.
 */
export async function countTry(tx: SchoolTx, tried: Try): Promise<TryVerdict> {
	const { subject, known, blockAfter, budget, now } = tried;
	const account = attemptsIn(await readAttempt(tx, subject));
	const verdict = verdictOn(account, now);
	if (verdict.kind !== 'go') return verdict;
	const address = await readAttempt(tx, addressSubject(tried));
	const school = await readAttempt(tx, schoolSubject);
	const rate = failuresToday(school, now) > budget ? strictRate : addressRate;
	const bucket = { level: address?.failures ?? 0, at: timeOf(address, now) };
	const seconds = known ? 0 : secondsUntilRoom(bucket, rate, now.getTime());
	if (seconds > 0) return { kind: 'wait', seconds };
	await writeAttempt(tx, subject, withFailure(account, blockAfter, now), now);
	if (!known) {
		const { level, at } = withOneMore(bucket, rate, now.getTime());
		await writeAttempt(tx, addressSubject(tried), counted(level, address), new Date(at));
	}
	await writeAttempt(tx, schoolSubject, counted(failuresToday(school, now) + 1, school), now);
	return { kind: 'go' };
}

/** The password was right: the try was no failure, and those before it are forgotten. */
export async function forgiveTry(tx: SchoolTx, tried: Try): Promise<void> {
	const { subject, known, now } = tried;
	const account = await readAttempt(tx, subject);
	if (account) await writeAttempt(tx, subject, forgiven(attemptsIn(account)), now);
	for (const other of known ? [schoolSubject] : [addressSubject(tried), schoolSubject]) {
		const row = await readAttempt(tx, other);
		if (!row) continue;
		// As of when it was: the bucket has not leaked by it.
		const at = new Date(row.last_at);
		const lower = counted(Math.max(0, row.failures - 1), row);
		await writeAttempt(tx, other, { ...lower, lifetime: row.lifetime - 1 }, at);
	}
}

/** The password was wrong: what else follows from that. */
export async function judgeFailure(tx: SchoolTx, tried: Try): Promise<Failure> {
	const account = await readAttempt(tx, tried.subject);
	const school = await readAttempt(tx, schoolSubject);
	const failures = failuresToday(school, tried.now);
	return {
		blocks: account !== null && account.blocked_at !== null,
		overBudget: failures === tried.budget + 1 ? failures : null
	};
}

/** Tells whether wrong passwords keep an account out yet. */
export async function isKeptOut(tx: SchoolTx, subject: string): Promise<boolean> {
	return ((await readAttempt(tx, subject))?.blocked_at ?? null) !== null;
}

/**
 * Lets an account try again that must not be blocked (nobody else could lift it), after a wait that
 * grows with every failure.
 */
export async function waitInstead(tx: SchoolTx, subject: string, now: Date): Promise<void> {
	const row = await readAttempt(tx, subject);
	if (!row) return;
	const before = attemptsIn(row);
	await writeAttempt(tx, subject, { ...before, lifetime: 0, blockedAt: null }, now);
}

/** The administration lifted a block, or the account has a new password. */
export async function forgetAttempts({ db }: SchoolTx, subject: string): Promise<void> {
	await db.deleteFrom('attempt').where('subject', '=', subject).execute();
}

function addressSubject({ address }: Try): string {
	return `address:${address}`;
}

async function readAttempt({ db }: SchoolTx, subject: string): Promise<AttemptTable | null> {
	const row = await db
		.selectFrom('attempt')
		.select(['subject', 'failures', 'lifetime', 'last_at', 'wait_until', 'blocked_at'])
		.where('subject', '=', subject)
		.executeTakeFirst();
	return row ?? null;
}

async function writeAttempt(
	{ db }: SchoolTx,
	subject: string,
	attempts: Attempts,
	at: Date
): Promise<void> {
	const columns = {
		failures: attempts.failures,
		lifetime: attempts.lifetime,
		last_at: at.toISOString(),
		wait_until: attempts.waitUntil,
		blocked_at: attempts.blockedAt
	};
	await db
		.insertInto('attempt')
		.values({ subject, ...columns })
		.onConflict((conflict) => conflict.column('subject').doUpdateSet(columns))
		.execute();
}

function attemptsIn(row: AttemptTable | null): Attempts {
	if (!row) return noAttempts;
	const { failures, lifetime, wait_until: waitUntil, blocked_at: blockedAt } = row;
	return { failures, lifetime, waitUntil, blockedAt };
}

function counted(failures: number, before: AttemptTable | null): Attempts {
	return { ...noAttempts, failures, lifetime: (before?.lifetime ?? 0) + 1 };
}

function failuresToday(row: AttemptTable | null, now: Date): number {
	return row?.last_at.slice(0, 10) === now.toISOString().slice(0, 10) ? row.failures : 0;
}

function timeOf(row: AttemptTable | null, now: Date): number {
	return row ? Date.parse(row.last_at) : now.getTime();
}

import type { Instant } from '#lib/domain/kernel/ids.ts';

/** Failures to sign in to one account, or under one name that nobody has. */
export interface Attempts {
	/** Since the last success, or since the administration lifted a block. */
	readonly failures: number;
	/** Since the password was set: who tries patiently between its owner's successes is found by it. */
	readonly lifetime: number;
	readonly waitUntil: Instant | null;
	readonly blockedAt: Instant | null;
}

export const noAttempts: Attempts = {
	failures: 0,
	lifetime: 0,
	waitUntil: null,
	blockedAt: null
};

/** product.md 5. */
const firstWaitAt = 5;
const firstWaitSeconds = 60;
/** How many times the school's setting may fail over the life of one password. */
const lifetimeFactor = 10;

export type Verdict =
	| { readonly kind: 'go' }
	| { readonly kind: 'wait'; readonly seconds: number }
	| { readonly kind: 'blocked' };

/** Tells whether one more try is heard at all. */
export function verdictOn(attempts: Attempts, now: Date): Verdict {
	if (attempts.blockedAt !== null) return { kind: 'blocked' };
	const until = attempts.waitUntil === null ? 0 : Date.parse(attempts.waitUntil);
	const seconds = Math.ceil((until - now.getTime()) / 1000);
	return seconds > 0 ? { kind: 'wait', seconds } : { kind: 'go' };
}

/**
 * One failure more: from the fifth on a minute's wait, doubling; then blocked.
 * @param blockAfter the school's setting
 */
export function withFailure(before: Attempts, blockAfter: number, now: Date): Attempts {
	const failures = before.failures + 1;
	const lifetime = before.lifetime + 1;
	const blocked = failures >= blockAfter || lifetime >= blockAfter * lifetimeFactor;
	return {
		failures,
		lifetime,
		waitUntil: waitAfter(failures, now),
		blockedAt: blocked ? now.toISOString() : null
	};
}

/** The try that was counted turned out to be right. */
export function forgiven({ lifetime }: Attempts): Attempts {
	return { ...noAttempts, lifetime: Math.max(0, lifetime - 1) };
}

function waitAfter(failures: number, now: Date): Instant | null {
	if (failures < firstWaitAt) return null;
	// A school may set the block so far away that doubling would pass every date.
	const doublings = Math.min(failures - firstWaitAt, 10);
	return new Date(now.getTime() + firstWaitSeconds * 2 ** doublings * 1000).toISOString();
}

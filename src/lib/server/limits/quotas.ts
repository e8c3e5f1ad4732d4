import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Instant } from '#lib/domain/kernel/ids.ts';

/** The work that an account may have done in an hour. */
export interface Quota {
	readonly mutations: number;
	/** Of mutations with what comes beside them, as UTF-8 JSON. */
	readonly bytes: number;
}

const kB = 1_000;
const MB = 1_000 * kB;

/**
 * By role (design.md 3, *Quotas*; docs/limits.md says why): far more than a school does in an hour,
 * and so little that an account that never stops fills no disk. The server's own work has none.
 */
export const quotas = {
	administration: { mutations: 200_000, bytes: 100 * MB },
	scheduler: { mutations: 50_000, bytes: 25 * MB },
	teacher: { mutations: 20_000, bytes: 10 * MB },
	guardian: { mutations: 600, bytes: 1_500 * kB },
	pupil: { mutations: 600, bytes: 1_500 * kB },
	system: null
} as const satisfies Readonly<Record<Actor['role'], Quota | null>>;

/** When what an account used will have leaked away; in the past: it has. */
export interface Used {
	readonly mutationsUntil: Instant;
	readonly bytesUntil: Instant;
}

/** The work that a request asks for. */
export type Work = Quota;

export type Verdict =
	| { readonly kind: 'go'; readonly used: Used }
	/** Seconds until there is some room. */
	| { readonly kind: 'wait'; readonly seconds: number };

const hour = 3_600_000;
/**
 * A device that found the bucket full comes back when a twelfth has leaked away, and not for each
 * drop of it: it begins at the front of its outbox every time.
 */
const room = hour / 12;

/**
 * A leaking bucket for each figure, which empties in an hour. One that is not full takes a request
 * whatever its size, so that each gets through in the end; the bucket then runs over, and the next
 * has longer to wait.
 *
 * @param used null: nothing yet
 */
export function verdictOn(used: Used | null, work: Work, quota: Quota, now: Date): Verdict {
	const time = now.getTime();
	const levels = {
		mutations: levelOf(used?.mutationsUntil, time),
		bytes: levelOf(used?.bytesUntil, time)
	};
	const highest = Math.max(levels.mutations, levels.bytes);
	if (highest >= hour) return { kind: 'wait', seconds: Math.ceil((highest - hour + room) / 1_000) };
	const after = (figure: keyof Quota): Instant => {
		const cost = Math.ceil((work[figure] / quota[figure]) * hour);
		return new Date(time + Math.min(levels[figure] + cost, mostLevel)).toISOString();
	};
	return { kind: 'go', used: { mutationsUntil: after('mutations'), bytesUntil: after('bytes') } };
}

/** However large a request, or far ahead a clock that was put right since: nobody waits for longer. */
const mostLevel = 2 * hour;

/** How full a bucket is, in milliseconds until it is empty. */
function levelOf(until: Instant | undefined, time: number): number {
	if (until === undefined) return 0;
	return Math.min(Math.max(Date.parse(until) - time, 0), mostLevel);
}

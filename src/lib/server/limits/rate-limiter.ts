import { levelNow, secondsUntilRoom, type Bucket, type Rate } from './bucket.ts';

/** As many addresses are remembered; an attacker who has more wins nothing by it elsewhere. */
const maxBuckets = 50_000;

/**
 * Counts requests per key (an address, a session), in this process's memory: a first line against
 * floods. Counts that must survive a restart, failures to sign in, lie in the store.
 */
export class RateLimiter {
	readonly #rate: Rate;
	readonly #buckets = new Map<string, Bucket>();

	constructor(rate: Rate) {
		this.#rate = rate;
	}

	/** Counts one. Returns the seconds to wait; 0: go on. One that has to wait is not counted. */
	take(key: string, now: number): number {
		const bucket = this.#buckets.get(key) ?? { level: 0, at: now };
		const wait = secondsUntilRoom(bucket, this.#rate, now);
		if (wait > 0) return wait;
		// Put last: the map's first key is then the one that was quiet longest.
		this.#buckets.delete(key);
		this.#buckets.set(key, { level: levelNow(bucket, this.#rate, now) + 1, at: now });
		this.#forgetQuiet();
		return 0;
	}

	#forgetQuiet(): void {
		for (const key of this.#buckets.keys()) {
			if (this.#buckets.size <= maxBuckets) return;
			this.#buckets.delete(key);
		}
	}
}

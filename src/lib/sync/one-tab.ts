/** A tab that holds the lock for so long, in milliseconds, has been put to sleep with it. */
const longestHold = 3 * 60_000;

/**
 * Lets one tab of the browser do something at a time. Returns null where another is at it. Two at
 * once would do no harm, only work twice; so from one that hangs it is taken.
 */
export function oneTab(
	locks: LockManager,
	name: string,
	now: () => number
): <T>(work: () => Promise<T>) => Promise<T | null> {
	let since: number | null = null;
	return async (work) => {
		const steal = since !== null && now() - since > longestHold;
		const options = steal ? { steal } : { ifAvailable: true };
		try {
			return await locks.request(name, options, async (lock) => {
				since = lock ? null : (since ?? now());
				return lock ? work() : null;
			});
		} catch (error) {
			// Another tab took it, while this one was asleep.
			if (error instanceof DOMException && error.name === 'AbortError') return null;
			throw error;
		}
	};
}

const first = 1000;
const longest = 5 * 60_000;

/**
 * Milliseconds to wait after so many failures in a row: from a second, doubling, to five minutes; by
 * chance up to half less, so that a school's devices do not all come back at once.
 *
 * @param random from 0 up to 1
 */
export function delayAfter(failures: number, random: number): number {
	const delay = Math.min(longest, first * 2 ** (failures - 1));
	return Math.round(delay * (1 - random / 2));
}

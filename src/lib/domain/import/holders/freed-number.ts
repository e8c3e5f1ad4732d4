/**
 * Returns what a number becomes for the one who had it, once a person said that it is somebody
 * else's now: marked, and in no file. A number is never empty, and nobody loses theirs silently.
 */
export function freedNumber(number: string, isTaken: (number: string) => boolean): string {
	let freed = `${number}-oud`;
	for (let more = 2; isTaken(freed); more++) freed = `${number}-oud${more}`;
	return freed;
}

/** Tells whether a number is what became of another one. */
export function isFreedFrom(freed: string, number: string): boolean {
	return freed.startsWith(number) && /^-oud\d*$/.test(freed.slice(number.length));
}

/** How much of something may happen: so many at once, and so many a second after that. */
export interface Rate {
	readonly capacity: number;
	readonly perSecond: number;
}

/** How full a bucket was at a moment; it leaks at its rate. */
export interface Bucket {
	readonly level: number;
	/** In milliseconds since 1970. */
	readonly at: number;
}

/** How full the bucket is now. A clock that went back leaks nothing. */
export function levelNow({ level, at }: Bucket, { perSecond }: Rate, now: number): number {
	return Math.max(0, level - (Math.max(0, now - at) / 1000) * perSecond);
}

/** The error that binary fractions may have. */
const rounding = 1e-6;

/** Seconds until one more fits, at least 1; 0: it fits now. */
export function secondsUntilRoom(bucket: Bucket, rate: Rate, now: number): number {
	const over = levelNow(bucket, rate, now) + 1 - rate.capacity;
	return over < rounding ? 0 : Math.max(1, Math.ceil(over / rate.perSecond - rounding));
}

/**
 * The bucket with one more in it, its level a whole number that a column can hold. The part of the
 * next one that has leaked is kept in its time.
 */
export function withOneMore({ level, at }: Bucket, { perSecond }: Rate, now: number): Bucket {
	const leaked = Math.floor((Math.max(0, now - at) / 1000) * perSecond + rounding);
	if (leaked >= level) return { level: 1, at: now };
	return { level: level - leaked + 1, at: at + Math.round((leaked / perSecond) * 1000) };
}

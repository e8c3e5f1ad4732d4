import { toBase64url, type Bytes } from './bytes.ts';

export function randomBytes(length: number): Bytes {
	return crypto.getRandomValues(new Uint8Array(length));
}

const idLength = 16;
/** Random bytes for ids to come: asking the browser costs more than drawing them. */
const pool = new Uint8Array(idLength * 256);
let used = pool.length;

/** 128 random bits in base64url, 22 characters. */
export function newId(): string {
	if (used === pool.length) {
		crypto.getRandomValues(pool);
		used = 0;
	}
	return toBase64url(pool.subarray(used, (used += idLength)));
}

/**
 * An id for what is written down in the order in which it is made: 48 bits of milliseconds since
 * 1970 and 80 random ones, as in UUIDv7. Those of one moment lie together in an index, so that a
 * thousand of them change a few of its pages and not a thousand.
 */
export function newTimedId(now: number = Date.now()): string {
	const bytes = randomBytes(idLength);
	const view = new DataView(bytes.buffer);
	view.setUint16(0, Math.floor(now / 2 ** 32));
	view.setUint32(2, now % 2 ** 32);
	return toBase64url(bytes);
}

/**
 * A random whole number from 0 up to, not including, `below` (1 to 2³²), each as likely as the
 * next: what a remainder would favour is thrown away and drawn again.
 */
export function randomInt(below: number): number {
	if (!Number.isInteger(below) || below < 1 || below > 2 ** 32) {
		throw new RangeError(`randomInt below ${below}`);
	}
	const limit = 2 ** 32 - (2 ** 32 % below);
	for (;;) {
		const [drawn] = crypto.getRandomValues(new Uint32Array(1));
		if (drawn !== undefined && drawn < limit) return drawn % below;
	}
}

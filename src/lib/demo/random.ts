import type { RandomInt } from '#lib/domain/credentials/password.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Draws that are the same every time: for made-up people only, never for a school of somebody's. */
export class Random {
	#state: number;

	/** @param seed draws with the same seed come out the same. */
	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** A number from 0 up to, not including, 1 (mulberry32). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = this.#state;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	readonly int: RandomInt = (below) => Math.floor(this.next() * below);

	/** From `first` through `last`. */
	between(first: number, last: number): number {
		return first + this.int(last - first + 1);
	}

	chance(share: number): boolean {
		return this.next() < share;
	}

	pick<T>(items: readonly T[]): T {
		const item = items[this.int(items.length)];
		if (item === undefined) throw new RangeError('Nothing to pick from');
		return item;
	}

	/** `count` of the items, in an order of its own. */
	some<T>(items: readonly T[], count: number): T[] {
		const left = [...items];
		const drawn: T[] = [];
		while (drawn.length < count && left.length > 0) {
			drawn.push(...left.splice(this.int(left.length), 1));
		}
		return drawn;
	}

	/** An id as the app makes them: 22 characters of base64url, 128 bits of them significant. */
	readonly id = (): Id => {
		let id = '';
		while (id.length < 21) id += idAlphabet[this.int(64)] ?? '';
		// The last character carries two bits.
		return id + (idAlphabet[this.int(4) * 16] ?? '');
	};
}

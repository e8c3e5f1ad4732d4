import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RateLimiter } from './rate-limiter.ts';

test('so many at once, and then as many as leak away', () => {
	const limiter = new RateLimiter({ capacity: 3, perSecond: 0.1 });
	expect([0, 0, 0, 0].map(() => limiter.take('a', 0))).toEqual([0, 0, 0, 10]);
	expect(limiter.take('b', 0)).toBe(0);
	expect(limiter.take('a', 9_000)).toBe(1);
	expect(limiter.take('a', 10_000)).toBe(0);
});

test('who waits as long as told may go on, and never more passes than the rate allows', () => {
	const rate = { capacity: 5, perSecond: 0.5 };
	fc.assert(
		fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 80 }), (gaps) => {
			const limiter = new RateLimiter(rate);
			let now = 0;
			let passed = 0;
			for (const gap of gaps) {
				now += gap;
				const wait = limiter.take('a', now);
				if (wait === 0) passed++;
				else {
					now += wait * 1000;
					expect(limiter.take('a', now)).toBe(0);
					passed++;
				}
			}
			expect(passed).toBeLessThanOrEqual(rate.capacity + (now / 1000) * rate.perSecond + 1e-6);
		})
	);
});

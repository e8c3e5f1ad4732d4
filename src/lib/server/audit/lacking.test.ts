import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Lacking } from './lacking.ts';

const seq = fc.integer({ min: 1, max: 5_000 });

test('what was added and not removed since is lacking, whatever the ranges', () => {
	const step = fc.oneof(
		fc.record({ add: seq }),
		fc.record({ from: seq, length: fc.integer({ min: 0, max: 3_000 }) })
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
			const lacking = new Lacking();
			const plain = new Set<number>();
			for (const one of steps) {
				if ('add' in one) {
					lacking.add(one.add);
					plain.add(one.add);
				} else {
					const to = one.from + one.length;
					lacking.remove(one.from, to);
					for (const each of plain) if (each >= one.from && each <= to) plain.delete(each);
				}
				expect(lacking.first).toBe(plain.size === 0 ? null : Math.min(...plain));
			}
		})
	);
});

test('a range that was never reached, or is no range, removes nothing else', () => {
	const lacking = new Lacking();
	lacking.add(7);
	lacking.remove(100, 2 ** 40);
	lacking.remove(9, 3);
	lacking.remove(-5, 6);
	expect(lacking.first).toBe(7);
});

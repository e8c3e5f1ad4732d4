import { afterEach, expect, test, vi } from 'vitest';
import { newId, newTimedId, randomInt } from './random.ts';

afterEach(() => vi.restoreAllMocks());

function drawing(...draws: number[]) {
	vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
		(array as unknown as Uint32Array)[0] = draws.shift() ?? 0;
		return array;
	});
}

test('an id is 128 bits in base64url, and never the same', () => {
	const ids = new Set(Array.from({ length: 1000 }, newId));
	expect(ids.size).toBe(1000);
	for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
});

test('ids of one moment begin alike, hold its milliseconds, and are never the same', () => {
	const now = Date.UTC(2026, 10, 21, 8, 30);
	const ids = new Set(Array.from({ length: 1000 }, () => newTimedId(now)));
	expect(ids.size).toBe(1000);
	for (const id of ids) {
		expect(id).toMatch(/^[\w-]{22}$/);
		expect(Buffer.from(id, 'base64url').readUIntBE(0, 6)).toBe(now);
	}
});

test('a draw that a remainder would favour is drawn again', () => {
	// 2^32 is 1 mod 3 and 1 mod 5: the last value would make 0 likelier than the others.
	drawing(2 ** 32 - 1, 7);
	expect(randomInt(3)).toBe(1);
	drawing(2 ** 32 - 1, 2 ** 32 - 2);
	expect(randomInt(5)).toBe(4);
});

test('every number below the bound comes up, and none else', () => {
	const seen = new Set(Array.from({ length: 2000 }, () => randomInt(23)));
	expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 23 }, (_, n) => n));
});

test('the widest bound takes every draw', () => {
	drawing(2 ** 32 - 1);
	expect(randomInt(2 ** 32)).toBe(2 ** 32 - 1);
});

test.each([0, -1, 1.5, 2 ** 33, Number.NaN])('a bound of %d is a bug', (below) => {
	expect(() => randomInt(below)).toThrow(RangeError);
});

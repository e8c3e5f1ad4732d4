import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imagePassword, temporaryPassword, wordPassword, type RandomInt } from './password.ts';

/** A seeded, even source, so that a failure repeats. */
function seeded(seed: number): RandomInt {
	let state = seed >>> 0 || 1;
	return (below) => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) % below;
	};
}

const seeds = fc.integer({ min: 1, max: 0x7fffffff }).map(seeded);

describe('word passwords', () => {
	it('always have the pattern of the source, without look-alikes', () => {
		fc.assert(
			fc.property(seeds, (randomInt) => {
				const { text } = wordPassword(randomInt);
				expect(text).toMatch(/^(?=.{6}$)\d{0,3}[a-z]{3}\d{0,3}$/);
				expect(text).not.toMatch(/[01lo]/);
			})
		);
	});

	it('have a vowel to say them by, and none of the words that no child should type', () => {
		const randomInt = seeded(7);
		const made = Array.from({ length: 20_000 }, () =>
			wordPassword(randomInt).text.replace(/\d/g, '')
		);
		expect(made.filter((word) => !/[aeiu]/.test(word))).toEqual([]);
		expect(
			made.filter((word) => ['kut', 'pik', 'kak', 'tit', 'nig', 'jap'].includes(word))
		).toEqual([]);
		expect(new Set(made).size).toBeGreaterThan(1000);
	});

	it('put the digits before, behind and around the word', () => {
		const randomInt = seeded(3);
		const shapes = new Set(
			Array.from({ length: 200 }, () => wordPassword(randomInt).text.search(/[a-z]/))
		);
		expect([...shapes].sort()).toEqual([0, 1, 2, 3]);
	});
});

describe('temporary passwords', () => {
	it('always have the pattern of the source, without look-alikes', () => {
		fc.assert(
			fc.property(seeds, (randomInt) => {
				const { text } = temporaryPassword(randomInt);
				expect(text).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9]{8}$/);
				expect(text).not.toMatch(/[0O1lIo]/);
			})
		);
	});

	it('do not repeat within a school', () => {
		const randomInt = seeded(11);
		const made = Array.from({ length: 10_000 }, () => temporaryPassword(randomInt).text);
		expect(new Set(made).size).toBe(made.length);
	});
});

describe('image passwords', () => {
	const pictures = Array.from({ length: 40 }, (_, at) => `picture${at}`);

	it('choose as many as the school set, none twice, out of those that the pupil sees', () => {
		fc.assert(
			fc.property(
				seeds,
				fc.integer({ min: 1, max: 8 }),
				fc.integer({ min: 8, max: 40 }),
				(...given) => {
					const [randomInt, length, choices] = given;
					const chosen = imagePassword(pictures, { length, choices }, randomInt).pictures;
					expect(chosen).toHaveLength(length);
					expect(new Set(chosen).size).toBe(length);
					expect(chosen.every((name) => pictures.indexOf(name) < choices)).toBe(true);
				}
			)
		);
	});

	it('throw where there are fewer pictures than asked', () => {
		expect(() => imagePassword(pictures, { length: 5, choices: 4 }, seeded(1))).toThrow(RangeError);
	});
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quotas, verdictOn, type Quota, type Used, type Work } from './quotas.ts';

const start = Date.parse('2026-11-23T08:30:00.000Z');
const hour = 3_600_000;
const guardian = quotas.guardian;

/** An account that asks again and again, over time. */
class Asker {
	used: Used | null = null;
	time = start;
	readonly #quota: Quota;

	constructor(quota: Quota = guardian) {
		this.#quota = quota;
	}

	/** Returns the seconds to wait; 0: it was let through. */
	ask(mutations: number, bytes = mutations * 100): number {
		const work: Work = { mutations, bytes };
		const verdict = verdictOn(this.used, work, this.#quota, new Date(this.time));
		if (verdict.kind === 'wait') return verdict.seconds;
		({ used: this.used } = verdict);
		return 0;
	}
}

describe('a quota', () => {
	test('takes what a school does in an hour, for each role', () => {
		// All passwords of 5,000 pupils renewed and printed twice, some mutations each.
		const administration = new Asker(quotas.administration);
		for (let sent = 0; sent < 60_000; sent += 500) expect(administration.ask(500, 600_000)).toBe(0);
		// A week of offline work: marks of 30 pupils, an hour each.
		const teacher = new Asker(quotas.teacher);
		for (let sent = 0; sent < 5_000; sent += 500) expect(teacher.ask(500, 400_000)).toBe(0);
		const parent = new Asker();
		for (let sent = 0; sent < 300; sent++) expect(parent.ask(1, 1_000)).toBe(0);
	});

	test('is spent after its figure, of mutations or of bytes, and leaks back', () => {
		const many = new Asker();
		expect(many.ask(guardian.mutations)).toBe(0);
		expect(many.ask(1)).toBeGreaterThan(0);
		const heavy = new Asker();
		expect(heavy.ask(1, guardian.bytes)).toBe(0);
		expect(heavy.ask(1)).toBeGreaterThan(0);
		many.time += hour;
		expect(many.ask(guardian.mutations)).toBe(0);
	});

	test('tells a time after which some room is there, and not just a drop', () => {
		const asker = new Asker();
		asker.ask(guardian.mutations);
		const seconds = asker.ask(1);
		expect(seconds).toBe(300);
		asker.time += seconds * 1_000;
		let taken = 0;
		while (asker.ask(1) === 0) taken++;
		expect(taken).toBeGreaterThanOrEqual(guardian.mutations / 12);
	});

	test('takes one request larger than all of it, and lets nobody starve or wait for ever', () => {
		const asker = new Asker();
		expect(asker.ask(5_000, 50_000_000)).toBe(0);
		const seconds = asker.ask(1);
		expect(seconds).toBeLessThanOrEqual((hour + hour / 12) / 1_000);
		asker.time += seconds * 1_000;
		expect(asker.ask(5_000, 50_000_000)).toBe(0);
	});

	test('makes nobody wait for a clock that was put right', () => {
		const asker = new Asker();
		asker.time += 30 * 24 * hour;
		asker.ask(guardian.mutations);
		asker.time = start;
		expect(asker.ask(1)).toBeLessThanOrEqual((hour + hour / 12) / 1_000);
	});

	test('never lets through more in any time than its figure, that time’s leak and one request', () => {
		const step = fc.record({
			pause: fc.integer({ min: 0, max: hour / 4 }),
			mutations: fc.integer({ min: 1, max: 500 })
		});
		fc.assert(
			fc.property(fc.array(step, { minLength: 1, maxLength: 200 }), (steps) => {
				const asker = new Asker();
				let taken = 0;
				for (const { pause, mutations } of steps) {
					asker.time += pause;
					if (asker.ask(mutations) === 0) taken += mutations;
				}
				const passed = (asker.time - start) / hour;
				expect(taken).toBeLessThanOrEqual(guardian.mutations * (1 + passed) + 500);
			})
		);
	});
});

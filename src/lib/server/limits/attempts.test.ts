import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forgiven, noAttempts, verdictOn, withFailure, type Attempts } from './attempts.ts';

const now = new Date('2026-11-23T08:30:00.000Z');
const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

function failing(times: number): Attempts {
	return Array.from({ length: times }).reduce<Attempts>(
		(before) => withFailure(before, 10, now),
		noAttempts
	);
}

test('four failures cost nothing, the fifth a minute, each further one twice as much', () => {
	expect(verdictOn(failing(4), now)).toEqual({ kind: 'go' });
	expect(verdictOn(failing(5), now)).toEqual({ kind: 'wait', seconds: 60 });
	expect(verdictOn(failing(6), now)).toEqual({ kind: 'wait', seconds: 120 });
	expect(verdictOn(failing(9), now)).toEqual({ kind: 'wait', seconds: 960 });
	expect(verdictOn(failing(5), later(60))).toEqual({ kind: 'go' });
});

test('the tenth blocks, however long one waits', () => {
	expect(verdictOn(failing(10), later(1e9))).toEqual({ kind: 'blocked' });
});

test('a success takes back the delay, and not what was tried before', () => {
	const after = forgiven(failing(7));
	expect(verdictOn(after, now)).toEqual({ kind: 'go' });
	expect(after.lifetime).toBe(6);
});

test('somebody who tries a few times between the successes of the owner is blocked at last', () => {
	let attempts = noAttempts;
	let tries = 0;
	while (verdictOn(attempts, now).kind === 'go' && tries < 1000) {
		for (let at = 0; at < 4; at++, tries++) attempts = withFailure(attempts, 10, now);
		if (attempts.blockedAt === null) attempts = forgiven(withFailure(attempts, 10, now));
	}
	expect(tries).toBe(100);
});

test('however a school sets it, nobody tries more often than it allows', () => {
	fc.assert(
		fc.property(fc.integer({ min: 3, max: 100 }), (blockAfter) => {
			let attempts = noAttempts;
			let at = now;
			let tries = 0;
			for (;;) {
				const verdict = verdictOn(attempts, at);
				if (verdict.kind === 'blocked') break;
				if (verdict.kind === 'wait') at = new Date(at.getTime() + verdict.seconds * 1000);
				attempts = withFailure(attempts, blockAfter, at);
				tries++;
			}
			expect(tries).toBe(blockAfter);
		})
	);
});

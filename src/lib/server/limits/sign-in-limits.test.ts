import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Store } from '../store/database.ts';
import { openStore } from '../store/open-store.ts';
import { addSchoolRow } from '../store/testing/school-row.ts';
import {
	countTry,
	forgetAttempts,
	forgiveTry,
	judgeFailure,
	type Failure,
	type Try,
	type TryVerdict
} from './sign-in-limits.ts';

const school = 'AAAAAAAAAAAAAAAAAAAAAA';
let store: Store;
let now: Date;
beforeEach(async () => {
	store = await openStore({ kind: 'memory' });
	await addSchoolRow(store, { id: school, at: '2026-11-23T08:30:00.000Z' });
	now = new Date('2026-11-23T08:30:00.000Z');
});
afterEach(() => store.close());

const later = (seconds: number): void => {
	now = new Date(now.getTime() + seconds * 1000);
};

function tryOf(subject: string, more: Partial<Try> = {}): Try {
	return { subject, address: 'school', known: false, blockAfter: 10, budget: 300, now, ...more };
}

const count = (tried: Try): Promise<TryVerdict> => store.write(school, (tx) => countTry(tx, tried));
const forgive = (tried: Try): Promise<void> => store.write(school, (tx) => forgiveTry(tx, tried));
const judge = (tried: Try): Promise<Failure> => store.read(school, (tx) => judgeFailure(tx, tried));

test('of a hundred tries at the same moment four pass before the delay', async () => {
	const verdicts = await Promise.all(Array.from({ length: 100 }, () => count(tryOf('a'))));
	expect(verdicts.filter(({ kind }) => kind === 'go')).toHaveLength(5);
	expect(verdicts.at(-1)).toEqual({ kind: 'wait', seconds: 60 });
});

test('the tenth failure blocks, and lifting it lets in again', async () => {
	const blocks: boolean[] = [];
	for (let at = 0; at < 10; at++) {
		expect(await count(tryOf('a'))).toEqual({ kind: 'go' });
		blocks.push((await judge(tryOf('a'))).blocks);
		later(3600);
	}
	expect(blocks).toEqual([...Array.from({ length: 9 }, () => false), true]);
	expect(await count(tryOf('a'))).toEqual({ kind: 'blocked' });
	await store.write(school, (tx) => forgetAttempts(tx, 'a'));
	expect(await count(tryOf('a'))).toEqual({ kind: 'go' });
});

test('a thousand parents who know their passwords come in from one address', async () => {
	for (let at = 0; at < 1000; at++) {
		const tried = tryOf(`parent ${at}`);
		expect(await count(tried)).toEqual({ kind: 'go' });
		await forgive(tried);
	}
});

test('a school behind one address mistypes as much as classes do, and hardly waits', async () => {
	let longest = 0;
	for (let at = 0; at < 450; at++) {
		const verdict = await count(tryOf(`pupil ${at}`, { budget: 1000 }));
		if (verdict.kind === 'wait') longest = Math.max(longest, verdict.seconds);
		later(8);
	}
	expect(longest).toBe(0);
});

test('who tries many accounts a little each is slowed down once the budget of the day is spent', async () => {
	let overBudget = 0;
	let heard = 0;
	for (let minute = 0; minute < 600; minute++) {
		const tried = tryOf(`pupil ${minute}`, { budget: 50, address: 'attacker' });
		if ((await count(tried)).kind === 'go') {
			heard++;
			if ((await judge(tried)).overBudget !== null) overBudget++;
		}
		later(60);
	}
	expect(overBudget).toBe(1);
	expect(heard).toBeLessThan(50 + 600 / 2);
	const attacking = { budget: 50, address: 'attacker' };
	for (let at = 0; at < 5; at++) await count(tryOf(`pupil ${at}`, attacking));
	expect((await count(tryOf('own', attacking))).kind).toBe('wait');
	expect((await count(tryOf('own', { ...attacking, known: true }))).kind).toBe('go');
	expect((await count(tryOf('own', { ...attacking, address: 'elsewhere' }))).kind).toBe('go');
});

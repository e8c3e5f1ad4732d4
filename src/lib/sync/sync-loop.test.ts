import { expect, test } from 'vitest';
import { group } from '#lib/vault/test-kit.ts';
import { cookie, make, setUp, synced, taken } from './test-loop.ts';

test('what was made is sent with its numbers, settles, and is not sent again', async () => {
	const { tab, transport, loop, round, open } = await setUp();
	await make(tab, { count: ['a', 'x'] }, { count: ['a', 'y'] });
	loop.start();
	expect(loop.status).toMatchObject({ waiting: 2, lastContact: null });
	transport.answers = [
		(request) => synced({ results: taken(request), puts: [group('a', 'xy')] }),
		() => synced()
	];
	await round();
	expect(transport.asked[0]).toMatchObject({
		account: 'account-1',
		confirmed: 0,
		cookie: null,
		mutations: [{ number: 1 }, { number: 2 }],
		unsent: false
	});
	expect(loop.status).toMatchObject({
		trouble: null,
		waiting: 0,
		lastContact: '2026-11-21T13:00:00.000Z',
		updatedUntil: '2026-11-21T13:00:00.000Z'
	});
	await make(tab, { count: ['a', 'z'] });
	expect((await open()).replica.state.get('group', 'a')?.name).toBe('xyz');
	transport.answers = [(request) => synced({ results: taken(request), cookie: cookie(2) })];
	await round();
	expect(transport.asked.at(-1)).toMatchObject({
		confirmed: 2,
		cookie: { version: 1 },
		mutations: [{ number: 3 }]
	});
});

test('a change is sent soon after it was made, and a quiet loop asks ever more seldom', async () => {
	const { tab, clock, loop, round } = await setUp();
	loop.start();
	const rests: (number | null)[] = [];
	for (let times = 0; times < 7; times++) {
		await round();
		rests.push(clock.next);
	}
	const minute = 60_000;
	expect(rests).toEqual([1, 2, 4, 8, 15, 15, 15].map((minutes) => minutes * minute));
	loop.poke();
	await round(0);
	expect(clock.next).toBe(minute);
	await make(tab, { count: ['a', 'x'] });
	expect(clock.next).toBe(300);
});

test('while another tab is at it, this one waits', async () => {
	const { transport, clock, loop, round } = await setUp({ alone: () => Promise.resolve(null) });
	loop.start();
	await round();
	expect(transport.asked).toEqual([]);
	expect(clock.next).toBe(3000);
});

test('a locked vault ends it', async () => {
	const { tab, clock, loop, round } = await setUp();
	loop.start();
	tab.vault.lock();
	await round();
	expect(clock.next).toBeNull();
});

test('a stopped loop leaves everything as it is', async () => {
	const { tab, transport, clock, loop } = await setUp();
	loop.start();
	loop.stop();
	await make(tab, { count: ['a', 'x'] });
	loop.poke();
	expect(clock.next).toBeNull();
	expect(transport.asked).toEqual([]);
});

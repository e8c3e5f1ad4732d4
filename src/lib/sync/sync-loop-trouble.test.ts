import { expect, test, vi } from 'vitest';
import { group } from '#lib/vault/test-kit.ts';
import { make, setUp, synced, taken } from './test-loop.ts';

test('failures are tried again, ever less often, until one gets through', async () => {
	const { transport, clock, loop, round } = await setUp();
	loop.start();
	transport.answers = [() => ({ kind: 'offline' })];
	const delays: (number | null)[] = [];
	for (let times = 0; times < 11; times++) {
		await round();
		delays.push(clock.next);
	}
	expect(delays.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
	expect(delays.at(-1)).toBe(300_000);
	expect(loop.status.trouble).toBe('offline');
	transport.answers = [() => synced()];
	loop.poke();
	await round(0);
	expect(loop.status.trouble).toBeNull();
	expect(clock.next).toBe(60_000);
});

test('the server is left alone for as long as it asks, whoever pokes', async () => {
	const { transport, clock, loop, round } = await setUp();
	loop.start();
	transport.answers = [() => ({ kind: 'busy', retryAfter: 90 }), () => synced()];
	await round();
	loop.poke();
	expect(clock.next).toBe(90_000);
	expect(loop.status.trouble).toBe('busy');
});

test('without a session everything stays, and goes on after the next sign-in', async () => {
	const { tab, transport, loop, round } = await setUp();
	await make(tab, { count: ['a', 'x'] });
	loop.start();
	transport.answers = [() => ({ kind: 'signedOut' })];
	await round();
	expect(loop.status).toMatchObject({ trouble: 'signedOut', waiting: 1 });
	transport.answers = [(request) => synced({ results: taken(request) })];
	loop.poke();
	await round(0);
	expect(loop.status).toMatchObject({ trouble: null, waiting: 0 });
});

test('an app that is too old still sends all it has, and says so', async () => {
	const { tab, transport, loop, round } = await setUp();
	await make(tab, ...Array.from({ length: 501 }, () => ({ count: ['a', 'x'] as const })));
	loop.start();
	transport.answers = [() => ({ kind: 'update' })];
	await round();
	expect(loop.status).toMatchObject({
		lastContact: '2026-11-21T13:00:00.000Z',
		updatedUntil: null
	});
	expect(transport.asked.map(({ mutations }) => mutations.length)).toEqual([500, 1]);
	expect(loop.status).toMatchObject({ trouble: 'update', waiting: 501 });
});

test('a device that was reported lost is wiped, and asks no more', async () => {
	const wipe = vi.fn(() => Promise.resolve());
	const { transport, clock, loop, round } = await setUp({ wipe });
	loop.start();
	transport.answers = [() => ({ kind: 'wiped' })];
	await round();
	await expect.poll(() => wipe).toHaveBeenCalledOnce();
	expect(clock.next).toBeNull();
});

test('somebody is told when nothing gets through for long, but not for being offline', async () => {
	let online = true;
	const { tab, transport, loop, round } = await setUp({ online: () => online });
	await make(tab, { count: ['a', 'x'] });
	loop.start();
	transport.answers = [() => ({ kind: 'broken' })];
	await round();
	expect(loop.status.stuck).toBe(false);
	await round(11 * 60_000);
	expect(loop.status.stuck).toBe(true);
	online = false;
	expect(loop.status.stuck).toBe(false);
	online = true;
	transport.answers = [(request) => synced({ results: taken(request) })];
	await round();
	expect(loop.status.stuck).toBe(false);
});

test('who is asked to wait for an hour waits so long, loses nothing, and says until when', async () => {
	const { tab, transport, clock, loop, round, open } = await setUp();
	const uids = (await make(tab, { count: ['a', 'x'] }, { count: ['a', 'y'] }), tab.replica.waiting);
	transport.answers = [
		() => ({ kind: 'busy', retryAfter: 3600 }),
		(request) => synced({ results: taken(request), puts: [group('a', 'xy')] })
	];
	loop.start();
	await round();
	expect(loop.status).toMatchObject({
		trouble: 'busy',
		waiting: 2,
		waitsUntil: '2026-11-21T14:00:00.000Z'
	});
	expect((await open()).replica.waiting).toHaveLength(uids.length);
	loop.poke();
	await make(tab, { count: ['a', 'z'] });
	clock.pass(3_599_000);
	expect(transport.asked).toHaveLength(1);
	expect(loop.status).toMatchObject({ stuck: false, waiting: 3 });
	await round();
	expect(transport.asked[1]?.mutations).toHaveLength(3);
	expect(loop.status).toMatchObject({ trouble: null, waiting: 0, waitsUntil: null });
});

test('a clock that was put back makes nobody wait for longer than was asked', async () => {
	const { tab, transport, clock, loop, round } = await setUp();
	await make(tab, { count: ['a', 'x'] });
	transport.answers = [
		() => ({ kind: 'busy', retryAfter: 600 }),
		(request) => synced({ results: taken(request), puts: [group('a', 'x')] })
	];
	loop.start();
	await round();
	clock.time -= 30 * 86_400_000;
	loop.poke();
	expect(clock.next).toBeLessThanOrEqual(600_000);
	await round();
	expect(loop.status).toMatchObject({ waiting: 0 });
});

test('who is asked to wait for a moment is told nothing of it', async () => {
	const { tab, transport, loop, round } = await setUp();
	await make(tab, { count: ['a', 'x'] });
	transport.answers = [() => ({ kind: 'busy', retryAfter: 5 })];
	loop.start();
	await round();
	expect(loop.status).toMatchObject({ trouble: 'busy', waiting: 1, waitsUntil: null });
});

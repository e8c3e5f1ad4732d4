import { expect, test } from 'vitest';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';
import { group } from '#lib/vault/test-kit.ts';
import { cookie, make, setUp, synced, taken } from './test-loop.ts';

test('more than fits goes in parts, and settles when all of it is answered', async () => {
	const { tab, transport, loop, round } = await setUp();
	await make(tab, ...Array.from({ length: 501 }, () => ({ count: ['a', 'x'] as const })));
	loop.start();
	transport.answers = [
		(request) => {
			expect(tab.replica.waiting.length).toBe(501);
			return synced({ results: taken(request), cookie: null });
		},
		(request) => synced({ results: taken(request), puts: [group('a', 'x'.repeat(501))] })
	];
	await round();
	expect(transport.asked.map(({ mutations, unsent }) => [mutations[0]?.number, unsent])).toEqual([
		[1, true],
		[501, false]
	]);
	expect(loop.status.waiting).toBe(0);
	expect(tab.replica.state.get('group', 'a')?.name).toHaveLength(501);
});

test('a refused mutation is told, and does not hold up those behind it', async () => {
	const { tab, transport, loop, round } = await setUp();
	await make(tab, { count: ['a', 'x'] }, { count: ['a', 'y'] });
	loop.start();
	transport.answers = [
		(request) => {
			const [first, second] = taken(request);
			if (!first || !second) return { kind: 'broken' };
			const refusal = { code: 'notAllowed' } as const;
			return synced({ results: [{ ...first, refusal }, second], puts: [group('a', 'y')] });
		}
	];
	await round();
	expect(loop.status).toMatchObject({ waiting: 0, refused: 1 });
	expect(tab.replica.state.get('group', 'a')?.name).toBe('y');
});

test('a mutation that the server cannot read is found and set aside', async () => {
	const { tab, transport, loop, round } = await setUp();
	await make(
		tab,
		...['a', 'b', 'bad', 'c', 'd'].map((letter) => ({ count: ['a', letter] as const }))
	);
	loop.start();
	const isBad = ({ mutations }: SyncRequest) =>
		mutations.some(({ mutation }) => JSON.stringify(mutation.args).includes('bad'));
	transport.answers = [
		(request) => (isBad(request) ? { kind: 'rejected' } : synced({ results: taken(request) }))
	];
	await round();
	expect(loop.status).toMatchObject({ waiting: 0, refused: 1, trouble: null });
	expect(
		transport.asked
			.at(-1)
			?.mutations.map(({ number }) => number)
			.at(-1)
	).toBe(4);
});

test('a renumbered outbox goes out again from 1, with the same uids', async () => {
	const { tab, transport, loop, round } = await setUp();
	await make(tab, { count: ['a', 'x'] });
	loop.start();
	transport.answers = [
		() => ({ kind: 'renumber', lastMadeAt: null }),
		(request) => synced({ results: taken(request), puts: [group('a', 'x')] })
	];
	await round();
	const [before, after] = transport.asked;
	expect(after?.clientId).not.toBe(before?.clientId);
	expect(after?.mutations).toEqual(before?.mutations);
	expect(loop.status.waiting).toBe(0);
});

test('another epoch means that a backup was restored: what was sent lately goes again, once', async () => {
	const { tab, transport, loop, round } = await setUp();
	await make(tab, { count: ['a', 'x'] });
	loop.start();
	await round();
	const restored = { ...cookie(1), epoch: 'epoch-2' };
	transport.answers = [
		(request) => synced({ cookie: restored, afresh: true, results: taken(request) })
	];
	loop.poke();
	await round(0);
	const [first, asked, again] = transport.asked;
	expect(asked?.mutations).toEqual([]);
	expect(again?.mutations).toEqual(first?.mutations);
	expect(again?.clientId).not.toBe(asked?.clientId);
	expect(transport.asked).toHaveLength(3);
	expect(loop.status).toMatchObject({ waiting: 0, trouble: null });
	loop.poke();
	await round(0);
	expect(transport.asked).toHaveLength(4);
});

test('a server that tells nothing of what it was sent is not asked again at once', async () => {
	const { tab, transport, clock, loop, round } = await setUp();
	await make(tab, { count: ['a', 'x'] });
	loop.start();
	transport.answers = [() => synced({ cookie: cookie(2) })];
	await round();
	expect(loop.status).toMatchObject({ trouble: 'broken', waiting: 1 });
	expect(clock.next).toBe(1000);
});

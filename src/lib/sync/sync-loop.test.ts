import { expect, onTestFinished, test, vi } from 'vitest';
import type { SyncAnswer, Synced } from '#lib/protocol/sync-answer.ts';
import type { SyncRequest } from '#lib/protocol/sync-request.ts';
import {
	entry,
	group,
	joinedVault,
	signature,
	valueOf,
	type Tab,
	type TestArgs
} from '#lib/vault/test-kit.ts';
import { SyncLoop, type SyncLoopOptions } from './sync-loop.ts';
import type { Transport, TransportFailure } from './transport.ts';

type Answer = SyncAnswer | TransportFailure;

const cookie = (version: number) => ({
	epoch: 'epoch-1',
	version,
	scopes: ['school/staff'],
	reading: null
});

const synced = (change: Partial<Synced> = {}): Synced => ({
	kind: 'synced',
	cookie: cookie(1),
	results: [],
	afresh: false,
	removes: [],
	puts: [],
	lostScopes: [],
	scopes: ['school/staff'],
	more: false,
	today: '2026-11-21',
	...change
});

const taken = ({ mutations }: SyncRequest) =>
	mutations.map(({ number, mutation: { uid } }) => ({ number, uid, refusal: null }));

/** What was asked, and answers in turn; the last one again and again. */
class FakeTransport implements Transport {
	readonly asked: SyncRequest[] = [];
	answers: ((request: SyncRequest) => Answer)[] = [
		(request) => synced({ results: taken(request) })
	];

	post(request: SyncRequest): Promise<Answer> {
		this.asked.push(request);
		const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
		return Promise.resolve(answer?.(request) ?? { kind: 'offline' });
	}
}

/** Time that passes when told; what is due then runs. */
class FakeClock {
	time = Date.parse('2026-11-21T13:00:00.000Z');
	due: { readonly at: number; readonly work: () => void }[] = [];

	now = () => this.time;
	random = () => 0;
	after = (milliseconds: number, work: () => void) => {
		const timer = { at: this.time + milliseconds, work };
		this.due.push(timer);
		return () => void (this.due = this.due.filter((other) => other !== timer));
	};

	get next(): number | null {
		const [first] = this.due.map(({ at }) => at - this.time).sort((a, b) => a - b);
		return first ?? null;
	}

	pass(milliseconds: number): void {
		this.time += milliseconds;
		const now = this.due.filter(({ at }) => at <= this.time);
		this.due = this.due.filter(({ at }) => at > this.time);
		for (const { work } of now) work();
	}
}

async function setUp(options: Partial<SyncLoopOptions> = {}) {
	const vault = await joinedVault();
	const tab = await vault.open();
	const transport = new FakeTransport();
	const clock = new FakeClock();
	const loop = new SyncLoop({
		replica: tab.replica,
		account: 'account-1',
		transport,
		clock,
		alone: async (round) => round(),
		online: () => true,
		wipe: () => Promise.resolve(),
		...options
	});
	onTestFinished(() => loop.stop());
	/** Lets the round that is due run to its end. */
	const round = async (wait = clock.next ?? 0) => {
		clock.pass(wait);
		await expect.poll(() => loop.status.working).toBe(false);
	};
	return { ...vault, tab, transport, clock, loop, round };
}

const make = async ({ replica }: Tab, ...args: readonly TestArgs[]) =>
	valueOf(
		await replica.commit(
			args.map((one) => entry(one)),
			signature
		)
	);

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

test('an answer in parts is asked on and shown when it is whole', async () => {
	const { tab, transport, loop, round } = await setUp();
	loop.start();
	const loading: (number | null)[] = [];
	loop.subscribe((status) => loading.push(status.loading));
	transport.answers = [
		() => synced({ more: true, cookie: cookie(7), puts: [group('a', 'a'), group('b', 'b')] }),
		() => {
			expect(tab.replica.state.count('group')).toBe(0);
			return synced({ cookie: cookie(8), removes: [{ kind: 'group', id: 'b' }] });
		}
	];
	await round();
	expect(transport.asked[1]?.cookie).toMatchObject({ version: 7 });
	expect([...tab.replica.state.all('group')].map(({ id }) => id)).toEqual(['a']);
	expect(loading).toContain(2);
	expect(loop.status.loading).toBeNull();
});

test('what is made in the middle of a reading waits for the next round', async () => {
	const { tab, transport, clock, loop, round } = await setUp();
	loop.start();
	transport.answers = [
		() => {
			void tab.replica.commit([entry({ count: ['a', 'x'] })], signature);
			return synced({ more: true, cookie: cookie(7) });
		},
		() => synced({ cookie: cookie(8) })
	];
	await round();
	expect(transport.asked[1]?.mutations).toEqual([]);
	await expect.poll(() => loop.status.waiting).toBe(1);
	expect(clock.next).toBe(300);
});

test('scopes that are lost take their records along, also those that had just come', async () => {
	const { tab, transport, loop, round } = await setUp();
	loop.start();
	transport.answers = [() => synced({ puts: [group('a', 'a')] })];
	await round();
	transport.answers = [
		() => synced({ more: true, cookie: cookie(2), puts: [group('b', 'b')] }),
		() => synced({ cookie: cookie(3), lostScopes: ['school/staff'], scopes: [] })
	];
	loop.poke();
	await round(0);
	expect(tab.replica.state.count('group')).toBe(0);
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

test('a mutation that the endpoint cannot read is found and set aside', async () => {
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

test('the endpoint is left alone for as long as it asks, whoever pokes', async () => {
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

test('while another tab is at it, this one waits', async () => {
	const { transport, clock, loop, round } = await setUp({ alone: () => Promise.resolve(null) });
	loop.start();
	await round();
	expect(transport.asked).toEqual([]);
	expect(clock.next).toBe(3000);
});

test('an endpoint that tells nothing of what it was sent is not asked again at once', async () => {
	const { tab, transport, clock, loop, round } = await setUp();
	await make(tab, { count: ['a', 'x'] });
	loop.start();
	transport.answers = [() => synced({ cookie: cookie(2) })];
	await round();
	expect(loop.status).toMatchObject({ trouble: 'broken', waiting: 1 });
	expect(clock.next).toBe(1000);
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

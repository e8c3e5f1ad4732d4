import { expect, onTestFinished, test, vi } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { listen } from './live.ts';

/** The server's side of a stream. */
class FakeStream {
	readonly response: Response;
	readonly signal: AbortSignal;
	#controller: ReadableStreamDefaultController<Uint8Array> | null = null;

	constructor(signal: AbortSignal) {
		this.signal = signal;
		const body = new ReadableStream<Uint8Array>({
			start: (controller) => {
				this.#controller = controller;
				signal.addEventListener('abort', () => this.fail());
			}
		});
		this.response = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
	}

	say(text: string): void {
		this.#controller?.enqueue(new TextEncoder().encode(text));
	}

	end(): void {
		this.#controller?.close();
	}

	fail(): void {
		this.#controller?.error(new TypeError('network error'));
	}
}

type Answer = (signal: AbortSignal) => Promise<Response>;

function setUp(name = `live-${newId()}`) {
	const streams: FakeStream[] = [];
	const waiting: { readonly delay: number; readonly work: () => void }[] = [];
	const poke = vi.fn();
	/** Instead of a stream, in order. */
	const answers: Answer[] = [];
	const open = vi.fn<Answer>((signal) => {
		const answer = answers.shift();
		if (answer) return answer(signal);
		const stream = new FakeStream(signal);
		streams.push(stream);
		return Promise.resolve(stream.response);
	});
	const stop = listen({
		locks: navigator.locks,
		name,
		open,
		poke,
		random: () => 0,
		after: (delay, work) => {
			const waits = { delay, work };
			waiting.push(waits);
			return () => void waiting.splice(waiting.indexOf(waits), 1);
		}
	});
	onTestFinished(stop);
	return { name, streams, waiting, answers, open, poke, stop };
}

type Tab = ReturnType<typeof setUp>;

const pokes = (tab: Tab, count: number) => expect.poll(() => tab.poke).toHaveBeenCalledTimes(count);
const streams = (tab: Tab, count: number) => expect.poll(() => tab.streams).toHaveLength(count);

/** Lets the pause go by in which the tab waits; returns how long it was. */
async function goOn(tab: Tab): Promise<number> {
	await expect.poll(() => tab.waiting).toHaveLength(1);
	const [{ delay, work }] = tab.waiting.splice(0) as [(typeof tab.waiting)[0]];
	work();
	return delay;
}

const offline: Answer = () => Promise.reject(new TypeError('Failed to fetch'));
const refused: Answer = () => Promise.resolve(Response.json({ code: 'locked' }, { status: 401 }));

test('a connection that opens and what the server says over it are pokes, its signs of life are not', async () => {
	const tab = setUp();
	await pokes(tab, 1);
	tab.streams[0]?.say(':\n\n');
	tab.streams[0]?.say('data: ["school/name"]\n\n');
	await pokes(tab, 2);
	tab.streams[0]?.say(':\n\ndata: ["school/na');
	tab.streams[0]?.say('me"]\n');
	tab.streams[0]?.say('\n');
	await pokes(tab, 3);
});

test('one tab listens, and another when that one is gone', async () => {
	const first = setUp();
	await streams(first, 1);
	const second = setUp(first.name);
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(second.open).not.toHaveBeenCalled();
	first.stop();
	expect(first.streams[0]?.signal.aborted).toBe(true);
	await streams(second, 1);
});

test('a connection that was cut or ended is opened again soon, which is a poke', async () => {
	const tab = setUp();
	await streams(tab, 1);
	tab.streams[0]?.fail();
	expect(await goOn(tab)).toBe(3_000);
	await streams(tab, 2);
	tab.streams[1]?.end();
	expect(await goOn(tab)).toBe(3_000);
	await pokes(tab, 3);
});

test('what cannot be reached is tried ever more seldom, and is no poke', async () => {
	const tab = setUp();
	await streams(tab, 1);
	tab.answers.push(...Array.from({ length: 7 }, () => offline));
	tab.streams[0]?.fail();
	const delays: number[] = [];
	for (let at = 0; at < 8; at++) delays.push(await goOn(tab));
	expect(delays).toEqual([3, 6, 12, 24, 48, 60, 60, 60].map((seconds) => seconds * 1000));
	await pokes(tab, 2);
	tab.streams[1]?.fail();
	expect(await goOn(tab)).toBe(3_000);
});

test.each([
	['nobody signed in', refused],
	['a page of something in between', () => Promise.resolve(new Response('<p>Log in</p>'))]
] as const)('%s is a poke, and is asked again later', async (_what, answer) => {
	const tab = setUp();
	await streams(tab, 1);
	tab.answers.push(answer);
	tab.streams[0]?.end();
	await goOn(tab);
	await pokes(tab, 2);
	expect(await goOn(tab)).toBe(60_000);
	await streams(tab, 2);
});

test('nothing is asked any more once it was stopped, in whatever it was at', async () => {
	const [hearing, waiting] = [setUp(), setUp()];
	await Promise.all([streams(hearing, 1), streams(waiting, 1)]);
	waiting.streams[0]?.fail();
	await expect.poll(() => waiting.waiting).toHaveLength(1);
	for (const tab of [hearing, waiting]) {
		tab.stop();
		await navigator.locks.request(tab.name, () => undefined);
		expect(tab.waiting).toEqual([]);
		expect(tab.open).toHaveBeenCalledTimes(1);
	}
	expect(hearing.poke).toHaveBeenCalledTimes(1);
});

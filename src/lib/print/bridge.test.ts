import { describe, expect, it, vi } from 'vitest';
import { createPrinter } from './bridge.ts';
import type { PrintReply, PrintRequest } from './request.ts';
import { sampleJob } from './testing/sample-job.ts';

/** A worker that answers when it is told to. */
class FakeWorker {
	static started: FakeWorker[] = [];
	readonly requests: PrintRequest[] = [];
	ended = false;
	onmessage: ((event: { data: PrintReply }) => void) | null = null;
	onerror: ((event: { message: string }) => void) | null = null;

	constructor() {
		FakeWorker.started.push(this);
	}

	postMessage(request: string): void {
		this.requests.push(JSON.parse(request) as PrintRequest);
	}

	terminate(): void {
		this.ended = true;
	}

	answer(reply: PrintReply): void {
		this.onmessage?.({ data: reply });
	}
}

const job = sampleJob(1, ['word'], []);
const file = { fileName: 'a.zip', blob: new Blob() };
const done = { reply: 'done', value: file } as const;

function setUp() {
	FakeWorker.started = [];
	const printer = createPrinter(() => new FakeWorker() as unknown as Worker);
	return { printer, worker: (n = 0) => FakeWorker.started[n] as FakeWorker };
}

describe('createPrinter', () => {
	it('starts no worker until there is work, then sends one request at a time', async () => {
		const { printer, worker } = setUp();
		expect(FakeWorker.started).toHaveLength(0);
		const first = printer.make('cards', job);
		const second = printer.preview('cards', job, { kind: 'letters', page: 0 });
		expect(worker().requests.map(({ ask }) => ask)).toEqual(['make']);
		worker().answer(done);
		expect(await first).toEqual({ ok: true, value: file });
		expect(worker().requests.map(({ ask }) => ask)).toEqual(['make', 'preview']);
		worker().answer({ reply: 'refused', failure: { code: 'failed', detail: 'x' } });
		expect(await second).toEqual({ ok: false, refusal: { code: 'failed', detail: 'x' } });
		expect(FakeWorker.started).toHaveLength(1);
	});

	it('passes progress on to the one who asked', () => {
		const { printer, worker } = setUp();
		const onProgress = vi.fn();
		void printer.make('cards', job, { onProgress });
		const progress = { done: 1, total: 2 } as const;
		worker().answer({ reply: 'progress', progress });
		expect(onProgress).toHaveBeenCalledWith(progress);
	});

	it('ends the worker to cancel, and goes on with the next in a new one', async () => {
		const { printer, worker } = setUp();
		const controller = new AbortController();
		const first = printer.make('cards', job, { signal: controller.signal });
		const second = printer.make('cards', job);
		controller.abort();
		expect(await first).toEqual({ ok: false, refusal: { code: 'cancelled' } });
		expect(worker(0).ended).toBe(true);
		worker(1).answer(done);
		expect(await second).toMatchObject({ ok: true });
	});

	it('cancels what waits without disturbing what runs', async () => {
		const { printer, worker } = setUp();
		const controller = new AbortController();
		const first = printer.make('cards', job);
		const second = printer.make('cards', job, { signal: controller.signal });
		controller.abort();
		expect(await second).toEqual({ ok: false, refusal: { code: 'cancelled' } });
		worker().answer(done);
		expect(await first).toMatchObject({ ok: true });
		expect(worker().requests).toHaveLength(1);
	});

	it('returns at once when it was cancelled beforehand', async () => {
		const { printer } = setUp();
		const answer = await printer.make('cards', job, { signal: AbortSignal.abort() });
		expect(answer).toEqual({ ok: false, refusal: { code: 'cancelled' } });
		expect(FakeWorker.started).toHaveLength(0);
	});

	it('returns failed when the worker breaks, and when none can be started', async () => {
		const { printer, worker } = setUp();
		const broken = printer.make('cards', job);
		worker().onerror?.({ message: 'out of memory' });
		expect(await broken).toEqual({
			ok: false,
			refusal: { code: 'failed', detail: 'out of memory' }
		});
		const none = createPrinter(() => {
			throw new Error('blocked');
		});
		expect(await none.make('cards', job)).toMatchObject({ ok: false, refusal: { code: 'failed' } });
	});

	it('ends the worker when it has been idle for a while', async () => {
		vi.useFakeTimers();
		const { printer, worker } = setUp();
		const first = printer.make('cards', job);
		worker().answer(done);
		await first;
		expect(worker().ended).toBe(false);
		vi.advanceTimersByTime(10_000);
		expect(worker().ended).toBe(true);
		vi.useRealTimers();
	});

	it('returns cancelled for everything when it is disposed of', async () => {
		const { printer, worker } = setUp();
		const open = [printer.make('cards', job), printer.make('cards', job)];
		printer.dispose();
		for (const answer of await Promise.all(open)) expect(answer).toMatchObject({ ok: false });
		expect(worker().ended).toBe(true);
	});
});

import { beforeEach, expect, test, vi } from 'vitest';
import type { Result } from '#lib/domain/kernel/result.ts';
import type { PrintFailure } from '#lib/print/paper.ts';
import type { PrintReply, PrintRequest } from '#lib/print/request.ts';
import { saveFile } from '../browser/save-file.ts';
import { DeskState } from '../session/desk-state.ts';
import { testSession } from '../session/test-session.ts';
import { paperPrinter } from './printer.svelte.ts';

/** A worker that answers when it is told to. */
class FakeWorker {
	readonly requests: PrintRequest[] = [];
	ended = false;
	onmessage: ((event: { data: PrintReply }) => void) | null = null;

	postMessage(request: string): void {
		this.requests.push(JSON.parse(request) as PrintRequest);
	}

	terminate(): void {
		this.ended = true;
	}

	answer(data: PrintReply): void {
		this.onmessage?.({ data });
	}
}

const workers: FakeWorker[] = [];

vi.mock('../browser/save-file.ts', () => ({ saveFile: vi.fn() }));
vi.mock('./start-worker.ts', () => ({
	startPrintWorker: () => {
		const worker = new FakeWorker();
		workers.push(worker);
		return worker;
	}
}));

beforeEach(() => {
	workers.length = 0;
	vi.clearAllMocks();
});

const job = { sheetId: 'L7160', locale: 'nl', date: '2026-11-21', offset: { x: 0, y: 0 } } as const;
const blob = new Blob(['%PDF-']);
const done = { reply: 'done', value: { fileName: 'test.pdf', blob } } as const;
const cancelled: Result<void, PrintFailure> = { ok: false, refusal: { code: 'cancelled' } };

function setUp() {
	const desk = new DeskState(testSession().session);
	return { desk, printer: desk.keep(paperPrinter) };
}

async function started(): Promise<FakeWorker> {
	await expect.poll(() => workers.at(-1)?.requests.length ?? 0).toBe(1);
	return workers.at(-1) as FakeWorker;
}

test('a paper is asked for by its name, and its file is handed to the browser', async () => {
	const { printer } = setUp();
	const saved = printer.save('calibration', job);
	const worker = await started();
	expect(worker.requests).toEqual([{ ask: 'make', paper: 'calibration', job }]);
	expect(saveFile).not.toHaveBeenCalled();
	worker.answer(done);
	expect(await saved).toEqual({ ok: true, value: undefined });
	expect(saveFile).toHaveBeenCalledExactlyOnceWith(blob, 'test.pdf');
});

test('progress is shown from the start until the end, and can be cancelled', async () => {
	const { printer } = setUp();
	expect(printer.progress).toBeNull();
	const saved = printer.showing(async (options) => printer.save('calibration', job, options));
	expect(printer.progress).toEqual({ done: 0, total: 0 });
	const worker = await started();
	worker.answer({ reply: 'progress', progress: { done: 1, total: 2 } });
	expect(printer.progress).toEqual({ done: 1, total: 2 });
	printer.cancel();
	expect(await saved).toEqual(cancelled);
	expect(worker.ended).toBe(true);
	expect(printer.progress).toBeNull();
	expect(saveFile).not.toHaveBeenCalled();
});

test('a lock ends what is being made', async () => {
	const { desk, printer } = setUp();
	const saved = printer.save('calibration', job);
	const worker = await started();
	desk.dispose();
	expect(await saved).toEqual(cancelled);
	expect(worker.ended).toBe(true);
});

test('a lock while a job is still gathered starts no worker after it', async () => {
	const { desk, printer } = setUp();
	const gathered = Promise.withResolvers<typeof job>();
	const saved = printer.showing(async (options) =>
		printer.save('calibration', await gathered.promise, options)
	);
	desk.dispose();
	gathered.resolve(job);
	expect(await saved).toEqual(cancelled);
	expect(await printer.save('calibration', job)).toEqual(cancelled);
	expect(workers).toEqual([]);
	expect(saveFile).not.toHaveBeenCalled();
});

import { expect, test } from 'vitest';
import { createScanner, type ScanReply } from './bridge.ts';

/** A worker that answers what it is told to. */
class TestWorker {
	onmessage: ((event: { data: ScanReply }) => void) | null = null;
	onerror: ((event: { message: string }) => void) | null = null;
	ended = false;
	readonly asked: unknown[] = [];

	postMessage(picture: unknown, transferred: unknown[]): void {
		this.asked.push(picture);
		expect(transferred).toEqual([picture]);
	}

	terminate(): void {
		this.ended = true;
	}
}

function scanning() {
	const workers: TestWorker[] = [];
	const scanner = createScanner(() => {
		const worker = new TestWorker();
		workers.push(worker);
		return worker as unknown as Worker;
	});
	const latest = (): TestWorker => {
		const worker = workers.at(-1);
		if (!worker) throw new Error('no worker was started');
		return worker;
	};
	return { scanner, workers, latest };
}

const picture = {} as ImageBitmap;

test('a picture goes to the worker, which is started once, and its text comes back', async () => {
	const { scanner, workers, latest } = scanning();
	for (const text of ['SK1:A', null]) {
		const answer = scanner.read(picture);
		latest().onmessage?.({ data: { text } });
		expect(await answer).toEqual({ ok: true, value: text });
	}
	expect(workers).toHaveLength(1);
	expect(latest().asked).toEqual([picture, picture]);
});

test('what failed is told, and the next picture is tried as ever', async () => {
	const { scanner, workers, latest } = scanning();
	const failing = scanner.read(picture);
	latest().onmessage?.({ data: { failed: 'odd picture' } });
	const failure = { code: 'failed', detail: 'odd picture' };
	expect(await failing).toEqual({ ok: false, refusal: failure });
	const next = scanner.read(picture);
	latest().onmessage?.({ data: { text: 'x' } });
	expect(await next).toEqual({ ok: true, value: 'x' });
	expect(workers).toHaveLength(1);
});

test('a worker that the browser ended is replaced', async () => {
	const { scanner, workers, latest } = scanning();
	const failing = scanner.read(picture);
	latest().onerror?.({ message: 'out of memory' });
	expect(await failing).toMatchObject({ ok: false, refusal: { code: 'failed' } });
	expect(latest().ended).toBe(true);
	void scanner.read(picture);
	expect(workers).toHaveLength(2);
});

test('disposing of it ends the worker, and what waits is cancelled', async () => {
	const { scanner, latest } = scanning();
	const waiting = scanner.read(picture);
	scanner.dispose();
	expect(await waiting).toEqual({ ok: false, refusal: { code: 'cancelled' } });
	expect(latest().ended).toBe(true);
});

test('two pictures at once are a bug', () => {
	const { scanner } = scanning();
	void scanner.read(picture);
	expect(() => scanner.read(picture)).toThrow('one picture at a time');
});

import { expect, onTestFinished, test, vi } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { listen } from './live.ts';

class FakeSource extends EventTarget {
	readyState = 1;

	close(): void {
		this.readyState = 2;
	}

	fail(readyState: number): void {
		this.readyState = readyState;
		this.dispatchEvent(new Event('error'));
	}
}

function setUp(name = newId()) {
	const sources: FakeSource[] = [];
	const waiting: (() => void)[] = [];
	const poke = vi.fn();
	const stop = listen({
		locks: navigator.locks,
		name,
		open: () => {
			const source = new FakeSource();
			sources.push(source);
			return source as unknown as EventSource;
		},
		poke,
		after: (_, work) => {
			waiting.push(work);
			return () => undefined;
		}
	});
	onTestFinished(stop);
	return { name, sources, waiting, poke, stop };
}

const connected = (tab: ReturnType<typeof setUp>) =>
	expect.poll(() => tab.sources.length).toBeGreaterThan(0);

test('what the endpoint says, and a connection that is back, is a poke', async () => {
	const tab = setUp();
	await connected(tab);
	tab.sources[0]?.dispatchEvent(new Event('open'));
	tab.sources[0]?.dispatchEvent(new Event('message'));
	expect(tab.poke).toHaveBeenCalledTimes(2);
});

test('one tab listens, and another when that one is gone', async () => {
	const first = setUp();
	await connected(first);
	const second = setUp(first.name);
	await new Promise((resolve) => setTimeout(resolve, 20));
	expect(second.sources).toEqual([]);
	first.stop();
	expect(first.sources[0]?.readyState).toBe(2);
	await connected(second);
});

test('a connection that ended for good is a poke too, and is opened again later', async () => {
	const tab = setUp();
	await connected(tab);
	tab.sources[0]?.fail(0);
	expect(tab.waiting).toEqual([]);
	expect(tab.poke).not.toHaveBeenCalled();
	tab.sources[0]?.fail(2);
	expect(tab.poke).toHaveBeenCalledOnce();
	tab.waiting[0]?.();
	expect(tab.sources).toHaveLength(2);
});

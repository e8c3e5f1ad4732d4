import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchIdle } from './idle.ts';

const minute = 60_000;
let page: EventTarget;
let stops: (() => void)[];

beforeEach(() => {
	vi.useFakeTimers();
	const stored = new Map<string, string>();
	page = new EventTarget();
	stops = [];
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => stored.get(key) ?? null,
		setItem: (key: string, value: string) => stored.set(key, value)
	});
	vi.stubGlobal('document', new EventTarget());
	vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
	vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
});

afterEach(() => {
	for (const stop of stops) stop();
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

function watched() {
	const onIdle = vi.fn();
	stops.push(watchIdle(() => 15, onIdle));
	return onIdle;
}

test('it is idle once nothing was done for so long', () => {
	const onIdle = watched();
	vi.advanceTimersByTime(14 * minute);
	expect(onIdle).not.toHaveBeenCalled();
	vi.advanceTimersByTime(minute);
	expect(onIdle).toHaveBeenCalled();
});

test('what is done in one tab keeps the others open', () => {
	const [one, other] = [watched(), watched()];
	for (let minutes = 0; minutes < 60; minutes += 10) {
		vi.advanceTimersByTime(10 * minute);
		page.dispatchEvent(new Event('keydown'));
	}
	expect(one).not.toHaveBeenCalled();
	expect(other).not.toHaveBeenCalled();
});

test('a click after a long sleep comes too late, even before any timer', () => {
	const onIdle = watched();
	vi.setSystemTime(Date.now() + 20 * minute);
	page.dispatchEvent(new Event('pointerdown'));
	expect(onIdle).toHaveBeenCalledOnce();
});

test('putting the clock back keeps nothing open', () => {
	const onIdle = watched();
	vi.setSystemTime(Date.now() - 24 * 60 * minute);
	vi.advanceTimersByTime(5_000);
	expect(onIdle).toHaveBeenCalled();
});

test('signing in after a long time is use', () => {
	watched();
	stops.pop()?.();
	vi.setSystemTime(Date.now() + 20 * minute);
	const onIdle = watched();
	vi.advanceTimersByTime(minute);
	expect(onIdle).not.toHaveBeenCalled();
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ToastList } from './toasts.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('ToastList', () => {
	it('lets a message go by itself after eight seconds', () => {
		const toasts = new ToastList();
		toasts.show('Bewaard');
		vi.advanceTimersByTime(7_900);
		expect(toasts.items).toHaveLength(1);
		vi.advanceTimersByTime(200);
		expect(toasts.items).toHaveLength(0);
	});
	it('leaves more time for one with a button', () => {
		const toasts = new ToastList();
		toasts.show('Verwijderd', { action: { label: 'Ongedaan maken', run: () => undefined } });
		vi.advanceTimersByTime(11_900);
		expect(toasts.items).toHaveLength(1);
	});
	it('stays while looked at, and a while after', () => {
		const toasts = new ToastList();
		toasts.show('Bewaard');
		vi.advanceTimersByTime(7_900);
		toasts.pause();
		vi.advanceTimersByTime(60_000);
		toasts.resume();
		vi.advanceTimersByTime(2_900);
		expect(toasts.items).toHaveLength(1);
		vi.advanceTimersByTime(200);
		expect(toasts.items).toHaveLength(0);
	});
	it('waits with a new message while another is looked at', () => {
		const toasts = new ToastList();
		toasts.pause();
		toasts.show('Bewaard');
		vi.advanceTimersByTime(60_000);
		expect(toasts.items).toHaveLength(1);
	});
	it('runs an action once, and takes the message away', () => {
		const toasts = new ToastList();
		const run = vi.fn();
		toasts.show('Verwijderd', { action: { label: 'Ongedaan maken', run } });
		const [toast] = toasts.items;
		if (toast) toasts.act(toast);
		expect(run).toHaveBeenCalledOnce();
		expect(toasts.items).toHaveLength(0);
	});
	it('leaves nothing behind when all are taken away', () => {
		const toasts = new ToastList();
		toasts.show('Janne verwijderd');
		toasts.clear();
		expect(toasts.items).toHaveLength(0);
		expect(vi.getTimerCount()).toBe(0);
	});
	it('shows the newest four', () => {
		const toasts = new ToastList();
		for (const text of ['a', 'b', 'c', 'd', 'e']) toasts.show(text);
		expect(toasts.items.map(({ text }) => text)).toEqual(['b', 'c', 'd', 'e']);
	});
});

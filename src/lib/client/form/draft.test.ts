import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Json } from '#lib/domain/kernel/ids.ts';
import { Draft, type DraftStore } from './draft.svelte.ts';

class MemoryStore implements DraftStore {
	readonly kept = new Map<string, Json>();
	readonly listeners = new Set<() => void>();
	writes = 0;

	get = async (key: string) => Promise.resolve(this.kept.get(key) ?? null);
	set = async (key: string, value: Json) => {
		this.writes++;
		this.kept.set(key, value);
		return Promise.resolve({ ok: true as const, value: undefined });
	};
	remove = async (key: string) => {
		this.kept.delete(key);
		return Promise.resolve({ ok: true as const, value: undefined });
	};
	beforeClose = (listener: () => void) => {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	};
}

class Form {
	draft: string | null = null;
	restore(draft: string): void {
		this.draft = draft;
	}
}

function made() {
	const store = new MemoryStore();
	const form = new Form();
	return { store, form, draft: new Draft(store, 'form', form) };
}

function type(form: Form, draft: Draft<string>, text: string | null) {
	form.draft = text;
	draft.note();
}

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal('document', new EventTarget());
	const target = new EventTarget();
	vi.stubGlobal('addEventListener', target.addEventListener.bind(target));
	vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target));
	vi.stubGlobal('dispatchEvent', target.dispatchEvent.bind(target));
});
afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

test('what is typed is written once the typing rests', async () => {
	const { store, form, draft } = made();
	await draft.open();
	for (const text of ['D', 'De', 'De W']) {
		type(form, draft, text);
		vi.advanceTimersByTime(50);
	}
	expect(store.writes).toBe(0);
	vi.advanceTimersByTime(400);
	expect(store.kept.get('form')).toBe('De W');
	expect(store.writes).toBe(1);
});

test('what was kept is there again, and goes once the form is saved', async () => {
	const { store, form, draft } = made();
	store.kept.set('form', 'De Weg');
	type(form, draft, null);
	await draft.open();
	expect(form.draft).toBe('De Weg');
	expect(draft.restored).toBe(true);
	type(form, draft, null);
	expect(store.kept.size).toBe(0);
	expect(draft.restored).toBe(false);
});

test('what somebody typed first is not overwritten by what was kept', async () => {
	const { store, form, draft } = made();
	store.kept.set('form', 'old');
	type(form, draft, 'new');
	await draft.open();
	expect(form.draft).toBe('new');
	draft.flush();
	expect(store.kept.get('form')).toBe('new');
});

test('a kept draft that says nothing new any more is dropped', async () => {
	const { store, form, draft } = made();
	store.kept.set('form', 'as the school has it by now');
	form.restore = () => undefined;
	await draft.open();
	expect(draft.restored).toBe(false);
	expect(store.kept.size).toBe(0);
});

test.each(['lock', 'pagehide', 'visibilitychange', 'the end of the component'])(
	'at %s it is written at once',
	async (when) => {
		const { store, form, draft } = made();
		const stop = draft.watch();
		await draft.open();
		type(form, draft, 'De');
		if (when === 'lock') for (const listener of store.listeners) listener();
		else if (when === 'pagehide') dispatchEvent(new Event(when));
		else if (when === 'visibilitychange') document.dispatchEvent(new Event(when));
		else stop();
		expect(store.kept.get('form')).toBe('De');
		stop();
		expect(store.listeners.size).toBe(0);
		vi.advanceTimersByTime(1000);
		expect(store.writes).toBe(1);
	}
);

test('a page that goes while something is being written asks first', async () => {
	const { form, draft } = made();
	const stop = draft.watch();
	await draft.open();
	const leave = () => {
		const event = new Event('beforeunload', { cancelable: true });
		dispatchEvent(event);
		return event.defaultPrevented;
	};
	expect(leave()).toBe(false);
	type(form, draft, 'De');
	expect(leave()).toBe(true);
	await vi.advanceTimersByTimeAsync(1);
	expect(leave()).toBe(false);
	stop();
});

test('what was thrown away does not come back', async () => {
	const { store, form, draft } = made();
	const stop = draft.watch();
	await draft.open();
	type(form, draft, 'De');
	draft.flush();
	type(form, draft, 'De W');
	draft.discard();
	vi.advanceTimersByTime(1000);
	stop();
	expect(store.kept.size).toBe(0);
});

import { afterEach, expect, test, vi } from 'vitest';
import { Preferences } from './preferences.svelte.ts';

afterEach(() => vi.unstubAllGlobals());

test('what was chosen is there the next time', () => {
	const kept = new Map<string, string>();
	vi.stubGlobal('localStorage', {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => kept.set(key, value)
	});
	new Preferences().theme = 'dark';
	expect(new Preferences().theme).toBe('dark');
});

test('what is kept and makes no sense is as good as nothing', () => {
	vi.stubGlobal('localStorage', { getItem: () => '{"theme":"pink","print":', setItem: vi.fn() });
	expect(new Preferences().theme).toBe('system');
});

test('a browser that keeps nothing, and throws when asked, has a theme until the page is left', () => {
	const denied = () => {
		throw new DOMException('Access is denied for this document.', 'SecurityError');
	};
	vi.stubGlobal('localStorage', undefined);
	Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: denied });
	const preferences = new Preferences();
	preferences.theme = 'dark';
	expect(preferences.theme).toBe('dark');
});

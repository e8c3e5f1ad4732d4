import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AreaWords } from './words.ts';

const frame = { nl: vi.fn(), en: vi.fn() } satisfies AreaWords;
vi.mock('virtual:words/frame', () => ({ default: frame }));

const here = Promise.resolve({ default: { app_hello: 'x' } });
const gone = () => Promise.reject(new TypeError('Failed to fetch'));

beforeEach(() => {
	vi.resetModules();
	// Paraglide asks the storage of a page only.
	vi.stubGlobal('window', {});
	frame.nl.mockReset().mockReturnValue(here);
	frame.en.mockReset().mockReturnValue(here);
});
afterEach(() => vi.unstubAllGlobals());

async function pageOf(chosen: string | null) {
	vi.stubGlobal('localStorage', { getItem: () => chosen, setItem: () => undefined });
	return import('./page-words.ts');
}

test('a page speaks the language that was chosen, and loads the words of no other', async () => {
	const page = await pageOf('en');
	expect(await page.startSpeaking()).toBe('en');
	expect(frame.nl).not.toHaveBeenCalled();
});

test('a page speaks Dutch where nobody chose, and where the chosen words cannot be had', async () => {
	expect(await (await pageOf(null)).startSpeaking()).toBe('nl');
	vi.resetModules();
	frame.en.mockImplementation(gone);
	const page = await pageOf('en');
	expect(await page.startSpeaking()).toBe('nl');
	expect((await import('./paraglide/runtime.js')).getLocale()).toBe('nl');
});

test('a browser that keeps nothing, and throws when asked, is spoken Dutch to', async () => {
	const page = await pageOf(null);
	vi.stubGlobal('localStorage', {
		getItem: () => {
			throw new DOMException('Access is denied for this document.', 'SecurityError');
		}
	});
	expect(await page.startSpeaking()).toBe('nl');
});

test('a page stays in its language when another tab chooses another', async () => {
	const page = await pageOf('en');
	await page.startSpeaking();
	vi.stubGlobal('localStorage', { getItem: () => 'nl', setItem: () => undefined });
	expect((await import('./paraglide/runtime.js')).getLocale()).toBe('en');
});

test('an area is loaded in the language that the page has come to speak', async () => {
	frame.en.mockImplementation(gone);
	const page = await pageOf('en');
	const area = { nl: vi.fn(() => here), en: vi.fn(() => here) };
	await page.loadWords(area);
	expect(area.nl).toHaveBeenCalled();
	expect(area.en).not.toHaveBeenCalled();
});

test('a page without any words does not begin', async () => {
	frame.nl.mockImplementation(gone);
	await expect((await pageOf(null)).startSpeaking()).rejects.toThrow('Failed to fetch');
});

test('a language can be spoken when the frame’s words are within reach', async () => {
	const page = await pageOf(null);
	expect(await page.canSpeak('en')).toBe(true);
	frame.en.mockImplementation(gone);
	expect(await page.canSpeak('en')).toBe(false);
});

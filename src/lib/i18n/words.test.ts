import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AreaWords } from './words.ts';

const dutch = {
	home_hello: 'Hallo',
	home_count: ({ count }: { count?: number }) => `${count} dagen`
};
const area: AreaWords = {
	nl: () => Promise.resolve({ default: dutch }),
	en: () => Promise.resolve({ default: { home_hello: 'Hello' } })
};

/** Nothing is loaded in a page that begins. */
let words: typeof import('./words.ts');
beforeEach(async () => {
	vi.resetModules();
	words = await import('./words.ts');
});
afterEach(() => {
	vi.unstubAllEnvs();
	vi.unstubAllGlobals();
});

test('a message is said in the language of the page, and with what it is given', async () => {
	await words.addWords(area, 'nl');
	expect(words.m.home_hello?.()).toBe('Hallo');
	expect(words.m.home_count?.({ count: 3 })).toBe('3 dagen');
});

test('a message is said in another language where that is asked for and has been loaded', async () => {
	await words.addWords(area, 'nl');
	await words.addWords(area, 'en');
	expect(words.m.home_hello?.({}, { locale: 'en' })).toBe('Hello');
	expect(words.m.home_hello?.()).toBe('Hallo');
});

test('the words of two areas are there together', async () => {
	await words.addWords(area, 'nl');
	await words.addWords(
		{ nl: () => Promise.resolve({ default: { leer_id_title: 'Balie' } }) },
		'nl'
	);
	expect(words.m.home_hello?.()).toBe('Hallo');
	expect(words.m.leer_id_title?.()).toBe('Balie');
});

test('where a language lacks, another that has been loaded is better than nothing', async () => {
	await words.addWords(area, 'nl');
	expect(words.m.home_hello?.({}, { locale: 'en' })).toBe('Hallo');
});

test('in tests a message without words is an error that names it', () => {
	expect(() => words.m.home_hello?.()).toThrow('home_hello');
});

test('on a device a message without words is an error of its own, and breaks no page', () => {
	vi.stubEnv('PROD', true);
	const told = vi.fn();
	vi.stubGlobal('reportError', told);
	expect(words.m.home_hello?.()).toBe('…');
	expect(told).toHaveBeenCalledWith(new Error('No words have been loaded for home_hello'));
});

test('what cannot be fetched is an error of whoever asked for it', async () => {
	const gone: AreaWords = { en: () => Promise.reject(new TypeError('Failed to fetch')) };
	await expect(words.addWords(gone, 'en')).rejects.toThrow('Failed to fetch');
});

import { expect, test } from 'vitest';
import { allLanguages, languages } from '#lib/domain/kernel/languages.ts';
import { applyLanguage, languageChoices } from './languages.ts';

test('the page says its language and from which side it is read', () => {
	const root = { lang: '', dir: '' } as HTMLElement;
	for (const language of allLanguages) {
		applyLanguage(root, language);
		expect(root).toEqual({ lang: language, dir: languages[language].direction });
		expect(languages[language].tag.startsWith(`${language}-`)).toBe(true);
	}
});

test('each language is offered once, by its own name', () => {
	expect(languageChoices.map(({ value }) => value)).toEqual(allLanguages);
	expect(new Set(languageChoices.map(({ label }) => label)).size).toBe(allLanguages.length);
});

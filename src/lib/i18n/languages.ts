import { allLanguages, languages, type Language } from '#lib/domain/kernel/languages.ts';

/** To choose a language from, each by its own name. */
export const languageChoices: readonly { readonly value: Language; readonly label: string }[] =
	allLanguages.map((value) => ({ value, label: languages[value].name }));

/** Tells the browser in what language the page now is, and from which side it is read. */
export function applyLanguage(root: HTMLElement, language: Language): void {
	root.lang = language;
	root.dir = languages[language].direction;
}

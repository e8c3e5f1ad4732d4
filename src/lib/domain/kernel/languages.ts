/** A language that people read the app, its papers and its mails in. */
export interface LanguageData {
	/** Its name in Intl, with the country whose way of writing dates and numbers is meant. */
	readonly tag: string;
	/** By which its own readers know it. */
	readonly name: string;
	readonly direction: 'ltr' | 'rtl';
}

/**
 * Every language; its words are in `src/lib/i18n/messages`. The first is that of people who chose
 * none.
 */
export const languages = {
	nl: { tag: 'nl-NL', name: 'Nederlands', direction: 'ltr' },
	en: { tag: 'en-GB', name: 'English', direction: 'ltr' }
} as const satisfies Readonly<Record<string, LanguageData>>;

export type Language = keyof typeof languages;

export const allLanguages = Object.keys(languages) as [Language, ...Language[]];
export const [firstLanguage] = allLanguages;

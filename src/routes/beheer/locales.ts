import type { Locale } from '#lib/i18n/paraglide/runtime.js';

/** Each language by its own name. */
export const locales: readonly { readonly value: Locale; readonly label: string }[] = [
	{ value: 'nl', label: 'Nederlands' },
	{ value: 'en', label: 'English' }
];

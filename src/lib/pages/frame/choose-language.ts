import { languages, type Language } from '#lib/domain/kernel/languages.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { setLocale } from '#lib/i18n/paraglide/runtime.js';
import type { App } from '#lib/client/app/app.svelte.ts';

/**
 * Shows the app in another language, by loading the page anew: every sentence on it changes. Where the
 * words cannot be had, says so, and changes nothing.
 */
export async function chooseLanguage({ toasts }: App, language: Language): Promise<void> {
	const isReady = await import('#lib/client/app/service-worker.ts').then(
		({ readyToSpeak }) => readyToSpeak(language),
		() => false
	);
	const { name } = languages[language];
	if (isReady) void setLocale(language);
	else toasts.show(m.app_language_not_here({ language: name }), { tone: 'warn' });
}

import frame from 'virtual:words/frame';
import type { Language } from '#lib/domain/kernel/languages.ts';
import { baseLocale, getLocale, overwriteGetLocale } from './paraglide/runtime.js';
import { addWords, type AreaWords } from './words.ts';

let speaking: Promise<Language> | undefined;

/**
 * Loads the words that every page needs, once.
 *
 * @returns the language of this page, as long as it stays: the chosen one, or where its words are not
 *   on this device and there is no network, the first
 */
export function startSpeaking(): Promise<Language> {
	return (speaking ??= speak());
}

/** Loads the words of an area, in the language of this page; where they cannot be had, in the first. */
export async function loadWords(area: AreaWords): Promise<void> {
	const language = await startSpeaking();
	try {
		await addWords(area, language);
	} catch (error) {
		if (language === baseLocale) throw error;
		await addWords(area, baseLocale);
	}
}

/** Finds out whether a page in that language could be drawn now. */
export async function canSpeak(language: Language): Promise<boolean> {
	try {
		await addWords(frame, language);
		return true;
	} catch {
		return false;
	}
}

async function speak(): Promise<Language> {
	const chosen = chosenLanguage();
	const language = chosen === baseLocale || (await canSpeak(chosen)) ? chosen : baseLocale;
	await addWords(frame, language);
	// Another tab may choose another, of which this one has no words.
	overwriteGetLocale(() => language);
	return language;
}

/** Where a browser is told to keep nothing, even asking for what it kept throws. */
function chosenLanguage(): Language {
	try {
		return getLocale();
	} catch {
		return baseLocale;
	}
}

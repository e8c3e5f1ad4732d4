import type { Language } from '#lib/domain/kernel/languages.ts';
import { getLocale } from './paraglide/runtime.js';

/** As it is said, or what makes it of its inputs. */
type Sentence = string | ((inputs: object) => string);

/** How each language's words of one area are loaded; nothing where all words are there anyhow. */
export type AreaWords = Readonly<
	Partial<Record<Language, () => Promise<{ readonly default: Readonly<Record<string, Sentence>> }>>>
>;

/** The words that have been loaded, by the names of messages. */
const loaded = new Map<Language, Map<string, Sentence>>();

/**
 * Loads the words of an area in a language.
 *
 * @throws what a dynamic import throws: there is no network, and they are not on this device
 */
export async function addWords(area: AreaWords, language: Language): Promise<void> {
	const words = await area[language]?.();
	if (!words) return;
	const sentences = loaded.get(language) ?? new Map<string, Sentence>();
	for (const [key, sentence] of Object.entries(words.default)) sentences.set(key, sentence);
	loaded.set(language, sentences);
}

/**
 * The messages, by their names, as paraglide's own: what the app imports as these once it is built
 * (scripts/words.mjs). Each is said from what has been loaded.
 */
export const m = new Proxy<
	Record<string, (inputs?: object, options?: { locale?: Language }) => string>
>(
	{},
	{
		get: (_, key) => {
			const name = String(key);
			return (inputs: object = {}, { locale = getLocale() }: { locale?: Language } = {}) =>
				say(name, inputs, locale);
		}
	}
);

function say(key: string, inputs: object, language: Language): string {
	const sentence =
		loaded.get(language)?.get(key) ??
		[...loaded.values()].map((sentences) => sentences.get(key)).find(Boolean);
	if (sentence === undefined) return withoutWords(key);
	return typeof sentence === 'string' ? sentence : sentence(inputs);
}

/**
 * No build comes out in which this happens. If it does, a page with a label less is worth more than none.
 */
function withoutWords(key: string): string {
	const fault = new Error(`No words have been loaded for ${key}`);
	if (!import.meta.env.PROD) throw fault;
	reportError(fault);
	return '…';
}

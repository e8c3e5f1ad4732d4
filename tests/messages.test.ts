import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allLanguages, firstLanguage, languages } from '#lib/domain/kernel/languages.ts';
import { pluralFaults, type MessageFile } from './support/messages.ts';

const folder = 'src/lib/i18n/messages';

function messagesIn(language: string, file: string): MessageFile {
	return JSON.parse(readFileSync(join(folder, language, file), 'utf8')) as MessageFile;
}

/** Names of messages, by language and file. */
function keysOf(language: string, file: string): string[] {
	return Object.keys(messagesIn(language, file)).filter((key) => key !== '$schema');
}

const files = readdirSync(join(folder, 'nl'));

test('the languages of the list are those that have words', () => {
	const { locales, baseLocale } = JSON.parse(
		readFileSync('src/lib/i18n/project.inlang/settings.json', 'utf8')
	) as { readonly locales: readonly string[]; readonly baseLocale: string };
	expect(locales).toEqual(allLanguages);
	expect(baseLocale).toBe(firstLanguage);
	expect(readdirSync(folder).toSorted()).toEqual(allLanguages.toSorted());
	expect(readFileSync('src/app.html', 'utf8')).toContain(`lang="${firstLanguage}"`);
});

test('every language says the same things, in the same order', () => {
	expect(files.length).toBeGreaterThan(5);
	for (const language of readdirSync(folder)) {
		expect(readdirSync(join(folder, language))).toEqual(files);
		for (const file of files) expect(keysOf(language, file), file).toEqual(keysOf('nl', file));
	}
});

test('nothing is translated that nobody says', () => {
	const said = readdirSync('src', { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(?:ts|svelte)$/.test(entry.name))
		.filter(({ parentPath }) => !parentPath.includes('paraglide'))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
		.join('\n');
	const names = new Set(said.match(/\bm\s*\.\s*\w+/g)?.map((found) => found.replace(/.*\W/s, '')));
	expect(files.flatMap((file) => keysOf('nl', file)).filter((key) => !names.has(key))).toEqual([]);
});

test('every language has a sentence for each kind of number that it tells apart', () => {
	const faults = allLanguages.flatMap((language) =>
		files.flatMap((file) => pluralFaults(languages[language].tag, messagesIn(language, file)))
	);
	expect(faults).toEqual([]);
});

describe('the check of plurals finds', () => {
	const days = (...categories: string[]): MessageFile => ({
		title: 'Dagen',
		days: [
			{
				declarations: ['input count', 'local countPlural = count: plural'],
				selectors: ['countPlural'],
				match: Object.fromEntries(categories.map((each) => [`countPlural=${each}`, '{count}']))
			}
		]
	});

	test('one or many of something in Dutch that has no sentence', () => {
		expect(pluralFaults('nl', days('one', 'other'))).toEqual([]);
		expect(pluralFaults('nl', days('other'))).toEqual(['days has no sentence for countPlural=one']);
		expect(pluralFaults('nl', days('one', '*'))).toEqual([]);
	});

	test('what Polish and Arabic tell apart and Dutch does not', () => {
		expect(pluralFaults('pl', days('one', 'other'))).toEqual([
			'days has no sentence for countPlural=few',
			'days has no sentence for countPlural=many'
		]);
		expect(pluralFaults('ar', days('one', 'other'))).toHaveLength(4);
	});
});

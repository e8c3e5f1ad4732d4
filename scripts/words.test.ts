import { globSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { areas, areasOf, messagesIn, saidIn } from './said.mjs';
import { root } from './setup.mjs';
import { lackingIn, sentencesOf, shortNames } from './words.mjs';

function wordsFor(route: string): Set<string> {
	return new Set(areasOf(route).flatMap((area) => [...saidIn(area)]));
}

function area(name: string) {
	const found = areas.find((one) => one.name === name);
	if (!found) throw new Error(`no area ${name}`);
	return found;
}

test('every page has the words that it says itself', () => {
	const pages = globSync('src/routes/**/+page.svelte', { cwd: root });
	expect(pages.length).toBeGreaterThan(30);
	for (const page of pages) {
		const words = wordsFor(
			page.replaceAll('\\', '/').slice('src/routes'.length, -'/+page.svelte'.length)
		);
		const text = readFileSync(page, 'utf8');
		expect(
			messagesIn(text).filter((key) => !words.has(key)),
			page
		).toEqual([]);
	}
});

test('what is loaded later on a page counts: a dialog says its words', () => {
	expect(saidIn(area('leerlingen'))).toContain('pupil_dialog_title');
	expect(readFileSync('src/routes/beheer/leerlingen/+page.svelte', 'utf8')).not.toContain(
		'm.pupil_dialog_title'
	);
});

test('an area holds neither its frame’s words again nor those of others', () => {
	const frame = saidIn(area('frame'));
	expect(frame.size).toBeGreaterThan(5);
	for (const one of areas.filter(({ around }) => around.length > 0)) {
		expect(
			[...saidIn(one)].filter((key) => frame.has(key)),
			one.name
		).toEqual([]);
	}
	expect(wordsFor('/(start)')).not.toContain('import_title');
	expect(wordsFor('/beheer/leerlingen')).not.toContain('import_why_too_long');
	expect(wordsFor('/beheer/importeren/controleren')).toContain('import_why_too_long');
});

test('the print room’s words are all its own, for it stands in no frame', () => {
	expect(saidIn(area('print'))).toContain('print_letter_title');
	expect(area('print').around).toEqual([]);
});

test('a build is refused in which somebody says what is not loaded there', () => {
	const page = `${root}/src/routes/(start)/+page.svelte`;
	const known = { start_title: '', import_title: '' };
	const says = (key: string) => ({ code: `m.${shortNames(known).get(key)}()` });
	const alone = { importedIds: [], dynamicallyImportedIds: [] };
	const built: Record<
		string,
		{ code: string; importedIds: string[]; dynamicallyImportedIds: string[] }
	> = {
		[page]: {
			...says('start_title'),
			importedIds: ['a.ts'],
			dynamicallyImportedIds: ['b.ts']
		},
		'a.ts': { ...says('start_title'), ...alone },
		'b.ts': { ...says('import_title'), ...alone },
		'c.worker.ts': { ...says('start_title'), ...alone }
	};
	expect(lackingIn(Object.keys(built), known, (id) => (built[id] ?? null) as never)).toEqual([
		'The words of start lack import_title, said by b.ts',
		'c.worker.ts says something, and belongs to no area'
	]);
});

test('what is compiled has a sentence for every message, however that is written', async () => {
	const folder = 'src/lib/i18n/messages/nl';
	const keys = readdirSync(folder)
		.flatMap((file) => Object.keys(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as object))
		.filter((key) => key !== '$schema');
	expect(keys).toContain('history_field_groupIds');
	const sentences = await sentencesOf('nl');
	expect(Object.keys(sentences).toSorted()).toEqual(keys.toSorted());
	expect(sentences['history_field_groupIds']?.()).toBe('Groepen');
});

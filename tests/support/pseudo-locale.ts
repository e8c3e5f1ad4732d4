import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { compile } from '@inlang/paraglide-js';
import { sentencesOf } from '../../scripts/words.mjs';
import type { MessageFile } from './messages.ts';

/**
 * A language that nobody speaks, made of Dutch: with accents, some 40 % longer, and each sentence between
 * brackets. What stands on a screen without them was never a message; what does not fit will not in
 * Finnish. Its tag is that of Dutch with the region that Unicode keeps for this.
 */
export const pseudoTag = 'nl-XA';

/** Vowels are two fifths of Dutch, and are doubled: long words become longer too. */
const accents: Record<string, string> = {
	...{ a: 'áâ', e: 'éê', i: 'íî', o: 'óô', u: 'úû', c: 'ç', n: 'ñ', s: 'š', y: 'ý', z: 'ž' },
	...{ A: 'Áâ', E: 'Éê', I: 'Íî', O: 'Óô', U: 'Úû', C: 'Ç', N: 'Ñ', S: 'Š', Y: 'Ý', Z: 'Ž' }
};

/** A sentence of Dutch in it; what stands between braces is filled in later, and stays. */
export function pseudoSentence(sentence: string): string {
	const parts = sentence.split(/(\{[^}]*\})/);
	const longer = parts.map((part) =>
		part.startsWith('{') ? part : part.replaceAll(/\w/g, (letter) => accents[letter] ?? letter)
	);
	return `[${longer.join('')}]`;
}

/** A file of messages in it, each variant of a plural too. */
export function pseudoMessages(file: MessageFile): MessageFile {
	const entries = Object.entries(file).map(([key, message]) => {
		if (key === '$schema') return [key, message] as const;
		if (typeof message === 'string') return [key, pseudoSentence(message)] as const;
		return [key, message.map((one) => ({ ...one, match: pseudoVariants(one.match) }))] as const;
	});
	return Object.fromEntries(entries);
}

function pseudoVariants(match: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(match).map(([when, sentence]) => [when, pseudoSentence(sentence)])
	);
}

export type Sentences = Readonly<Record<string, (inputs: object) => string>>;

/** The sentences that paraglide makes of Dutch and of that language, by the names of messages. */
export async function compilePseudo(): Promise<{ nl: Sentences; pseudo: Sentences }> {
	const folder = mkdtempSync(join(tmpdir(), 'pseudo-'));
	const i18n = 'src/lib/i18n';
	const project = join(folder, 'project.inlang');
	const settings = JSON.parse(readFileSync(join(i18n, 'project.inlang/settings.json'), 'utf8')) as {
		readonly modules: readonly string[];
	};
	mkdirSync(project);
	writeFileSync(
		join(project, 'settings.json'),
		JSON.stringify({
			...settings,
			locales: ['nl', pseudoTag],
			modules: settings.modules.map((module) => resolve(i18n, module))
		})
	);
	for (const tag of ['nl', pseudoTag])
		mkdirSync(join(folder, 'messages', tag), { recursive: true });
	for (const name of readdirSync(join(i18n, 'messages/nl'))) {
		const text = readFileSync(join(i18n, 'messages/nl', name), 'utf8');
		const pseudo = pseudoMessages(JSON.parse(text) as MessageFile);
		writeFileSync(join(folder, 'messages/nl', name), text);
		writeFileSync(join(folder, 'messages', pseudoTag, name), JSON.stringify(pseudo));
	}
	const outdir = join(folder, 'compiled');
	await compile({ project, outdir, outputStructure: 'locale-modules' });
	writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
	const load = async (tag: string) =>
		(await sentencesOf(tag, join(outdir, 'messages'))) as Sentences;
	const compiled = { nl: await load('nl'), pseudo: await load(pseudoTag) };
	rmSync(folder, { recursive: true });
	return compiled;
}

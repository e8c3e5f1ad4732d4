// The words of the app, a chunk for each area and language, of which only those of the chosen language
// are loaded. Paraglide by itself sends every language with each message.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { areas, messagesIn, saidIn } from './said.mjs';
import { root } from './setup.mjs';

const i18n = posix.join(root.replaceAll('\\', '/'), 'src/lib/i18n');

/** @type {{ baseLocale: string; locales: string[] }} */
const { baseLocale, locales } = JSON.parse(
	readFileSync(join(i18n, 'project.inlang/settings.json'), 'utf8')
);

/** `virtual:words/AREA`: how each language's words are loaded; `virtual:words/AREA/LANGUAGE`: these. */
const virtual = /^\0?virtual:words\/([\w-]+)(?:\/([\w-]+))?$/;

/** A message, where a source says it. */
const said = /\bm\s*\.\s*(\w+)/g;

/** The module that the app imports as messages. */
const messages = /\/paraglide\/messages\.js$/;

/** @typedef {(id: string) => import('vite').Rolldown.ModuleInfo | null} InfoOf */

/**
 * Only what is built for browsers, and for its workers, is divided: the server, tests and `npm run dev`
 * have paraglide's own messages, in every language, and nothing to load.
 *
 * @returns {import('vite').Plugin}
 */
export function words() {
	let divided = false;
	return {
		name: 'words',
		configResolved({ command, build }) {
			divided = command === 'build' && !build.ssr;
		},
		resolveId(id) {
			return virtual.test(id) ? `\0${id.replace('\0', '')}` : undefined;
		},
		load(id) {
			if (divided && messages.test(id)) return `export { m } from '${i18n}/words.ts';`;
			const [, area, language] = virtual.exec(id) ?? [];
			if (area === undefined) return undefined;
			if (!divided) return 'export default {};';
			return language === undefined ? tableOf(area) : wordsOf(area, language);
		},
		transform: {
			order: 'post',
			async handler(code) {
				if (!divided || !code.includes('paraglide/messages.js')) return undefined;
				const short = shortNames(await sentencesOf(baseLocale));
				return { code: code.replace(said, (_, key) => `m.${short.get(key) ?? key}`), map: null };
			}
		},
		async renderStart() {
			if (!divided) return;
			const known = await sentencesOf(baseLocale);
			const faults = lackingIn([...this.getModuleIds()], known, (id) => this.getModuleInfo(id));
			if (faults.length > 0) this.error(faults.join('\n'));
		},
		outputOptions(options) {
			const { chunkFileNames: usual = 'chunks/[hash].js' } = options;
			if (!divided) return options;
			return {
				...options,
				chunkFileNames: (chunk) =>
					addressOf(chunk.facadeModuleId) ?? (typeof usual === 'function' ? usual(chunk) : usual)
			};
		}
	};
}

/**
 * The service worker knows by its address what not every device keeps: words in any language but the
 * first.
 *
 * @param {string | null | undefined} id
 */
function addressOf(id) {
	const [, area, language] = virtual.exec(id ?? '') ?? [];
	return area === undefined || language === undefined || language === baseLocale
		? undefined
		: `_app/immutable/words/${language}.${area}.[hash].js`;
}

/** @param {string} area @returns {string} a module: how the words of each language are loaded */
function tableOf(area) {
	const entries = locales.map((tag) => `'${tag}': () => import('virtual:words/${area}/${tag}')`);
	return `export default { ${entries.join(', ')} };`;
}

/**
 * @param {string} name
 * @param {string} language
 * @returns {Promise<string>} a module: what the area says, by the names of messages
 */
async function wordsOf(name, language) {
	const area = areas.find((one) => one.name === name);
	if (!area) throw new Error(`No area is called ${name}`);
	const sentences = await sentencesOf(language);
	const short = shortNames(await sentencesOf(baseLocale));
	const entries = [...saidIn(area)]
		.filter((key) => key in sentences)
		.sort()
		.map((key) => `${short.get(key) ?? key}: ${asCode(sentences[key])}`);
	return [
		`import * as registry from '${i18n}/paraglide/registry.js';`,
		`export default { ${entries.join(',\n')} };`
	].join('\n');
}

/**
 * The names of messages as they stand in what is built, where code and words both hold each: that makes
 * the desk's first page 2 kB smaller.
 *
 * @param {Record<string, unknown>} known messages
 * @returns {ReadonlyMap<string, string>} short names by long ones
 */
export function shortNames(known) {
	const keys = Object.keys(known).sort();
	return new Map(keys.map((key, index) => [key, `$${index.toString(36)}`]));
}

/** @param {Function | undefined} sentence which takes inputs, or says always the same */
function asCode(sentence) {
	return sentence?.length === 0 ? JSON.stringify(sentence()) : String(sentence);
}

/**
 * @param {string} language
 * @param {string} [folder] that paraglide has compiled messages into
 * @returns {Promise<Record<string, Function>>} these, by the names of messages
 */
export async function sentencesOf(language, folder = join(i18n, 'paraglide/messages')) {
	/** @type {(name: string) => Promise<Record<string, Function>>} */
	const load = (name) => import(pathToFileURL(join(folder, name)).href);
	const [index, compiled] = [await load('_index.js'), await load(`${language}.js`)];
	// The name of a message with capitals is another in the files of languages.
	const text = readFileSync(join(folder, '_index.js'), 'utf8');
	const inside = new Map(
		[...text.matchAll(/export \{ (\w+) as "(\w+)" \}/g)].map(([, as, key]) => [key, as])
	);
	return Object.fromEntries(
		Object.keys(index).map((key) => {
			const sentence = compiled[inside.get(key) ?? key];
			if (!sentence) throw new Error(`Paraglide has compiled no ${key} for ${language}`);
			return [key, sentence];
		})
	);
}

/**
 * Looks at what is really built, so that no page can ask for words that are not loaded with it.
 *
 * @param {string[]} ids of all modules
 * @param {Record<string, unknown>} known messages
 * @param {InfoOf} infoOf
 * @returns {string[]} what is wrong, a sentence each
 */
export function lackingIn(ids, known, infoOf) {
	const long = new Map([...shortNames(known)].map(([key, short]) => [short, key]));
	const saidBy = (/** @type {string} */ id) =>
		messagesIn(infoOf(id)?.code ?? '').flatMap((name) => long.get(name) ?? []);
	const homeless = new Set(ids.filter((id) => saidBy(id).length > 0));
	const faults = [];
	for (const area of areas) {
		const spoken = new Set([area, ...area.around].flatMap((one) => [...saidIn(one)]));
		// What the frame loads later is looked at with each area.
		const reached = area.name === 'frame' ? [] : reachedIn(area, ids, infoOf);
		for (const id of reached) {
			homeless.delete(id);
			const lacking = saidBy(id).filter((key) => !spoken.has(key));
			for (const key of lacking)
				faults.push(`The words of ${area.name} lack ${key}, said by ${id}`);
		}
	}
	return [...faults, ...[...homeless].map((id) => `${id} says something, and belongs to no area`)];
}

/**
 * @param {import('./said.mjs').Area} area
 * @param {string[]} ids
 * @param {InfoOf} infoOf
 * @returns {Set<string>} the modules that may run where somebody is in it; none where it is not built
 */
function reachedIn(area, ids, infoOf) {
	const builtFrom = (/** @type {import('./said.mjs').Area[]} */ ...of) => {
		const paths = new Set(of.flatMap(({ starts }) => starts).map((path) => posix.join(root, path)));
		return ids.filter((id) => paths.has(id));
	};
	const isBuilt = builtFrom(area).length > 0;
	const found = new Set(isBuilt ? builtFrom(area, ...area.around) : []);
	for (const id of found) {
		const { importedIds = [], dynamicallyImportedIds = [] } = infoOf(id) ?? {};
		for (const imported of [...importedIds, ...dynamicallyImportedIds]) found.add(imported);
	}
	return found;
}

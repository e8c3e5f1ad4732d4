// The words of the app, a chunk for each area and language, of which only those of the chosen language
// are loaded. Paraglide by itself sends every language with each message.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { areas, messagesIn, outwards, saidIn, startsOf } from './said.mjs';
import { root } from './setup.mjs';

const i18n = join(root, 'src/lib/i18n');

/** @type {{ baseLocale: string; locales: string[] }} */
const { baseLocale, locales } = JSON.parse(
	readFileSync(join(i18n, 'project.inlang/settings.json'), 'utf8')
);

/** `virtual:words/AREA`: how each language's words are loaded; `virtual:words/AREA/LANGUAGE`: these. */
const virtual = /^\0?virtual:words\/(\w+)(?:\/([\w-]+))?$/;

/** What the page imports as messages. */
const messages = /\/paraglide\/messages\.js$/;

/**
 * Only what is built for browsers, and for its workers, is divided: the server, tests and `npm run dev`
 * have paraglide's own messages, with every language, and nothing to load.
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
		async load(id) {
			if (divided && messages.test(id))
				return `export { m } from '${join(i18n, 'words.ts').replaceAll('\\', '/')}';`;
			const [, area, language] = virtual.exec(id) ?? [];
			if (area === undefined) return undefined;
			if (!divided) return 'export default {};';
			return language === undefined ? tableOf(area) : wordsOf(area, language);
		},
		async renderStart() {
			if (!divided) return;
			const known = await sentencesOf(baseLocale);
			const faults = lackingIn([...this.getModuleIds()], known, (id) => this.getModuleInfo(id));
			if (faults.length > 0) this.error(faults.join('\n'));
		},
		outputOptions(options) {
			const { chunkFileNames: usual } = options;
			if (!divided) return options;
			return {
				...options,
				chunkFileNames: (chunk) =>
					wordsName(chunk.facadeModuleId) ??
					(typeof usual === 'function' ? usual(chunk) : (usual ?? 'chunks/[hash].js'))
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
function wordsName(id) {
	const [, area, language] = virtual.exec(id ?? '') ?? [];
	if (area === undefined || language === undefined || language === baseLocale) return undefined;
	return `_app/immutable/words/${language}.${area}.[hash].js`;
}

/**
 * @param {string} area
 * @returns {string} a module: how the words of each language are loaded
 */
function tableOf(area) {
	const entries = locales.map((tag) => `'${tag}': () => import('virtual:words/${area}/${tag}')`);
	return `export default { ${entries.join(', ')} };`;
}

/**
 * @param {string} area
 * @param {string} language
 * @returns {Promise<string>} a module: a function for each message that the area says
 */
async function wordsOf(area, language) {
	const sentences = await sentencesOf(language);
	const said = [...saidIn(area)].filter((key) => key in sentences).sort();
	const registry = join(i18n, 'paraglide/registry.js').replaceAll('\\', '/');
	return [
		`import * as registry from '${registry}';`,
		`export default { ${said.map((key) => `${key}: ${asCode(sentences[key])}`).join(',\n')} };`
	].join('\n');
}

/** @param {Function | undefined} sentence that says always the same, or takes inputs */
function asCode(sentence) {
	return sentence?.length === 0 ? JSON.stringify(sentence()) : String(sentence);
}

/**
 * @param {string} language
 * @returns {Promise<Record<string, Function>>} what paraglide has compiled, by the names of messages
 */
function sentencesOf(language) {
	return import(pathToFileURL(join(i18n, `paraglide/messages/${language}.js`)).href);
}

/**
 * Looks at what is really built, so that no page can ask for words that are not loaded with it.
 *
 * @param {string[]} ids of all modules
 * @param {Record<string, unknown>} known messages
 * @param {(id: string) => import('rolldown').ModuleInfo | null} infoOf
 * @returns {string[]} what is wrong, a sentence each
 */
function lackingIn(ids, known, infoOf) {
	const saidBy = (/** @type {string} */ id) =>
		messagesIn(infoOf(id)?.code ?? '').filter((key) => key in known);
	const silent = new Set(ids.filter((id) => saidBy(id).length > 0));
	const faults = [];
	for (const area of Object.keys(areas).filter((area) => area !== 'frame')) {
		const words = new Set(outwards(area).flatMap((name) => [...saidIn(name)]));
		for (const id of reached(area, ids, infoOf)) {
			silent.delete(id);
			const lacking = saidBy(id).filter((key) => !words.has(key));
			for (const key of lacking) faults.push(`The words of ${area} lack ${key}, said by ${id}`);
		}
	}
	for (const id of silent)
		faults.push(`${id} says ${saidBy(id).join(', ')}, and belongs to no area`);
	return faults;
}

/**
 * @param {string} area
 * @param {string[]} ids
 * @param {(id: string) => import('rolldown').ModuleInfo | null} infoOf
 * @returns {Set<string>} the modules that may run where somebody is in it; none where it is not built
 */
function reached(area, ids, infoOf) {
	const builtFrom = (/** @type {string[]} */ names) => {
		const paths = new Set(names.flatMap(startsOf).map((path) => posix.join(root, path)));
		return ids.filter((id) => paths.has(id));
	};
	const isBuilt = builtFrom([area]).length > 0;
	const found = new Set(isBuilt ? builtFrom(outwards(area)) : []);
	for (const id of found) {
		const { importedIds = [], dynamicallyImportedIds = [] } = infoOf(id) ?? {};
		for (const imported of [...importedIds, ...dynamicallyImportedIds]) found.add(imported);
	}
	return found;
}

// Which messages each area of the app says, read from its sources.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from './setup.mjs';

/**
 * What has words of its own, a chunk each and language, and within which other its pages are shown: what
 * every page is framed in; the areas, with all that loads while somebody is there; importing, which not
 * every desk does and takes a third of the desk's words; and the print room's worker.
 *
 * @type {Readonly<Record<string, { sources: string[]; within?: string; without?: string }>>} globs of the
 *   sources that each begins with
 */
export const areas = {
	frame: { sources: ['src/routes/+{layout,error}.svelte'] },
	start: { sources: ['src/routes/(start)/**/+*.svelte'], within: 'frame' },
	beheer: {
		sources: ['src/routes/beheer/**/+*.svelte'],
		without: 'src/routes/beheer/importeren/**',
		within: 'frame'
	},
	importeren: { sources: ['src/routes/beheer/importeren/**/+*.svelte'], within: 'beheer' },
	leerkracht: { sources: ['src/routes/leerkracht/**/+*.svelte'], within: 'frame' },
	leerling: { sources: ['src/routes/leerling/**/+*.svelte'], within: 'frame' },
	ouder: { sources: ['src/routes/ouder/**/+*.svelte'], within: 'frame' },
	print: { sources: ['src/lib/print/print.worker.ts'] }
};

/**
 * Finds what an area says besides what is said around it: in its sources, in all that these import, and
 * in all that is loaded there later. The frame itself says what its first look needs; what it loads later
 * is every area's.
 *
 * @param {string} area
 * @returns {Set<string>} names of messages, and whatever else looks like one
 */
export function saidIn(area) {
	const around = outwards(area).slice(1);
	const starts = outwards(area).flatMap(startsOf);
	const known = new Set(around.flatMap((other) => [...saidIn(other)]));
	const all = saidBy(reachable(starts, { later: area !== 'frame' }));
	return new Set([...all].filter((key) => !known.has(key)));
}

/**
 * @param {string} area
 * @returns {string[]} itself, and those within which it is shown
 */
export function outwards(area) {
	const { within } = areaOf(area);
	return within === undefined ? [area] : [area, ...outwards(within)];
}

/**
 * @param {string} area
 * @returns {string[]} the sources that it begins with, from the project's root
 */
export function startsOf(area) {
	const { sources, without } = areaOf(area);
	const exclude = without === undefined ? [] : [without];
	return sources
		.flatMap((glob) => globSync(glob, { cwd: root, exclude }))
		.map((path) => path.replaceAll('\\', '/'));
}

/** @param {string} name */
function areaOf(name) {
	const area = areas[name];
	if (!area) throw new Error(`No area is called ${name}`);
	return area;
}

/** @param {string} code @returns {string[]} the messages that it says */
export function messagesIn(code) {
	return [...code.matchAll(/\bm\s*\.\s*(\w+)/g)].map(([, key = '']) => key);
}

/** @param {Iterable<string>} paths */
function saidBy(paths) {
	return new Set([...paths].flatMap((path) => messagesIn(textOf(path))));
}

/**
 * @param {string[]} starts
 * @param {{ later: boolean }} options whether what is imported dynamically counts
 */
function reachable(starts, { later }) {
	const found = new Set(starts);
	// A set that grows while it is walked.
	for (const path of found) for (const file of importsOf(path, later)) found.add(file);
	return found;
}

/** A worker is another program: what it says is no matter of the page. */
const asWorker = /\?worker\b/;

/**
 * @param {string} path
 * @param {boolean} later
 * @returns {string[]} sources of ours that it imports; types are gone by then
 */
function importsOf(path, later) {
	const text = textOf(path);
	const atOnce = text.matchAll(
		/\b(?:import|export)\s+(?!type\b)(?:[^'"`;()]*?\bfrom\s*)?(['"])(.+?)\1/g
	);
	const dynamic = later ? text.matchAll(/\bimport\(\s*(['"`])(.+?)\1\s*\)/g) : [];
	return [...atOnce, ...dynamic]
		.map(([, , target = '']) => target)
		.filter((target) => !asWorker.test(target))
		.map((target) => fileOf(path, target))
		.filter((file) => file !== null);
}

/**
 * @param {string} path
 * @param {string} target
 * @returns {string | null} null: not a source of ours
 */
function fileOf(path, target) {
	const [name = ''] = target.split('?', 1);
	const file = name.startsWith('#lib/')
		? name.replace('#lib/', 'src/lib/')
		: name.startsWith('.')
			? posix.join(posix.dirname(path), name)
			: '';
	return /\.(?:ts|svelte)$/.test(file) && existsSync(join(root, file)) ? file : null;
}

/** @type {Map<string, string>} */
const texts = new Map();

/** @param {string} path */
function textOf(path) {
	const text = texts.get(path) ?? readFileSync(join(root, path), 'utf8');
	texts.set(path, text);
	return text;
}

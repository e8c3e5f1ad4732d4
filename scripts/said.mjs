// Which messages each area of the app says, read from its sources.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { root } from './setup.mjs';

/**
 * The parts of the app that have words of its own. An area is a folder of pages whose layout loads `virtual:words/AREA`;
 * within it may lie others. `frame` is what every page stands in, `print` the print room's worker.
 *
 * @typedef {object} Area
 * @property {string} name
 * @property {string[]} starts the sources that it begins with, from the project's root
 * @property {readonly Area[]} around those within which it is shown
 */

const routes = 'src/routes';
/** The files that Kit knows by their names, from the project's root. */
const ofKit = readdirSync(join(root, routes), { recursive: true, encoding: 'utf8' })
	.map((path) => `${routes}/${path.replaceAll('\\', '/')}`)
	.filter((path) => /\/\+[^/]+$/.test(path));

/** @type {Map<string, string>} */
const texts = new Map();
/** @type {Map<Area, Set<string>>} */
const said = new Map();

/** @type {Area} */
const frame = {
	name: 'frame',
	starts: [`${routes}/+layout.svelte`, `${routes}/+error.svelte`],
	around: []
};
/** @type {Area} */
const printRoom = { name: 'print', starts: ['src/lib/print/print.worker.ts'], around: [] };
const areasOfPages = findAreas();

export const areas = [frame, printRoom, ...areasOfPages.map(({ area }) => area)];

/** @param {string} route as Kit calls it, such as `/(start)/nieuw` @returns {Area[]} those it is shown in */
export function areasOf(route) {
	const within = areasOfPages.filter(({ folder }) => `${routes}${route}/`.startsWith(folder));
	return [frame, ...within.map(({ area }) => area)];
}

/**
 * Finds what an area says besides what is said around it: in its sources, in all that these import, and
 * in all that is loaded there later. The frame itself says what its first look needs; what it loads later
 * is every area's.
 *
 * @param {Area} area
 * @returns {Set<string>} names of messages, and whatever else looks like one
 */
export function saidIn(area) {
	const known = said.get(area) ?? readSaid(area);
	said.set(area, known);
	return known;
}

/** @param {string} code @returns {string[]} the messages that it says */
export function messagesIn(code) {
	return [...code.matchAll(/\bm\s*\.\s*([\w$]+)/g)].map(([, key = '']) => key);
}

/** @returns {{ folder: string; area: Area }[]} from the outermost inwards */
function findAreas() {
	const pages = ofKit.filter((path) => path.endsWith('.svelte'));
	/** @type {{ folder: string; area: Area }[]} */
	const found = [];
	const layouts = ofKit
		.filter((path) => path.endsWith('/+layout.ts'))
		.sort((a, b) => a.length - b.length);
	for (const layout of layouts) {
		const name = /'virtual:words\/([\w-]+)'/.exec(textOf(layout))?.[1];
		if (name === undefined) continue;
		const folder = layout.replace(/[^/]+$/, '');
		const outer = found.filter((other) => folder.startsWith(other.folder));
		const starts = pages.filter((page) => page.startsWith(folder));
		for (const { area } of outer)
			area.starts = area.starts.filter((page) => !starts.includes(page));
		found.push({
			folder,
			area: { name, starts, around: [frame, ...outer.map(({ area }) => area)] }
		});
	}
	return found;
}

/** @param {Area} area */
function readSaid(area) {
	const around = new Set(area.around.flatMap((other) => [...saidIn(other)]));
	const starts = [area, ...area.around].flatMap(({ starts }) => starts);
	const all = [...reachable(starts, { later: area !== frame })].flatMap((path) =>
		messagesIn(textOf(path))
	);
	return new Set(all.filter((key) => !around.has(key)));
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

const atOnce = /\b(?:import|export)\s+(?!type\b)(?:[^'"`;()]*?\bfrom\s*)?(['"])(.+?)\1/g;
const later = /\bimport\(\s*(['"`])(.+?)\1\s*\)/g;
/** A worker is another program: what it says is no matter of the page. */
const asWorker = /\?worker\b/;

/**
 * @param {string} path
 * @param {boolean} withLater
 * @returns {string[]} sources of ours that it imports; types are gone by then
 */
function importsOf(path, withLater) {
	const text = textOf(path);
	return [...text.matchAll(atOnce), ...(withLater ? text.matchAll(later) : [])]
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
	const file = target.startsWith('#lib/')
		? target.replace('#lib/', 'src/lib/')
		: posix.join(posix.dirname(path), target);
	return /\.(?:ts|svelte)$/.test(file) && existsSync(join(root, file)) ? file : null;
}

/** @param {string} path */
function textOf(path) {
	const text = texts.get(path) ?? readFileSync(join(root, path), 'utf8');
	texts.set(path, text);
	return text;
}

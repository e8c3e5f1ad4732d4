// The part of the built app's JavaScript that each route needs before it is filled, from the
// build's own manifest. Chunks that load when used (printing, importing) are dynamic imports and
// don't count.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { areasOf } from './said.mjs';
import { root } from './setup.mjs';

const kit = join(root, '.svelte-kit');
const entries = [
	'generated/client-optimized/app.js',
	'../node_modules/@sveltejs/kit/src/runtime/client/entry.js'
];

// Loaded by the running app rather than by a page, wherever a school is open or can be opened: all
// but the first screen of a device without a school.
const device = 'src/lib/client/app/device.ts';

/**
 * @typedef {Record<string, { file: string; imports?: string[] }>} BuildManifest
 */

/** @returns {BuildManifest} */
function readManifest() {
	return JSON.parse(readFileSync(join(kit, 'output/client/.vite/manifest.json'), 'utf8'));
}

/**
 * A route's own nodes, from Kit's dictionary `route → [leaf, layouts, errors]`, which leaves out the
 * root layout (0) and the root error page (1).
 *
 * @returns {Record<string, number[]>}
 */
function readRoutes() {
	const app = readFileSync(join(kit, 'generated/client-optimized/app.js'), 'utf8');
	const dictionary = /export const dictionary = (\{.*?\});/s.exec(app)?.[1];
	if (!dictionary) throw new Error('Kit no longer writes a dictionary of routes');
	/** @type {Record<string, [number, number[]?, number[]?]>} */
	const parsed = JSON.parse(dictionary.replace(/\[,/g, '[null,').replace(/,(?=[,\]])/g, ',null'));
	return Object.fromEntries(
		Object.entries(parsed).map(([route, [leaf, layouts, errors]]) => {
			const nodes = [0, 1, leaf < 0 ? ~leaf : leaf, ...(layouts ?? []), ...(errors ?? [])];
			return [route, [...new Set(nodes.filter((node) => node !== null))]];
		})
	);
}

/**
 * @param {BuildManifest} manifest
 * @param {string[]} keys
 * @returns {string[]} the files behind them and all that these import statically
 */
function closure(manifest, keys) {
	/** @type {Set<string>} */
	const seen = new Set();
	const waiting = [...keys];
	for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
		const chunk = manifest[key];
		if (seen.has(key)) continue;
		if (!chunk) throw new Error(`The build's manifest knows no ${key}`);
		seen.add(key);
		waiting.push(...(chunk.imports ?? []));
	}
	return [...seen].map((key) => manifest[key]?.file ?? '').filter((file) => file.endsWith('.js'));
}

/** @returns {{ route: string; files: string[]; bytes: number }[]} largest first; bytes are gzipped */
export function routeSizes() {
	const manifest = readManifest();
	const keys = Object.keys(manifest);
	const start = entries.map((entry) => {
		const name = entry.replace('../', '');
		return keys.find((key) => key.endsWith(name)) ?? name;
	});
	return Object.entries(readRoutes())
		.map(([route, nodes]) => {
			const own = nodes.map((node) => `.svelte-kit/generated/client-optimized/nodes/${node}.js`);
			const kept = isFirstScreen(route) ? [] : [device];
			const files = closure(manifest, [...start, ...own, ...kept, ...wordsOf(route)]);
			return { route, files, bytes: files.map(gzipBytes).reduce((a, b) => a + b, 0) };
		})
		.sort((a, b) => b.bytes - a.bytes);
}

/**
 * The words are loaded by layouts, before a page is drawn.
 *
 * @param {string} route
 * @returns {string[]} the manifest's names of those in Dutch
 */
function wordsOf(route) {
	return areasOf(route).map(({ name }) => `virtual:words/${name}/nl`);
}

/** @param {string} file in the client's build */
function gzipBytes(file) {
	return gzipSync(readFileSync(join(kit, 'output/client', file))).byteLength;
}

/** @returns {string[]} the files of the first screen, from the project's root */
export function firstScreenFiles() {
	return filesOf(routeSizes().find(({ route }) => isFirstScreen(route)));
}

/** @param {string} route */
function isFirstScreen(route) {
	return route === '/(start)';
}

/** The import's pages are its chunks: they load when somebody imports. */
const importPages = /^\/beheer\/importeren(?:\/|$)/;

/** @returns the route that needs most, leaving out those of the import */
export function largestRoute() {
	return routeSizes().find(({ route }) => !importPages.test(route));
}

/** @returns {string[]} its files, from the project's root */
export function largestRouteFiles() {
	return filesOf(largestRoute());
}

/** @param {{ files: string[] } | undefined} size */
function filesOf(size) {
	if (!size) throw new Error('The build has no first screen');
	return size.files.map((file) => `.svelte-kit/output/client/${file}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	for (const { route, bytes } of routeSizes()) {
		console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${route}`);
	}
}

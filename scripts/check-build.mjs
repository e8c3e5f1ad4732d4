// Holds the build to what starting without a network needs. A wrong pairing of plug-ins builds an
// app without a service worker, silently.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { staticSite } from './static-site.mjs';
import { fail, root } from './setup.mjs';
import { webManifest } from './web-manifest.mjs';

/** @typedef {{ url: string; revision: string | null }} PrecacheEntry */

/**
 * Files that the browser asks for by itself or only with a network, and so need no copy.
 */
const neverPrecached = new Set(['/service-worker.js', '/_app/version.json']);

/**
 * @param {string} script the built service worker
 * @returns {PrecacheEntry[]} its list: what it precaches, and words that it keeps for who reads them
 */
export function readPrecache(script) {
	const list = /\[\{"revision":.*?\}\]/s.exec(script)?.[0];
	if (!list) throw new Error('The service worker precaches nothing');
	return JSON.parse(list);
}

/**
 * @param {PrecacheEntry[]} entries
 * @param {string[]} files addresses of all files that the client consists of
 * @returns {string[]} what is wrong, a sentence each
 */
export function precacheFaults(entries, files) {
	const addresses = entries.map(({ url }) => `/${url.replace(/^\//, '')}`);
	const known = new Set(addresses);
	const twice = addresses.filter((address, index) => addresses.indexOf(address) !== index);
	return [
		...files
			.filter((file) => !known.has(file) && !neverPrecached.has(file))
			.map((file) => `${file} is not precached`),
		// Two entries for one address, and the service worker refuses to install.
		...twice.map((address) => `${address} is precached twice`),
		...addresses
			.filter((address) => address !== '/' && !files.includes(address))
			.map((address) => `${address} is precached and does not exist`),
		...(known.has('/') ? [] : ['The shell (/) is not precached']),
		...addresses.filter((address) => address.startsWith('/api')).map((a) => `${a} is precached`)
	];
}

/**
 * @param {string} folder
 * @returns {string[]} addresses of the files in it, but for packed copies
 */
function addressesIn(folder) {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !/\.(?:br|gz)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/'));
}

/**
 * @param {string} folder with the laid-down pages
 * @returns {string[]} what is wrong, a sentence each
 */
function pageFaults(folder) {
	return addressesIn(folder)
		.filter((address) => address.endsWith('.html'))
		.flatMap((address) => {
			const page = readFileSync(join(folder, address), 'utf8');
			const faults = [];
			if (!page.includes("require-trusted-types-for 'script'")) faults.push('lacks its policy');
			if (/ style="/.test(page)) faults.push('has a style attribute, which the policy refuses');
			return faults.map((fault) => `${address} ${fault}`);
		});
}

/** @returns {string[]} what is wrong, a sentence each: shortcuts that lead nowhere */
function shortcutFaults() {
	return (webManifest.shortcuts ?? [])
		.filter(({ url }) => !existsSync(join(root, `build/prerendered${url}.html`)))
		.map(({ url }) => `The shortcut ${url} has no page`);
}

function main() {
	const client = join(root, 'build/client');
	const script = join(client, 'service-worker.js');
	if (!existsSync(script)) throw new Error('The build has no service worker');
	const entries = readPrecache(readFileSync(script, 'utf8'));
	const faults = [
		...precacheFaults(entries, addressesIn(client)),
		...pageFaults(join(root, 'build/prerendered')),
		...shortcutFaults(),
		...(existsSync(join(root, staticSite, '404.html'))
			? []
			: [`${staticSite} has no fallback page`])
	];
	if (faults.length) throw new Error(['The build is not sound:', ...faults].join('\n  '));
	console.log(`The service worker knows all ${entries.length} files of the app.`);
}

if (process.argv[1]?.endsWith('check-build.mjs')) {
	try {
		main();
	} catch (error) {
		fail(error);
	}
}

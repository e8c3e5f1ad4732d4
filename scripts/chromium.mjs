import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { chromium } from '@playwright/test';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/**
 * The flags with which Chromium runs as root, as in a container, and keeps from calling home.
 *
 * @type {readonly string[]}
 */
export const chromiumFlags = [
	...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
	'--disable-background-networking'
];

/**
 * The Chromium to test with: `CHROMIUM`, Playwright's own, or one on the PATH.
 *
 * @returns {string | undefined} its path, or nothing when there is none
 */
export function findChromium() {
	const given = process.env['CHROMIUM'];
	if (given) return given;
	const own = chromium.executablePath();
	if (own && existsSync(own)) return own;
	const folders = (process.env['PATH'] ?? '').split(delimiter);
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/**
 * The same, after trying to install one when there is none.
 *
 * @returns {string} its path
 * @throws Error with a sentence that says what to install
 */
export function ensureChromium() {
	const found = findChromium() ?? install();
	if (!found) {
		throw new Error(
			'No Chromium was found, and none could be installed. Install one (Debian: apt-get install chromium; elsewhere: npx playwright install chromium), or say where it is: CHROMIUM=/path/to/chromium'
		);
	}
	return found;
}

/** @param {string} path */
function isProgram(path) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** @returns {string | undefined} */
function install() {
	const hasApt = process.getuid?.() === 0 && isProgram('/usr/bin/apt-get');
	console.log(`Installing Chromium (${hasApt ? 'apt-get' : 'playwright install'})…`);
	if (hasApt) {
		const packages = ['install', '-y', '--no-install-recommends', 'chromium'];
		spawnSync('apt-get', ['update'], { stdio: 'ignore' });
		spawnSync('apt-get', packages, { stdio: ['ignore', 'ignore', 'inherit'] });
	} else {
		const cli = join('node_modules', '@playwright', 'test', 'cli.js');
		spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit' });
	}
	return findChromium();
}

/**
 * @param {string} path of a Chromium
 * @returns {string} such as "Chromium 156.0.8078.79"
 */
export function chromiumVersion(path) {
	return execFileSync(path, ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] })
		.toString()
		.trim();
}

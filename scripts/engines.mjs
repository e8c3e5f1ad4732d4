// The browsers beside Chromium that the app must run in: Debian's Firefox, and WebKit as GTK has it.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const firefoxes = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];
const packages = ['firefox-esr', 'webkit2gtk-driver', 'xvfb'];

/** @typedef {{ firefox: string, webKitDriver: string, miniBrowser: string, xvfb: string }} Engines */

/** @returns {Engines | undefined} their paths; nothing when any of them is not there */
export function findEngines() {
	const firefox = firefoxes.find((path) => existsSync(path));
	const miniBrowser = findMiniBrowser();
	const webKitDriver = '/usr/bin/WebKitWebDriver';
	const xvfb = '/usr/bin/Xvfb';
	const isThere = firefox && miniBrowser && [webKitDriver, xvfb].every((path) => existsSync(path));
	return isThere ? { firefox, webKitDriver, miniBrowser, xvfb } : undefined;
}

/** Debian keeps it beside the library: `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser`. */
function findMiniBrowser() {
	if (!existsSync('/usr/lib')) return undefined;
	const platforms = readdirSync('/usr/lib').filter((name) => name.includes('-linux-'));
	return platforms
		.flatMap((platform) => ['4.1', '4.0'].map((version) => ({ platform, version })))
		.map(({ platform, version }) =>
			join('/usr/lib', platform, `webkit2gtk-${version}`, 'MiniBrowser')
		)
		.find((path) => existsSync(path));
}

/**
 * The same, after trying to install them when they are not there.
 *
 * @returns {Engines | undefined} nothing on a machine without Debian's packages
 */
export function ensureEngines() {
	return findEngines() ?? install();
}

/** @returns {Engines | undefined} */
function install() {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
	console.log('Installing Firefox and WebKit (apt-get)…');
	spawnSync('apt-get', ['update'], { stdio: 'ignore' });
	const args = ['install', '-y', '--no-install-recommends', ...packages];
	spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'] });
	return findEngines();
}

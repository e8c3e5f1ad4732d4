import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/**
 * The folder of a PostgreSQL server's programs: `POSTGRES_BIN`, the newest of Debian's, or one on
 * the PATH.
 *
 * @returns {string | undefined} nothing when there is none
 */
export function findPostgres() {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian) ? readdirSync(debian) : [];
	const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
	const folders = [
		process.env['POSTGRES_BIN'] ?? '',
		...newestFirst.map((version) => join(debian, version, 'bin')),
		...(process.env['PATH'] ?? '').split(delimiter)
	];
	return folders.find((folder) => existsSync(join(folder, 'initdb')));
}

/**
 * The same, after trying to install one when there is none.
 *
 * @returns {string | undefined}
 */
export function ensurePostgres() {
	return findPostgres() ?? install();
}

/** @returns {string | undefined} */
function install() {
	if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
	console.log('Installing PostgreSQL (apt-get)…');
	const packages = ['install', '-y', '--no-install-recommends', 'postgresql'];
	spawnSync('apt-get', ['update'], { stdio: 'ignore' });
	spawnSync('apt-get', packages, { stdio: ['ignore', 'ignore', 'inherit'] });
	return findPostgres();
}

/**
 * @param {string} folder of its programs
 * @returns {string} such as "postgres (PostgreSQL) 15.14"
 */
export function postgresVersion(folder) {
	return execFileSync(join(folder, 'postgres'), ['--version']).toString().trim();
}

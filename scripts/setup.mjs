// The steps that `npm start`, `npm test` and `npm run bench` have in common. They run on the
// machine's own Node (20 or later) and with nothing installed yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The project's folder; every command runs in it. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const windows = process.platform === 'win32';

/** The Node that the app runs on: the npm package `node`, whatever the machine has. */
export const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** The sources of a build. */
const buildSources = [
	'src',
	'static',
	'entry/policy.js',
	'scripts/bundling.mjs',
	'scripts/chunks.mjs',
	'scripts/left-out.mjs',
	'scripts/pwa.mjs',
	'scripts/static-site.mjs',
	'scripts/web-manifest.mjs',
	'scripts/said.mjs',
	'scripts/words.mjs',
	'svelte.config.js',
	'vite.config.ts',
	'package.json',
	'package-lock.json'
];
const buildStamp = join(root, 'build', '.made-from');

/**
 * Installs what package-lock.json names, unless it is there already. Not by `npm ci`: that refuses a
 * lock file without other platforms' builds of an optional package, which some registries lack.
 */
export async function ensureInstalled() {
	if (isInstalled()) return;
	console.log('Installing what the app needs. The first time this takes a minute or two…');
	await run(windows ? 'npm.cmd' : 'npm', [
		'install',
		'--no-save',
		'--no-audit',
		'--no-fund',
		'--loglevel=error'
	]);
}

function isInstalled() {
	const installed = readLock(join('node_modules', '.package-lock.json'));
	const wanted = readLock('package-lock.json');
	if (!installed || !wanted || !existsSync(node)) return false;
	return Object.entries(wanted).every(
		([path, { version, optional, link }]) =>
			path === '' || optional || link || installed[path]?.version === version
	);
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string; optional?: boolean; link?: boolean }> | undefined}
 */
function readLock(file) {
	try {
		return JSON.parse(readFileSync(join(root, file), 'utf8')).packages;
	} catch {
		return undefined;
	}
}

/** Builds the app, unless the last build was made from the same sources. */
export async function ensureBuilt() {
	const sources = hashSources();
	if (existsSync(buildStamp) && readFileSync(buildStamp, 'utf8') === sources) return;
	console.log('Building the app…');
	await build();
}

/** Builds the app, and checks that it can start without a network. */
export async function build() {
	const sources = hashSources();
	await runQuietly(node, [tool('vite'), 'build']);
	await runQuietly(node, ['scripts/check-build.mjs']);
	writeFileSync(buildStamp, sources);
}

function hashSources() {
	const hash = createHash('sha256');
	for (const file of buildSources.flatMap(filesIn)) {
		hash
			.update(file)
			.update('\0')
			.update(readFileSync(join(root, file)))
			.update('\0');
	}
	return hash.digest('hex');
}

/**
 * @param {string} path a file or folder
 * @returns {string[]} the files in it, without tests and what is generated
 */
function filesIn(path) {
	if (!statSync(join(root, path)).isDirectory()) return [path];
	return readdirSync(join(root, path), { withFileTypes: true })
		.sort((a, b) => (a.name < b.name ? -1 : 1))
		.filter(({ name }) => !/\.test\.ts$|^paraglide$|^cache$|^\.lix$/.test(name))
		.flatMap(({ name }) => filesIn(`${path}/${name}`));
}

/**
 * The script behind a command-line tool, to be run with `node`: the links in node_modules/.bin
 * would start it on the machine's own Node.
 *
 * @param {string} name a package, or package/command where they differ
 */
export function tool(name) {
	const [, packageName = name, command] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(name) ?? [];
	const folder = join(root, 'node_modules', packageName);
	const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return join(folder, typeof bin === 'string' ? bin : bin[command ?? packageName]);
}

/**
 * Runs a command in the project's folder, its output on ours.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env] besides our own
 * @throws Error when it fails
 */
async function run(command, args, env = {}) {
	const code = await exitCode(command, args, env);
	if (code !== 0) throw new Error(`${[command, ...args].join(' ')} ended with code ${code}`);
}

/**
 * The same, for who wants to know rather than stop.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} the code it ended with
 */
export function exitCode(command, args, env = {}) {
	return ended(start(command, args, env, 'inherit'));
}

/**
 * The same, but its output is only told when it fails.
 *
 * @param {string} command
 * @param {string[]} args
 */
async function runQuietly(command, args) {
	const child = start(command, args, {}, 'pipe');
	/** @type {Buffer[]} */
	const output = [];
	child.stdout?.on('data', (chunk) => output.push(chunk));
	child.stderr?.on('data', (chunk) => output.push(chunk));
	const code = await ended(child);
	if (code === 0) return;
	process.stderr.write(Buffer.concat(output));
	throw new Error(`${[command, ...args].join(' ')} ended with code ${code}`);
}

/**
 * Starts a command in the project's folder.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {Record<string, string>} env besides our own
 * @param {'inherit' | 'pipe'} output
 */
export function start(command, args, env, output) {
	// Tools that start `node` by name must find the same one.
	const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
	return spawn(command, args, {
		cwd: root,
		stdio: ['ignore', output, output],
		shell: windows && command.endsWith('.cmd'),
		env: { ...process.env, PATH: path, ...env }
	});
}

/**
 * Waits until a command has ended and its output is read.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} the code it ended with
 */
export function ended(child) {
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code) => resolve(code ?? 1));
	});
}

/**
 * Ends the script with the error's sentence instead of a stack.
 *
 * @param {unknown} error
 */
export function fail(error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}

// npm test: everything that must hold, from a fresh clone. Stops at the first stage that fails.
// npm test -- unit size: only these stages.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { build, ensureInstalled, exitCode, node, root, tool } from './setup.mjs';

const results = join(root, 'test-results');
const counted = { passed: 0, failed: 0 };

/** @typedef {{ name: string; work: () => Promise<number>; counts?: () => void }} Stage */

/**
 * In order; a list is worked through while the others beside it are. Most of these keep one core busy.
 *
 * @type {(Stage | Stage[][])[]}
 */
const stages = [
	{ name: 'install', work: succeeds(ensureInstalled) },
	{ name: 'prepare', work: prepare },
	[
		[
			{ name: 'format', work: command('prettier', ['--check', '--log-level=warn', '.']) },
			{ name: 'types', work: checkTypes },
			{ name: 'knip', work: command('knip', []) }
		],
		[{ name: 'lint', work: command('eslint', ['--max-warnings=0', '.']) }]
	],
	{ name: 'postgres', work: succeeds(findDatabase) },
	{
		name: 'unit',
		work: command('vitest', [
			'run',
			'--reporter=dot',
			'--reporter=json',
			'--outputFile.json=test-results/unit.json'
		]),
		counts: countUnit
	},
	{ name: 'build', work: succeeds(build) },
	{ name: 'size', work: command('size-limit', []) },
	{ name: 'chromium', work: succeeds(findBrowser) },
	{
		name: 'e2e',
		work: command('@playwright/test/playwright', ['test']),
		counts: countEndToEnd
	},
	{ name: 'engines', work: otherEngines }
];

await runAll();

async function runAll() {
	rmSync(results, { recursive: true, force: true });
	mkdirSync(results, { recursive: true });
	const only = process.argv.slice(2);
	const isAsked = (/** @type {Stage} */ { name }) => only.length === 0 || only.includes(name);
	for (const stage of stages) {
		const lists = Array.isArray(stage) ? stage : [[stage]];
		const passed = await Promise.all(lists.map((list) => passesAll(list.filter(isAsked))));
		if (passed.every(Boolean)) continue;
		// A stage that is no test and fails must not read as "0 failed".
		counted.failed = Math.max(counted.failed, 1);
		process.exitCode = 1;
		break;
	}
	console.log(`\n${counted.passed} passed, ${counted.failed} failed`);
}

/** @param {Stage[]} list worked through until one fails */
async function passesAll(list) {
	for (const { name, work, counts } of list) {
		console.log(`\n── ${name}`);
		const startedAt = performance.now();
		const code = await work();
		counts?.();
		const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
		console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${seconds} s)`);
		if (code !== 0) return false;
	}
	return true;
}

/**
 * @param {string} name of a tool, as `tool` takes it
 * @param {string[]} args
 */
function command(name, args) {
	return () => exitCode(node, [tool(name), ...args]);
}

/** @param {() => Promise<void>} work */
function succeeds(work) {
	return async () => {
		try {
			await work();
			return 0;
		} catch (error) {
			console.error(error instanceof Error ? error.message : error);
			return 1;
		}
	};
}

/** Makes what the other stages read and the repository does not hold: messages and Kit's types. */
async function prepare() {
	const i18n = 'src/lib/i18n';
	const project = ['--project', `${i18n}/project.inlang`, '--outdir', `${i18n}/paraglide`];
	const compiled = await command('@inlang/paraglide-js/paraglide-js', ['compile', ...project])();
	return compiled || command('@sveltejs/kit/svelte-kit', ['sync'])();
}

async function checkTypes() {
	const app = await command('svelte-check', [
		'--tsconfig',
		'./tsconfig.json',
		'--output',
		'human'
	])();
	return app || command('typescript/tsc', ['-p', 'tsconfig.service-worker.json'])();
}

async function findBrowser() {
	// Imported late: it needs what the first stage installs.
	const { chromiumVersion, ensureChromium } = await import('./chromium.mjs');
	console.log(chromiumVersion(ensureChromium()));
}

/** In Firefox and WebKit; where neither can be had, Chromium has to do. */
async function otherEngines() {
	const { ensureEngines } = await import('./engines.mjs');
	if (ensureEngines()) return exitCode(node, ['--test', 'tests/engines/engines.ts']);
	console.log('Firefox and WebKit are not here (Debian: firefox-esr, webkit2gtk-driver, xvfb).');
	return 0;
}

/** Without one the store is tried over PGlite alone, and its tests on PostgreSQL are skipped. */
async function findDatabase() {
	const { ensurePostgres, postgresVersion } = await import('./postgres.mjs');
	const programs = ensurePostgres();
	console.log(
		programs ? postgresVersion(programs) : 'None was found, and none could be installed.'
	);
}

function countUnit() {
	const report = readReport('unit.json');
	counted.passed += report?.numPassedTests ?? 0;
	counted.failed += report?.numFailedTests ?? 0;
}

function countEndToEnd() {
	const stats = readReport('e2e.json')?.stats;
	counted.passed += (stats?.expected ?? 0) + (stats?.flaky ?? 0);
	counted.failed += stats?.unexpected ?? 0;
}

/** @param {string} file */
function readReport(file) {
	try {
		return JSON.parse(readFileSync(join(results, file), 'utf8'));
	} catch {
		return undefined;
	}
}

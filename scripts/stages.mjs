// The work of `npm test`, stage by stage.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runBench } from './deep.mjs';
import { reports } from './report.mjs';
import { build, ensureInstalled, exitCode, node, root, tool } from './setup.mjs';

const noEngines = 'Firefox and WebKit are not here (Debian: firefox-esr, webkit2gtk-driver, xvfb).';

/** @typedef {{ name: string; work: () => Promise<number> }} Stage work returns the code it ended with */

const install = { name: 'install', work: succeeds(ensureInstalled) };
const prepare = { name: 'prepare', work: inTurn(compileMessages, makeKitTypes) };
const types = { name: 'types', work: inTurn(checkTypes, checkServiceWorkerTypes) };
const lint = {
	name: 'lint',
	work: inTurn(command('oxlint', []), command('eslint', ['--max-warnings=0', '.']))
};

/**
 * In order; a list is worked through while the others beside it are. Most of these keep one core busy.
 *
 * @type {(Stage | Stage[][])[]}
 */
export const stages = [
	install,
	prepare,
	[
		[{ name: 'format', work: format(['.']) }, lint, { name: 'knip', work: command('knip', []) }],
		[types]
	],
	{ name: 'postgres', work: succeeds(findDatabase) },
	{ name: 'unit', work: unit('run', []) },
	{ name: 'build', work: succeeds(build) },
	{ name: 'size', work: command('size-limit', []) },
	{ name: 'chromium', work: succeeds(findBrowser) },
	{ name: 'e2e', work: command('@playwright/test/playwright', ['test']) },
	{ name: 'engines', work: () => otherEngines() }
];

/**
 * The stages that only `npm test -- deep` runs, after all the others: components linted with types,
 * and the benches that look for what is lost, or for what each language costs.
 *
 * @type {Stage[]}
 */
export const deepStages = [
	{ name: 'both-engines', work: succeeds(findBothEngines) },
	{
		name: 'lint-typed',
		work: command('eslint', ['--config', 'eslint.typed.config.js', '--max-warnings=0', '.'])
	},
	{ name: 'simulation', work: () => runBench('simulation', ['10000']) },
	{ name: 'kill', work: () => runBench('kill', []) },
	{ name: 'endpoint-kill', work: () => runBench('endpoint-kill', []) },
	{ name: 'words', work: () => runBench('words', []) }
];

/** Tests that read the sources as text, and so hang on all of them without an import. */
const readers = ['tests/architecture.test.ts', 'tests/messages.test.ts'];

/**
 * Types and lint of everything, format and unit tests of what changed.
 *
 * @param {import('./changes.mjs').Changes} changes
 * @returns {(Stage | Stage[][])[]}
 */
export function quickStages({ since, files }) {
	if (files.length === 0) {
		console.log(`Nothing has changed since ${since}, so there is nothing to try.`);
		console.log('npm test -- quick SINCE tries what changed since another commit.');
		return [];
	}
	console.log(`${files.length} files have changed since ${since}.`);
	const present = files.filter((file) => existsSync(join(root, file)));
	const related = [...readers, ...files.map(asImported)];
	return [
		install,
		prepare,
		[[{ name: 'format', work: format(['--ignore-unknown', ...present]) }, lint], [types]],
		{ name: 'unit', work: unit('related', ['--run', ...new Set(related)]) }
	];
}

/**
 * Messages are imported as what is compiled from them.
 *
 * @param {string} file
 */
function asImported(file) {
	const compiled = 'src/lib/i18n/paraglide/messages.js';
	return file.startsWith('src/lib/i18n/messages/') ? compiled : file;
}

/**
 * @param {string} name of a tool, as `tool` takes it
 * @param {string[]} args
 */
function command(name, args) {
	return () => exitCode(node, [tool(name), ...args]);
}

/** @param {(() => Promise<number>)[]} works done one after the other until one fails */
function inTurn(...works) {
	return async () => {
		for (const work of works) {
			const code = await work();
			if (code !== 0) return code;
		}
		return 0;
	};
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

/** @param {string[]} args */
function format(args) {
	return command('prettier', ['--check', '--log-level=warn', ...args]);
}

/**
 * @param {'run' | 'related'} how
 * @param {string[]} args
 */
function unit(how, args) {
	return command('vitest', [
		how,
		...args,
		'--reporter=dot',
		'--reporter=json',
		`--outputFile.json=${reports.unit}`
	]);
}

/**
 * Makes what the other stages read and the repository does not hold: messages, then Kit's types.
 */
function compileMessages() {
	const i18n = 'src/lib/i18n';
	const project = ['--project', `${i18n}/project.inlang`, '--outdir', `${i18n}/paraglide`];
	const structure = ['--output-structure', 'locale-modules'];
	return command('@inlang/paraglide-js/paraglide-js', ['compile', ...project, ...structure])();
}

function makeKitTypes() {
	return command('@sveltejs/kit/svelte-kit', ['sync'])();
}

function checkTypes() {
	return command('svelte-check', ['--tsconfig', './tsconfig.json', '--output', 'human'])();
}

function checkServiceWorkerTypes() {
	return command('typescript/tsc', ['-p', 'tsconfig.service-worker.json'])();
}

async function findBrowser() {
	// Imported late: it needs what the first stage installs.
	const { chromiumVersion, ensureChromium } = await import('./chromium.mjs');
	console.log(chromiumVersion(ensureChromium()));
}

/** In Firefox and WebKit; where neither can be had, Chromium has to do. */
async function otherEngines() {
	const { ensureEngines } = await import('./engines.mjs');
	if (ensureEngines()) {
		return exitCode(node, [
			'--test',
			'--test-reporter=spec',
			'--test-reporter-destination=stdout',
			'--test-reporter=junit',
			`--test-reporter-destination=${reports.engines}`,
			'tests/engines/engines.ts'
		]);
	}
	console.log(noEngines);
	return 0;
}

/** @throws Error where Chromium would have to do, which is not enough for the end of a piece of work */
async function findBothEngines() {
	const { ensureEngines } = await import('./engines.mjs');
	if (!ensureEngines()) throw new Error(noEngines);
}

/** Without one the store is tried over PGlite alone, and its tests on PostgreSQL are skipped. */
async function findDatabase() {
	const { ensurePostgres, postgresVersion } = await import('./postgres.mjs');
	const programs = ensurePostgres();
	console.log(
		programs ? postgresVersion(programs) : 'None was found, and none could be installed.'
	);
}

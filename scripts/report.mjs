// The report of `npm test` at its end: how many tests, how long, and what a page showed where one
// failed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './setup.mjs';

/** Where the stages leave what they found. */
export const results = join(root, 'test-results');

/** Paths from the root. playwright.config.ts names the one of the end-to-end tests too. */
export const reports = {
	unit: 'test-results/unit.json',
	e2e: 'test-results/e2e.json',
	engines: 'test-results/engines.xml'
};

/**
 * @typedef {object} Test that was run, whether it passed or not
 * @property {string} stage
 * @property {string} name with its file
 * @property {number} seconds that it kept a worker busy
 * @property {boolean} failed
 * @property {string} [words] path of what Playwright kept of the page, where it failed
 */

/** The most lines of a page that are told. */
const mostLines = 80;

/** @returns {Test[]} of all stages that were run */
export function readTests() {
	return [
		...unitTests(parse(read(reports.unit))),
		...endToEndTests(parse(read(reports.e2e))),
		...engineTests(read(reports.engines) ?? '')
	];
}

/**
 * Those of the browsers beside Chromium are not in the sum: not every machine has them.
 *
 * @param {Test[]} tests
 */
export function countTests(tests) {
	const counted = tests.filter(({ stage }) => stage !== 'engines');
	const failed = counted.filter((test) => test.failed).length;
	return { passed: counted.length - failed, failed };
}

/**
 * @param {any} report vitest's JSON
 * @returns {Test[]}
 */
export function unitTests(report) {
	return (report?.testResults ?? []).flatMap((/** @type {any} */ { name, assertionResults }) =>
		assertionResults
			.filter((/** @type {any} */ { status }) => status === 'passed' || status === 'failed')
			.map((/** @type {any} */ { fullName, duration, status }) => ({
				stage: 'unit',
				name: `${fromRoot(name)}: ${fullName}`,
				seconds: (duration ?? 0) / 1000,
				failed: status === 'failed'
			}))
	);
}

/**
 * @param {any} report Playwright's JSON
 * @returns {Test[]}
 */
export function endToEndTests(report) {
	return (report?.suites ?? []).flatMap((/** @type {any} */ suite) => testsOf(suite, []));
}

/**
 * @param {any} suite
 * @param {string[]} titles of the suites that it is in
 * @returns {Test[]}
 */
function testsOf(suite, titles) {
	const here = [...titles, suite.title];
	const own = (suite.specs ?? []).flatMap((/** @type {any} */ { title, tests }) =>
		tests
			.filter((/** @type {any} */ { status }) => status !== 'skipped')
			.map((/** @type {any} */ test) => endToEndTest([...here, title], test))
	);
	const inner = (suite.suites ?? []).flatMap((/** @type {any} */ one) => testsOf(one, here));
	return [...own, ...inner];
}

/**
 * @param {string[]} titles
 * @param {any} test with a result for each time that it was tried
 * @returns {Test}
 */
function endToEndTest([file, ...titles], { status, results: tries }) {
	const attachments = tries.flatMap((/** @type {any} */ result) => result.attachments ?? []);
	const words = attachments.findLast((/** @type {any} */ { name }) => name === 'error-context');
	return {
		stage: 'e2e',
		name: `${file}: ${titles.join(' › ')}`,
		seconds: sum(tries.map((/** @type {any} */ { duration }) => duration / 1000)),
		failed: status === 'unexpected',
		...(words ? { words: words.path } : {})
	};
}

/**
 * @param {string} xml of node:test's JUnit reporter, in which a suite is an engine
 * @returns {Test[]}
 */
export function engineTests(xml) {
	let engine = '';
	/** @type {Test[]} */
	const tests = [];
	for (const [tag] of xml.matchAll(/<(?:testsuite|testcase|failure)\b[^>]*>/g)) {
		const name = plain(/ name="([^"]*)"/.exec(tag)?.[1] ?? '');
		const last = tests.at(-1);
		if (tag.startsWith('<testsuite')) engine = name;
		else if (tag.startsWith('<failure') && last) last.failed = true;
		else if (tag.startsWith('<testcase')) {
			const seconds = Number(/ time="([^"]*)"/.exec(tag)?.[1] ?? 0);
			tests.push({ stage: 'engines', name: `${engine}: ${name}`, seconds, failed: false });
		}
	}
	return tests;
}

/**
 * A table of the stages, and the slowest tests. Worker-seconds, the sum of how long each test took, say
 * more than the clock when two runs are compared.
 *
 * @param {{ name: string; seconds: number }[]} stages that were run
 * @param {Test[]} tests
 * @param {number} seconds on the clock, all in all
 */
export function summary(stages, tests, seconds) {
	const row = (/** @type {string[]} */ [name = '', ...cells]) =>
		name.padEnd(14) + cells.map((cell) => cell.padStart(12)).join('');
	const rows = stages.map(({ name, seconds: taken }) => {
		const own = tests.filter(({ stage }) => stage === name);
		return row([name, ...(own.length === 0 ? ['', taken.toFixed(1)] : figures(own, taken))]);
	});
	const slowest = tests.toSorted((a, b) => b.seconds - a.seconds).slice(0, 10);
	return [
		'',
		row(['', 'tests', 'seconds', 'worker-s']),
		...rows,
		row(['all', ...figures(tests, seconds)]),
		...(slowest.length === 0 ? [] : ['', 'The slowest tests:']),
		...slowest.map(({ name, seconds: taken }) => `${taken.toFixed(1).padStart(7)} s  ${name}`)
	].join('\n');
}

/**
 * @param {Test[]} tests
 * @param {number} seconds
 */
function figures(tests, seconds) {
	const busy = sum(tests.map((test) => test.seconds));
	return [String(tests.length), seconds.toFixed(1), busy.toFixed(1)];
}

/**
 * Returns what the page showed where an end-to-end test failed: where tests run by themselves,
 * nobody sees it.
 */
export function wordsOfPages() {
	return endToEndTests(parse(read(reports.e2e)))
		.flatMap(({ name, failed, words }) => {
			if (!failed || !words || !existsSync(words)) return [];
			return [`\nThe page when this failed: ${name}\n${pageWords(readFileSync(words, 'utf8'))}\n`];
		})
		.join('');
}

/**
 * @param {string} context Playwright's error-context.md
 * @returns {string} the page as a screen reader has it, cut where it is long
 */
export function pageWords(context) {
	const snapshot = /# Page snapshot\s+```yaml\n(.*?)\n```/s.exec(context)?.[1];
	if (snapshot === undefined) return '  (Playwright kept nothing of it)';
	const lines = snapshot.split('\n');
	const left = lines.length - mostLines;
	const told = lines.slice(0, mostLines).map((line) => `  ${line}`);
	return [...told, ...(left > 0 ? [`  … and ${left} lines more`] : [])].join('\n');
}

/** @param {string} path */
function fromRoot(path) {
	return path.startsWith(root) ? path.slice(root.length + 1) : path;
}

/** @param {string} text of an XML attribute */
function plain(text) {
	const signs = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
	return text.replaceAll(
		/&(lt|gt|quot|apos|amp);/g,
		(_, /** @type {keyof typeof signs} */ name) => signs[name]
	);
}

/** @param {number[]} values */
function sum(values) {
	return values.reduce((total, value) => total + value, 0);
}

/** @param {string} file */
function read(file) {
	try {
		return readFileSync(join(root, file), 'utf8');
	} catch {
		return undefined;
	}
}

/** @param {string | undefined} text */
function parse(text) {
	try {
		return JSON.parse(text ?? '');
	} catch {
		return undefined;
	}
}

// The benches of `npm test -- deep`. A bench tells figures and ends well whatever they are; here they
// must hold what tests/bench/README.md says.
import process from 'node:process';
import { ended, node, start } from './setup.mjs';

/** @typedef {{ name: string; value: number }} Figure */

/** @type {Record<string, { least?: number; most?: number }>} */
const bounds = {
	'simulation-runs': { least: 10_000 },
	'simulation-failures': { most: 0 },
	'simulation-least-run': { least: 200 },
	'simulation-least-refused': { least: 20 },
	'simulation-planted-missed': { most: 0 },
	'kill-points': { least: 100 },
	'kill-lost': { most: 0 },
	'endpoint-kill-points': { least: 200 },
	'endpoint-kill-lost': { most: 0 },
	'endpoint-kill-doubled': { most: 0 },
	'words-eight': { most: 2 }
};

/**
 * Runs a bench, and tells which figures are out of bounds.
 *
 * @param {string} name
 * @param {string[]} args
 * @returns {Promise<number>} the code it ended with, or 1 where a figure is out of bounds or lacking
 */
export async function runBench(name, args) {
	const { code, lastLine } = await run([`tests/bench/${name}.bench.ts`, ...args]);
	if (code !== 0) return code;
	const faults = figureFaults(name, parseFigures(lastLine));
	for (const fault of faults) console.log(fault);
	return faults.length === 0 ? 0 : 1;
}

/**
 * @param {string} bench
 * @param {Figure[]} figures that it told
 * @returns {string[]} what is wrong with them, a sentence each
 */
export function figureFaults(bench, figures) {
	return Object.entries(bounds)
		.filter(([name]) => benchOf(name) === bench)
		.flatMap(([name, { least = -Infinity, most = Infinity }]) => {
			const value = figures.find((figure) => figure.name === name)?.value;
			if (typeof value !== 'number') return [`[${name}] was not told`];
			if (value < least) return [`[${name}] is ${value}, and must be ${least} or more`];
			if (value > most) return [`[${name}] is ${value}, and must be ${most} or less`];
			return [];
		});
}

/** @param {string} name of a figure */
function benchOf(name) {
	return ['endpoint-kill', 'simulation', 'kill', 'words'].find((bench) =>
		name.startsWith(`${bench}-`)
	);
}

/**
 * @param {string} line
 * @returns {Figure[]} nothing when it holds none
 */
function parseFigures(line) {
	try {
		return JSON.parse(line);
	} catch {
		return [];
	}
}

/**
 * @param {string[]} args
 * @returns {Promise<{ code: number; lastLine: string }>}
 */
async function run(args) {
	const child = start(node, args, {}, 'pipe');
	child.stderr?.pipe(process.stderr);
	let end = '';
	child.stdout?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
		process.stdout.write(text);
		// Enough for the last line, however much a bench tells in hours.
		end = (end + text).slice(-100_000);
	});
	const code = await ended(child);
	return { code, lastLine: end.trimEnd().split('\n').at(-1) ?? '' };
}

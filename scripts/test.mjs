// npm test: everything that must hold, from a fresh clone. Stops at the first stage that fails.
// npm test -- unit size: only these stages.
// npm test -- quick [SINCE]: what can be said of a change within 90 seconds.
// npm test -- deep: everything, and what takes hours: for the end of a piece of work.
import { mkdirSync, rmSync } from 'node:fs';
import process from 'node:process';
import { changesSince } from './changes.mjs';
import { countTests, readTests, results, summary, wordsOfPages } from './report.mjs';
import { deepStages, quickStages, stages } from './stages.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */

/** Of all stages but the deep ones, on two quiet cores. */
const mostMinutes = 25;

const [mode, ...rest] = process.argv.slice(2);
/** @type {{ name: string; seconds: number }[]} */
const done = [];
const startedAt = performance.now();

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const passed = await runAll(asked());
const tests = readTests();
const seconds = secondsSince(startedAt);
console.log(summary(done, tests, seconds));
if (mode === undefined && seconds > mostMinutes * 60) {
	console.log(
		`\nThis took more than ${mostMinutes} minutes, the limit on two cores with nothing else to do.`
	);
}
const counted = countTests(tests);
// A stage that is no test and fails must not read as "0 failed".
if (!passed) counted.failed = Math.max(counted.failed, 1);
process.exitCode = passed ? 0 : 1;
console.log(`\n${counted.passed} passed, ${counted.failed} failed`);

/** @returns {(Stage | Stage[][])[]} */
function asked() {
	if (mode === undefined) return stages;
	if (mode === 'deep') return [...stages, ...deepStages];
	if (mode === 'quick') return quickStages(changesSince(rest[0]));
	const names = [mode, ...rest];
	const isAsked = (/** @type {Stage} */ { name }) => names.includes(name);
	return [...stages, ...deepStages].map((stage) =>
		(Array.isArray(stage) ? stage : [[stage]]).map((list) => list.filter(isAsked))
	);
}

/** @param {(Stage | Stage[][])[]} all */
async function runAll(all) {
	for (const stage of all) {
		const lists = Array.isArray(stage) ? stage : [[stage]];
		const passes = await Promise.all(lists.map(passesAll));
		if (!passes.every(Boolean)) return false;
	}
	return true;
}

/** @param {Stage[]} list worked through until one fails */
async function passesAll(list) {
	for (const { name, work } of list) {
		console.log(`\n── ${name}`);
		const start = performance.now();
		const code = await work();
		const taken = secondsSince(start);
		done.push({ name, seconds: taken });
		if (name === 'e2e') process.stdout.write(wordsOfPages());
		console.log(`── ${name}: ${code === 0 ? 'ok' : 'FAILED'} (${taken.toFixed(1)} s)`);
		if (code !== 0) return false;
	}
	return true;
}

/** @param {number} start */
function secondsSince(start) {
	return (performance.now() - start) / 1000;
}

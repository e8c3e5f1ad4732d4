import { availableParallelism } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { faultNames, type FaultName } from '../simulation/planted-faults.ts';
import { runApart } from '../simulation/run.ts';
import type { Outcome } from '../simulation/worker.ts';
import { figure, report, type Figure } from './support/report.ts';

/** Runs of one seed: what is printed to have them again. */
const perSeed = 50;
/** Within so many runs a planted fault must be found. */
const mostRuns = 1000;

const { values, positionals } = parseArgs({
	args: process.argv.slice(2).filter((text) => text !== '--'),
	options: { planted: { type: 'string' } },
	allowPositionals: true
});
const [runs = 10_000, first = Date.now() & 0x7fffffff] = positionals.map(Number);
const planted = faultNames.filter((name) => name === values.planted);
if (values.planted !== undefined) {
	if (planted.length === 0) throw new Error(`Planted can be: ${faultNames.join(', ')}`);
	report(await findAll(planted));
} else {
	report([...(await runAll()), ...(await findAll(faultNames))]);
}

async function runAll(): Promise<Figure[]> {
	const seeds = Array.from({ length: Math.ceil(runs / perSeed) }, (_, at) => first + at);
	console.log(`${seeds.length} seeds from ${first}, ${perSeed} runs each`);
	let done = 0;
	let failures = 0;
	const counts = new Map<string, { taken: number; refused: number }>();
	const hear = ({ seed, failure, ...outcome }: Outcome) => {
		done += outcome.runs;
		if (failure) console.log(`seed ${seed}: ${failure}`);
		if (failure) failures++;
		if (done % 1000 < perSeed) console.log(`${done} runs, up to seed ${seed}`);
		for (const [name, taken, refused] of outcome.counts) {
			const before = counts.get(name) ?? { taken: 0, refused: 0 };
			counts.set(name, { taken: before.taken + taken, refused: before.refused + refused });
		}
	};
	const cores = availableParallelism();
	const own = (core: number) => seeds.filter((_seed, index) => index % cores === core);
	await Promise.all(
		Array.from({ length: cores }, (_, core) =>
			runApart({ seeds: own(core), perSeed, fault: null }, hear)
		)
	);
	for (const [name, { taken, refused }] of counts) {
		console.log(`${name}: taken ${taken} times, refused ${refused} times`);
	}
	const all = [...counts.values()];
	return [
		figure('simulation-runs', done, 'runs'),
		figure('simulation-failures', failures, 'runs'),
		figure('simulation-least-run', Math.min(...all.map(({ taken }) => taken)), 'times'),
		figure('simulation-least-refused', Math.min(...all.map(({ refused }) => refused)), 'times')
	];
}

/** Plants one fault after the other. */
async function findAll(names: readonly FaultName[]): Promise<Figure[]> {
	let missed = 0;
	let longest = 0;
	for (const fault of names) {
		await runApart({ seeds: [first], perSeed: mostRuns, fault }, (outcome) => {
			console.log(`${fault}: ${outcome.failure ?? 'NOT FOUND'} (${outcome.runs} runs)`);
			if (outcome.failure === null) missed++;
			longest = Math.max(longest, outcome.runs);
		});
	}
	return [
		figure('simulation-planted-missed', missed, 'faults'),
		figure('simulation-planted-longest', longest, 'runs')
	];
}

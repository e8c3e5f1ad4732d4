import { availableParallelism } from 'node:os';
import process from 'node:process';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { plans, simulate } from '../simulation/simulation.ts';
import { figure, report } from './support/report.ts';

/** Runs of one seed: what is printed to have them again. */
const perSeed = 50;

interface Outcome {
	readonly seed: number;
	readonly runs: number;
	/** Why, and how to have it again; null: all held. */
	readonly failure: string | null;
}

if (isMainThread) await runAll();
else await runSeeds();

async function runAll(): Promise<void> {
	const [runs = 10_000, first = Date.now() & 0x7fffffff] = process.argv.slice(2).map(Number);
	const seeds = Array.from({ length: Math.ceil(runs / perSeed) }, (_, at) => first + at);
	console.log(`${seeds.length} seeds from ${first}, ${perSeed} runs each`);
	let done = 0;
	let failures = 0;
	const hear = (outcome: Outcome) => {
		done += outcome.runs;
		if (outcome.failure) console.log(`seed ${outcome.seed}: ${outcome.failure}`);
		if (outcome.failure) failures++;
		if (done % 1000 < perSeed) console.log(`${done} runs, up to seed ${outcome.seed}`);
	};
	const cores = availableParallelism();
	const workers = Array.from({ length: cores }, (_, at) => {
		const own = seeds.filter((_seed, index) => index % cores === at);
		return new Promise<void>((resolve, reject) => {
			const worker = new Worker(new URL(import.meta.url), { workerData: own });
			worker.on('message', hear);
			worker.on('error', reject);
			worker.on('exit', () => resolve());
		});
	});
	await Promise.all(workers);
	report([
		figure('simulation-runs', done, 'runs'),
		figure('simulation-failures', failures, 'runs')
	]);
}

async function runSeeds(): Promise<void> {
	for (const seed of workerData as readonly number[]) {
		const result = await fc.check(fc.asyncProperty(plans, simulate), { seed, numRuns: perSeed });
		const failure = fc.defaultReportMessage(result) ?? null;
		parentPort?.postMessage({ seed, runs: result.numRuns, failure } satisfies Outcome);
	}
}

import process from 'node:process';
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { plant, type FaultName } from './planted-faults.ts';

/** The runs that a thread is to do. */
export interface Runs {
	readonly seeds: readonly number[];
	readonly perSeed: number;
	/** null: the server as it is. */
	readonly fault: FaultName | null;
}

/** How the runs of one seed went. */
export interface Outcome {
	readonly seed: number;
	readonly runs: number;
	/** Why, and how to have it again; null: all held. */
	readonly failure: string | null;
	/** How often each mutation was taken and refused. */
	readonly counts: readonly (readonly [name: string, taken: number, refused: number])[];
}

/** Milliseconds: far more than a run takes on a busy machine; one that never ends is a failure too. */
const longestRun = 30_000;

const { seeds, perSeed, fault } = workerData as Runs;
if (fault) plant(fault);
// After the fault was planted, or the modules would be here without it.
const { plans, simulate } = await import('./simulation.ts');
const { Tally } = await import('./tally.ts');

for (const seed of seeds) {
	const tally = new Tally();
	const property = fc.asyncProperty(plans, (plan) => simulate(plan, tally));
	const options = { seed, numRuns: perSeed, endOnFailure: fault !== null, timeout: longestRun };
	const result = await fc.check(property, options);
	const { failed, errorInstance } = result;
	// Of a fault that was planted, how the shortest way to it goes is of no interest.
	const failure = fault ? messageOf(errorInstance) : (fc.defaultReportMessage(result) ?? '');
	parentPort?.postMessage({
		seed,
		runs: result.numRuns,
		failure: failed ? failure : null,
		counts: tally.counts()
	} satisfies Outcome);
}

// A run that was given up goes on, and would keep the thread.
process.exit();

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

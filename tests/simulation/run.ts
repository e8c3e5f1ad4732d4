import { Worker } from 'node:worker_threads';
import type { Outcome, Runs } from './worker.ts';

/** Runs the simulation in a thread of its own. */
export function runApart(runs: Runs, hear: (outcome: Outcome) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: runs });
		worker.on('message', hear);
		worker.on('error', reject);
		worker.on('exit', () => resolve());
	});
}

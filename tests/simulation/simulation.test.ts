import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runApart } from './run.ts';
import { plans, simulate } from './simulation.ts';
import { Tally } from './tally.ts';
import type { Outcome } from './worker.ts';

const seed = Number(process.env['SIMULATION_SEED'] ?? Date.now() & 0x7fffffff);
console.log(`simulation seed ${seed}`);

test('whatever happens and whoever cheats, all end up with the same school, and nothing is lost', async () => {
	const tally = new Tally();
	const property = fc.asyncProperty(plans, (plan) => simulate(plan, tally));
	const numRuns = Number(process.env['SIMULATION_RUNS'] ?? 150);
	const result = await fc.check(property, { seed, numRuns, includeErrorInReport: true });
	expect(result.failed, fc.defaultReportMessage(result)).toBe(false);
}, 600_000);

test('a server that runs a uid again is found out', async () => {
	const outcomes: Outcome[] = [];
	const runs = { seeds: [seed], perSeed: 1000, fault: 'uidNotChecked' } as const;
	await runApart(runs, (outcome) => outcomes.push(outcome));
	expect(outcomes).toHaveLength(1);
	expect(outcomes[0]?.failure).toBeTypeOf('string');
}, 600_000);

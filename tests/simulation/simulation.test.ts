import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plans, simulate } from './simulation.ts';
import { Tally } from './tally.ts';

test('whatever happens, devices and endpoint end up with the same school, and nothing is lost', async () => {
	const seed = Number(process.env['SIMULATION_SEED'] ?? Date.now() & 0x7fffffff);
	console.log(`simulation seed ${seed}`);
	const tally = new Tally();
	const property = fc.asyncProperty(plans, (plan) => simulate(plan, tally));
	const result = await fc.check(property, {
		seed,
		numRuns: Number(process.env['SIMULATION_RUNS'] ?? 200)
	});
	expect(result.failed, fc.defaultReportMessage(result)).toBe(false);
}, 600_000);

import type { Comparison } from '#lib/domain/import/holders/comparison.ts';
import type { ImportPlan, PlanSource } from '#lib/domain/import/plan.ts';
import { planSteps } from '#lib/domain/import/plan-import.ts';

/** Milliseconds of planning after which the page may draw and listen. */
const sliceMs = 12;
/** Steps, each of a person, between two looks at the clock. */
const stepsAtOnce = 20;

/**
 * Plans an import beside whatever else the page does. null: aborted.
 *
 * @param comparison of the same state and roster; what an aborted plan did of it stays done
 * @param onProgress rows planned so far
 */
export async function planInSlices(
	source: PlanSource,
	comparison: Comparison,
	signal: AbortSignal,
	onProgress: (done: number) => void = () => undefined
): Promise<ImportPlan | null> {
	const steps = planSteps(source, comparison);
	for (let done = 0; !signal.aborted;) {
		const until = performance.now() + sliceMs;
		do {
			for (let count = 0; count < stepsAtOnce; count++) {
				const step = steps.next();
				if (step.done) return step.value;
				if (step.value === 'planned') done++;
			}
		} while (performance.now() < until);
		onProgress(done);
		await turn();
	}
	return null;
}

/** Lets the page draw and listen. */
export function turn(ms = 0): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

import type { ImportPlan, PlanSource } from '#lib/domain/import/plan.ts';
import { planSteps } from '#lib/domain/import/plan-import.ts';

/** Milliseconds of planning after which the page may draw and listen. */
const sliceMs = 12;
/** Rows between two looks at the clock. */
const rowsAtOnce = 20;

/**
 * Plans an import beside whatever else the page does. null: aborted.
 *
 * @param onProgress rows planned so far
 */
export async function planInSlices(
	source: PlanSource,
	signal: AbortSignal,
	onProgress: (done: number) => void = () => undefined
): Promise<ImportPlan | null> {
	const steps = planSteps(source);
	for (let done = 0; !signal.aborted;) {
		const until = performance.now() + sliceMs;
		do {
			for (let row = 0; row < rowsAtOnce; row++) {
				const step = steps.next();
				if (step.done) return step.value;
				done++;
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

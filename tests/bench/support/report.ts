/** One figure of a bench. `ratio` is `value` against `baseline`, the same work done plainly. */
export interface Figure {
	name: string;
	value: number;
	unit: string;
	baseline: number | null;
	ratio: number | null;
}

/** A figure by itself. */
export function figure(name: string, value: number, unit: string): Figure {
	return { name, value: round(value), unit, baseline: null, ratio: null };
}

/** A figure against a baseline measured in the same run, in the same unit. */
export function against(name: string, value: number, baseline: number, unit: string): Figure {
	return {
		...figure(name, value, unit),
		baseline: round(baseline),
		ratio: round(value / baseline)
	};
}

/** Prints the figures for people, and as JSON on the last line. */
export function report(figures: Figure[]): void {
	for (const { name, value, unit, baseline, ratio } of figures) {
		const beside = ratio === null ? '' : `  (plainly ${baseline} ${unit}; ratio ${ratio})`;
		console.log(`${name}: ${value} ${unit}${beside}`);
	}
	console.log(JSON.stringify(figures));
}

/** @throws Error for no values at all */
export function median(values: number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const upper = sorted[sorted.length >> 1];
	const lower = sorted[(sorted.length - 1) >> 1];
	if (upper === undefined || lower === undefined) throw new Error('A median of nothing');
	return (lower + upper) / 2;
}

function round(value: number): number {
	return Number(value.toPrecision(4));
}

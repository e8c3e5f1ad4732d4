import type { LeftOut, LeftOutReason } from './table.ts';

/** How many lines are named; the count goes on. */
const linesKept = 100;

/** Counts rows that are not imported, by reason and file. */
export class LeftOutCounter {
	readonly #byKey = new Map<string, LeftOut & { count: number; lines: number[] }>();

	add(
		reason: LeftOutReason,
		{ file, line }: { readonly file: string; readonly line: number }
	): void {
		const key = `${reason} ${file}`;
		const entry = this.#byKey.get(key) ?? { reason, file, count: 0, lines: [] };
		entry.count++;
		if (entry.lines.length < linesKept && entry.lines.at(-1) !== line) entry.lines.push(line);
		this.#byKey.set(key, entry);
	}

	all(): readonly LeftOut[] {
		return [...this.#byKey.values()];
	}
}

import { fold } from './fold.ts';

/**
 * The rows in which every word of what somebody typed is found, in any order of the words. `textOf` gives
 * the folded text that a row is found by; it is asked with every key, so it had better be made before.
 */
export function search<Row>(
	rows: readonly Row[],
	typed: string,
	textOf: (row: Row) => string
): readonly Row[] {
	const words = fold(typed)
		.split(/\s+/)
		.filter((word) => word !== '');
	if (words.length === 0) return rows;
	return rows.filter((row) => {
		const text = textOf(row);
		return words.every((word) => text.includes(word));
	});
}

/** How many rows or keys a statement takes: databases bound its parameters (SQLite 32,766). */
const mostPerStatement = 500;

/** The same in pieces of which each fits a statement. */
export function* chunksOf<T>(
	items: readonly T[],
	size = mostPerStatement
): Generator<readonly T[]> {
	for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

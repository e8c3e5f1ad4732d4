import type { Json } from './ids.ts';

/** Equality of plain JSON. Key order does not count. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
	if (one === other) return true;
	if (one === null || other === null || typeof one !== 'object' || typeof other !== 'object') {
		return false;
	}
	const oneEntries = Object.entries(one);
	const others = other as Readonly<Record<string, Json>>;
	return (
		Array.isArray(one) === Array.isArray(other) &&
		oneEntries.length === Object.keys(others).length &&
		oneEntries.every(([key, value]) => Object.hasOwn(others, key) && sameJson(value, others[key]))
	);
}

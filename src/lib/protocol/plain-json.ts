/** Deeper than anything that the app sends. */
const maxDepth = 40;

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Tells whether a value is JSON that can be copied and merged without harm: no key that reaches a
 * prototype, and no nesting that would use up the stack.
 */
export function isPlainJson(value: unknown, depth = 0): boolean {
	if (typeof value === 'number') return Number.isFinite(value);
	if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
	if (typeof value !== 'object' || depth === maxDepth) return false;
	if (Array.isArray(value)) return value.every((item) => isPlainJson(item, depth + 1));
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) return false;
	return Object.entries(value).every(
		// A key without a value is left out when it is sent.
		([key, item]) => !forbidden.has(key) && (item === undefined || isPlainJson(item, depth + 1))
	);
}

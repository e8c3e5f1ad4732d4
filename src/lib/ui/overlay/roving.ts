/**
 * Where the focus goes in a row of items when a key is pressed: the next index, or null when the key
 * is not ours. Goes around at the ends. `rtl` mirrors the horizontal arrows.
 */
export function rovingIndex(
	key: string,
	index: number,
	count: number,
	axis: 'horizontal' | 'vertical',
	rtl = false
): number | null {
	if (count === 0) return null;
	const [back, forward] =
		axis === 'vertical'
			? ['ArrowUp', 'ArrowDown']
			: rtl
				? ['ArrowRight', 'ArrowLeft']
				: ['ArrowLeft', 'ArrowRight'];
	if (key === forward) return (index + 1) % count;
	if (key === back) return (Math.max(index, 0) - 1 + count) % count;
	if (key === 'Home') return 0;
	if (key === 'End') return count - 1;
	return null;
}

/** The next label after `index` that starts with the letter typed, or null. */
export function letterIndex(
	letter: string,
	index: number,
	labels: readonly string[]
): number | null {
	const wanted = letter.toLocaleLowerCase();
	for (let step = 1; step <= labels.length; step++) {
		const at = (index + step) % labels.length;
		if (labels[at]?.toLocaleLowerCase().startsWith(wanted)) return at;
	}
	return null;
}

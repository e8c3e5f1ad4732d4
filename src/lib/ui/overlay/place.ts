export interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

/** Between a menu and the edge of the window, and between it and what it belongs to, in px. */
const margin = 8;
const gap = 4;

/**
 * Where a menu of a size goes beside an anchor: below it if that fits or there is more room than
 * above, with its edge in line with the anchor's start (or end), inside the window. CSS px.
 */
export function placeBeside(
	anchor: Box,
	size: { readonly width: number; readonly height: number },
	window: { readonly width: number; readonly height: number },
	align: 'left' | 'right'
): { readonly x: number; readonly y: number; readonly maxHeight: number } {
	const below = window.height - anchor.bottom - gap - margin;
	const above = anchor.top - gap - margin;
	const goesBelow = size.height <= below || below >= above;
	const maxHeight = Math.max(goesBelow ? below : above, 0);
	const height = Math.min(size.height, maxHeight);
	const wanted = align === 'left' ? anchor.left : anchor.right - size.width;
	const x = Math.max(margin, Math.min(wanted, window.width - size.width - margin));
	return { x, y: goesBelow ? anchor.bottom + gap : anchor.top - gap - height, maxHeight };
}

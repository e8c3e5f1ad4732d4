import type { Weight } from '../text/font-files.ts';

/** A typographic point in mm. Sizes of type are kept in mm, as all other lengths. */
export const point = 25.4 / 72;

/** No type is smaller than this on any card (issue 2, part 6). */
export const smallestType = 6 * point;

/** QR version 6 has 41 modules a side, and needs 4 white ones around. */
export const qrModules = 41;
export const quietModules = 4;
/** No module is smaller, in mm (issue 2, part 6); a hair above, so that rounding keeps it so. */
export const smallestModule = 0.331;

/** White between a label's edge and its ink, in mm. */
const safeInset = 2;
/** Office printers leave this much of the paper's edge white, in mm. */
const unprintable = 5;

/** Height of a line, and where its baseline is from the top, in parts of the type size. */
export const lineHeight = 1.2;
export const baselineAt = 0.94;

/** Room for ink above and below the baseline in a line of plain letters and digits. */
export const tightTop = 0.79;
export const tightBottom = 0.26;
export const tightHeight = tightTop + tightBottom;

export interface Size {
	readonly w: number;
	readonly h: number;
}

/** How far ink stays from a label's edge on this sheet: more where labels reach the paper's edge. */
export function insetsOf(sheet: { readonly left: number; readonly top: number }): Size {
	return {
		w: Math.max(safeInset, unprintable - sheet.left),
		h: Math.max(safeInset, unprintable - sheet.top)
	};
}

/** Advance widths of U+0020–U+007E in thousandths of an em (fonts/latin-*.ttf). */
// prettier-ignore
const asciiAdvances: Readonly<Record<Weight, readonly number[]>> = {
	regular: [260, 269, 408, 646, 572, 831, 732, 225, 300, 300, 551, 572, 268, 322, 268, 372, 572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 268, 268, 572, 572, 572, 434, 899, 639, 650, 632, 730, 556, 519, 728, 741, 339, 273, 619, 524, 907, 760, 781, 605, 781, 622, 549, 556, 731, 600, 930, 586, 566, 572, 329, 372, 329, 572, 444, 281, 561, 615, 480, 615, 564, 344, 615, 618, 258, 258, 534, 258, 935, 618, 605, 615, 615, 413, 479, 361, 618, 508, 786, 529, 510, 470, 380, 551, 380, 572],
	bold: [260, 277, 452, 646, 572, 875, 743, 250, 324, 324, 546, 572, 279, 320, 276, 399, 572, 572, 572, 572, 572, 572, 572, 572, 572, 572, 276, 279, 572, 572, 572, 461, 898, 672, 659, 638, 732, 558, 538, 726, 756, 370, 309, 647, 546, 929, 793, 787, 615, 787, 643, 550, 569, 747, 631, 953, 638, 603, 576, 330, 399, 330, 572, 423, 333, 585, 626, 502, 626, 585, 371, 626, 638, 283, 283, 588, 283, 960, 638, 617, 626, 626, 434, 493, 406, 638, 547, 830, 560, 548, 484, 389, 551, 389, 572]
};

/** Width in em, without the fonts: exact for ASCII but for kerning, a guess on the wide side else. */
export function roughWidth(text: string, weight: Weight): number {
	const advances = asciiAdvances[weight];
	return [...text].reduce((sum, c) => sum + (advances[c.charCodeAt(0) - 32] ?? 900) / 1000, 0);
}

/** Where a card's ink may be, in mm. */
export interface CardArea extends Size {
	/** White around the area, which the QR code's own white may share. */
	readonly margin: number;
}

import type { Box } from '../paper.ts';
import type { QrCode } from '../qr-code.ts';
import type { ShapedText } from '../text/engine.ts';

/** Greys are light enough to recede, and dark enough to copy. `#rrggbb`. */
export const inks = {
	black: '#000000',
	grey: '#595959',
	accent: '#1d4f91',
	line: '#9a9a9a'
} as const;
export type Ink = (typeof inks)[keyof typeof inks];

export interface TextLine {
	readonly shaped: ShapedText;
	/** Of the line's left end, in mm. */
	readonly x: number;
	readonly baseline: number;
	/** Of the type, in mm. */
	readonly size: number;
	/** 1, or less where a long word is squeezed. */
	readonly stretch: number;
}

/** Lines and the box that their ink stays in. */
export interface TextMark {
	readonly kind: 'text';
	readonly box: Box;
	readonly lines: readonly TextLine[];
	readonly ink: Ink;
	/** Said instead of the lines, where one word is broken over them. */
	readonly whole?: string;
}

/** A mark that a page shows, in mm from its area's top left corner, y downwards. */
export type Mark =
	| TextMark
	| { readonly kind: 'qr'; readonly box: Box; readonly code: QrCode }
	| { readonly kind: 'picture'; readonly box: Box; readonly name: string; readonly label: string }
	| {
			readonly kind: 'rule';
			readonly box: Box;
			readonly ink: Ink;
			readonly dashed: boolean;
			/** Mm; a rule is a line from corner to corner of its box, or the box's outline. */
			readonly weight: number;
			readonly outline?: boolean;
	  };

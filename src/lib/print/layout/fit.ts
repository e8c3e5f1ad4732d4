import type { Box } from '../paper.ts';
import type { ShapedText, TextEngine } from '../text/engine.ts';
import type { Weight } from '../text/font-files.ts';
import { graphemesOf, printable } from '../text/itemise.ts';
import { baselineAt, lineHeight, smallestType, tightBottom, tightTop } from './measures.ts';
import type { TextLine } from './marks.ts';

/** Lines in a box; `height` is what they use of it, from its top. */
export interface Fitted {
	readonly lines: readonly TextLine[];
	readonly height: number;
}

/** Sizes of type in mm. */
export interface Sizes {
	readonly most: number;
	readonly least: number;
}

const ellipsis = '…';

/** Kept free around ink that is higher than usual, in em. */
const air = 0.02;

/** How much of its size a line needs above and below the baseline. */
interface Reach {
	readonly above: number;
	readonly below: number;
}

/** A line of a name leaves room for accents, and more only where the ink is higher than a line. */
function reach({ top, bottom }: ShapedText): Reach {
	const needed = Math.max(lineHeight, top - bottom + air);
	const above = Math.max(top + air / 2, Math.min(baselineAt, needed + bottom - air / 2));
	return { above, below: needed - above };
}

/** Millimetres that such a text needs at the smallest type. */
export function leastHeight(shaped: ShapedText): number {
	const { above, below } = reach(shaped);
	return (above + below) * smallestType;
}

/** A line of a user name or password may stand in a box as low as its letters. */
function tightReach(shaped: ShapedText): Reach {
	return { above: Math.max(tightTop, shaped.top), below: Math.max(tightBottom, -shaped.bottom) };
}

function sizeFor(
	shaped: ShapedText,
	width: number,
	height: number,
	most: number,
	{ above, below } = reach(shaped)
): number {
	const wide = shaped.width > 0 ? width / shaped.width : Infinity;
	return Math.min(most, wide, height / (above + below));
}

/**
 * A person's or a group's name: as large as fits on one line, else on two where the box is high
 * enough, else shortened with an ellipsis between graphemes. Its ink never leaves the box.
 */
export function fitName(
	engine: TextEngine,
	text: string,
	weight: Weight,
	box: Box,
	{ most, least }: Sizes
): Fitted {
	const one = engine.shape(text, weight);
	const oneSize = sizeFor(one, box.w, box.h, most);
	if (oneSize >= Math.max(most * 0.8, least)) return stack([one], box, oneSize);
	const two = breakInTwo(engine, text, weight);
	const twoSize = two ? Math.min(...two.map((line) => sizeFor(line, box.w, box.h / 2, most))) : 0;
	if (two && twoSize > oneSize && twoSize >= least) return stack(two, box, twoSize);
	if (oneSize >= least) return stack([one], box, oneSize);
	return shorten(engine, text, weight, box, least);
}

/** The break after a space or hyphen that leaves the shortest longer line. */
function breakInTwo(engine: TextEngine, text: string, weight: Weight): ShapedText[] | null {
	let best: ShapedText[] | null = null;
	const widest = (lines: ShapedText[]) => Math.max(...lines.map((line) => line.width));
	for (const { index, 0: found } of printable(text).matchAll(/[\s\-–]+(?=\S)/gu)) {
		const after = index + found.length;
		if (index === 0) continue;
		const lines = [printable(text).slice(0, after), printable(text).slice(after)].map((line) =>
			engine.shape(line.trim(), weight)
		);
		if (!best || widest(lines) < widest(best)) best = lines;
	}
	return best;
}

function shorten(
	engine: TextEngine,
	text: string,
	weight: Weight,
	box: Box,
	least: number
): Fitted {
	const one = engine.shape(text, weight);
	const { above, below } = reach(one);
	const size = Math.min(least, box.h / (above + below));
	const all = graphemesOf(printable(text));
	if (box.h < 2 * size * (above + below))
		return stack([cut(engine, all, weight, box.w / size)], box, size);
	const count = longestThatFits(engine, all, weight, box.w / size, '');
	const head = all.slice(0, count).join('');
	const space = Math.max(head.lastIndexOf(' '), head.lastIndexOf('-'));
	const broken = space > 0 ? graphemesOf(head.slice(0, space + 1)).length : count;
	const first = engine.shape(all.slice(0, broken).join('').trim(), weight);
	const rest = graphemesOf(all.slice(broken).join('').trim());
	return stack([first, cut(engine, rest, weight, box.w / size)], box, size);
}

/** As many graphemes as fit with an ellipsis behind them; all of them if they fit. */
function cut(
	engine: TextEngine,
	all: readonly string[],
	weight: Weight,
	width: number
): ShapedText {
	const whole = engine.shape(all.join(''), weight);
	if (whole.width <= width) return whole;
	const count = longestThatFits(engine, all, weight, width, ellipsis);
	return engine.shape(all.slice(0, count).join('').trimEnd() + ellipsis, weight);
}

/** How many graphemes fit, by bisection: a longer text is never narrower. */
function longestThatFits(
	engine: TextEngine,
	all: readonly string[],
	weight: Weight,
	width: number,
	tail: string
): number {
	let fits = 0;
	let tooLong = all.length + 1;
	while (tooLong - fits > 1) {
		const middle = (fits + tooLong) >> 1;
		const text = all.slice(0, middle).join('').trimEnd() + tail;
		if (engine.shape(text, weight).width <= width) fits = middle;
		else tooLong = middle;
	}
	return fits;
}

/** How far a word that may not be shortened is squeezed at most. */
const mostSqueeze = 0.75;

/**
 * A user name, a password or an address: shrunk, squeezed, then broken over lines; never shortened.
 * Null when the box cannot hold it.
 */
export function fitWhole(
	engine: TextEngine,
	text: string,
	weight: Weight,
	box: Box,
	{ most, least }: Sizes
): Fitted | null {
	const one = engine.shape(text, weight);
	const tight = tightReach(one);
	const oneSize = sizeFor(one, box.w, box.h, most, tight);
	if (oneSize >= least - 1e-6) return lineInBox(one, box, oneSize, 1, tight);
	const stretch = box.w / (one.width * least);
	if (least * (tight.above + tight.below) > box.h + 1e-6) return null;
	if (stretch >= mostSqueeze) return lineInBox(one, box, least, stretch, tight);
	for (const squeeze of [1, 0.9, 0.8, mostSqueeze]) {
		const lines = breakAnywhere(engine, text, weight, box.w / least / squeeze);
		const fitted = stack(lines, box, least, squeeze, tightReach);
		if (fitted.height <= box.h + 1e-6) return fitted;
	}
	return null;
}

/** Fills line after line, breaking after a sign where one is near the end. */
function breakAnywhere(
	engine: TextEngine,
	text: string,
	weight: Weight,
	width: number
): ShapedText[] {
	const lines: ShapedText[] = [];
	let rest = graphemesOf(printable(text));
	while (rest.length > 0) {
		let count = Math.max(1, longestThatFits(engine, rest, weight, width, ''));
		if (count < rest.length) {
			const sign = rest.slice(0, count).findLastIndex((c) => /[./@_\-\s]/.test(c)) + 1;
			if (sign > count * 0.7) count = sign;
		}
		lines.push(engine.shape(rest.slice(0, count).join(''), weight));
		rest = rest.slice(count);
	}
	return lines;
}

/** On the usual baseline, or higher where the box is too low for it. */
function lineInBox(
	shaped: ShapedText,
	{ x, y, h }: Box,
	size: number,
	stretch: number,
	{ above, below }: Reach
): Fitted {
	const usual = y + Math.max(baselineAt, above) * size;
	const baseline = Math.max(y + above * size, Math.min(usual, y + h - below * size));
	return { lines: [{ shaped, x, baseline, size, stretch }], height: baseline + below * size - y };
}

function stack(
	shaped: readonly ShapedText[],
	box: Box,
	size: number,
	stretch = 1,
	reachOf = reach
): Fitted {
	let y = box.y;
	const lines = shaped.map((line) => {
		const { above, below } = reachOf(line);
		const baseline = y + above * size;
		y += (above + below) * size;
		return { shaped: line, x: box.x, baseline, size, stretch };
	});
	return { lines, height: y - box.y };
}

/** Lines of running text at one size, broken at spaces. */
export function fitParagraph(
	engine: TextEngine,
	text: string,
	weight: Weight,
	box: { readonly x: number; readonly y: number; readonly w: number },
	size: number,
	leading: number
): Fitted {
	const lines: ShapedText[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line ? `${line} ${word}` : word;
		if (line && engine.shape(longer, weight).width * size > box.w) {
			lines.push(engine.shape(line, weight));
			line = word;
		} else line = longer;
	}
	lines.push(engine.shape(line, weight));
	return {
		lines: lines.map((shaped, i) => ({
			shaped,
			x: box.x,
			baseline: box.y + i * leading + size * baselineAt,
			size,
			stretch: 1
		})),
		height: lines.length * leading
	};
}

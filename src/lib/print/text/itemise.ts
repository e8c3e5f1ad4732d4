import createBidi from 'bidi-js';
import { fontOfScript, type FontChoice, type Weight } from './font-files.ts';

/** A stretch of text in one font and one direction. */
export interface Item {
	readonly text: string;
	readonly font: FontChoice;
	readonly rightToLeft: boolean;
}

/** Tells whether a font has every one of these code points. */
export type Covers = (font: FontChoice, codePoint: number) => boolean;

/** Latin, Greek, Cyrillic and punctuation: one font, left to right, nothing to work out. */
const plain = /^[\u0020-\u02ff\u0370-\u052f\u1e00-\u1fff\u2010-\u203a\u20ac]*$/;
const mark = /^[\p{M}\u200c\u200d]/u;
/** Belongs to no script of its own, so it takes the font of what it stands beside. */
const neutral = /^[\p{P}\p{Zs}\p{Nd}\p{S}]/u;
/** Controls, and format characters other than the joiners that shaping needs. */
const unprintable = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cs}]+/gu;

const bidi = createBidi();
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** A text as it is printed: composed, on one line, without characters that have no shape. */
export function printable(text: string): string {
	if (/^[\u0020-\u007e]*$/.test(text)) return text;
	return text
		.replace(/\s+/gu, ' ')
		.replace(unprintable, (found) => (found.includes('\u200b') ? '\u200c' : ''))
		.normalize('NFC')
		.trim();
}

/** The graphemes of a text: what a person sees as one character. */
export function graphemesOf(text: string): string[] {
	return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** Splits a printable text into items, in the order in which they stand from left to right. */
export function itemise(text: string, weight: Weight, covers: Covers): Item[] {
	const latin = fontOfScript(0, weight);
	if (plain.test(text) && [...text].every((c) => covers(latin, c.codePointAt(0) ?? 0))) {
		return text ? [{ text, font: latin, rightToLeft: false }] : [];
	}
	const { levels } = bidi.getEmbeddingLevels(text, 'auto');
	const runs: { text: string; font: FontChoice; level: number }[] = [];
	let at = 0;
	for (const grapheme of graphemesOf(text)) {
		const level = levels[at] ?? 0;
		const last = runs.at(-1);
		const font = fontFor(grapheme, weight, last?.font, covers);
		if (last && last.level === level && last.font === font) last.text += grapheme;
		else runs.push({ text: grapheme, font, level });
		at += grapheme.length;
	}
	return visualOrder(runs).map(({ text, font, level }) => ({
		text,
		font,
		rightToLeft: level % 2 === 1
	}));
}

function fontFor(
	grapheme: string,
	weight: Weight,
	before: FontChoice | undefined,
	covers: Covers
): FontChoice {
	const codePoints = Array.from(grapheme, (c) => c.codePointAt(0) ?? 0);
	const hasAll = (font: FontChoice) => codePoints.every((codePoint) => covers(font, codePoint));
	if (before && before !== 'device' && (neutral.test(grapheme) || mark.test(grapheme))) {
		if (hasAll(before)) return before;
	}
	const own = fontOfScript(codePoints[0] ?? 0, weight);
	if (hasAll(own)) return own;
	const latin = fontOfScript(0, weight);
	return hasAll(latin) ? latin : 'device';
}

/** Unicode bidirectional algorithm, rule L2, over whole runs. */
function visualOrder<Run extends { readonly level: number }>(runs: readonly Run[]): Run[] {
	const ordered = [...runs];
	const highest = Math.max(0, ...ordered.map(({ level }) => level));
	for (let level = highest; level > 0; level--) {
		for (let from = 0; from < ordered.length; from++) {
			let to = from;
			while ((ordered[to]?.level ?? -1) >= level) to++;
			if (to > from) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
			from = Math.max(from, to);
		}
	}
	return ordered;
}

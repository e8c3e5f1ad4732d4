import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Reads the colours out of tokens.css, so that the test is about what is shipped. */
const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

type Rgb = readonly [number, number, number];
type Scheme = 'light' | 'dark';

function parse(hex: string): Rgb {
	return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

/** A token in a scheme: a pair in light-dark(), or a mix of two other tokens. */
function colour(name: string, scheme: Scheme): Rgb {
	const value = new RegExp(`--color-${name}:\\s*([^;]+);`).exec(css)?.[1] ?? '';
	const pair = /light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/.exec(value);
	if (pair) return parse((scheme === 'light' ? pair[1] : pair[2]) as string);
	const mix = /color-mix\(in srgb, var\(--color-([\w-]+)\) (\d+)%, var\(--color-([\w-]+)\)\)/.exec(
		value
	);
	if (!mix) throw new Error(`No colour for ${name}`);
	const [one, share, other] = [
		colour(mix[1] as string, scheme),
		Number(mix[2]) / 100,
		colour(mix[3] as string, scheme)
	];
	return one.map((part, at) => part * share + (other[at] ?? 0) * (1 - share)) as unknown as Rgb;
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(rgb: Rgb): number {
	const [r, g, b] = rgb.map((part) => {
		const share = part / 255;
		return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
	}) as unknown as Rgb;
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: Rgb, other: Rgb): number {
	const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [
		number,
		number
	];
	return (light + 0.05) / (dark + 0.05);
}

const grounds = ['canvas', 'surface', 'sunken', 'accent-soft'];
/** Text on a ground: 4.5 to 1 (1.4.3). */
const texts: readonly (readonly [string, string])[] = [
	...[
		'ink',
		'ink-soft',
		'ink-faint',
		'accent',
		'accent-strong',
		'danger',
		'warn',
		'success'
	].flatMap((text) => grounds.map((ground) => [text, ground] as const)),
	['on-accent', 'accent'],
	['on-accent', 'accent-strong'],
	['on-danger', 'danger'],
	['on-danger', 'danger-strong'],
	['danger', 'danger-soft'],
	['warn', 'warn-soft'],
	['success', 'success-soft'],
	['ink', 'danger-soft'],
	['ink', 'warn-soft'],
	['ink', 'success-soft']
];
/** Edges of controls and the focus ring: 3 to 1 (1.4.11). */
const edges: readonly (readonly [string, string])[] = [
	...grounds.slice(0, 3).map((ground) => ['edge', ground] as const),
	...grounds.map((ground) => ['accent', ground] as const)
];

describe.each(['light', 'dark'] as const)('the %s colours', (scheme) => {
	it.each(texts)('let %s be read on %s', (text, ground) => {
		expect(contrast(colour(text, scheme), colour(ground, scheme))).toBeGreaterThanOrEqual(4.5);
	});
	it.each(edges)('let %s be seen on %s', (edge, ground) => {
		expect(contrast(colour(edge, scheme), colour(ground, scheme))).toBeGreaterThanOrEqual(3);
	});
});

describe('contrast', () => {
	it('is 21 between black and white', () => {
		expect(contrast(parse('#000000'), parse('#ffffff'))).toBeCloseTo(21, 5);
	});
	it('agrees with the known ratio of #767676 on white', () => {
		expect(contrast(parse('#767676'), parse('#ffffff'))).toBeCloseTo(4.54, 2);
	});
});

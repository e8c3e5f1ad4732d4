import { encodeQR } from 'qr';
import { Random } from '#lib/demo/random.ts';
import type { Sheet } from './photograph.ts';

const perMm = 12;
/** As cards are printed at the least (print/layout/measures.ts). */
const moduleMm = 1 / 3;
const quietModules = 4;

/** A QR code by itself on white paper, as large as on a card. */
export interface CodeSheet extends Sheet {
	/** Of the code, in mm. */
	readonly middle: { readonly x: number; readonly y: number };
}

/** Codes beside each other on one sheet, with their own white around each. */
export function codeSheet(...texts: readonly string[]): CodeSheet {
	const codes = texts.map((text) => encodeQR(text, 'raw', { ecc: 'medium', border: quietModules }));
	const modules = Math.max(...codes.map((code) => code.length));
	const module = Math.round(moduleMm * perMm);
	const side = modules * module;
	const width = side * codes.length;
	const grey = new Uint8ClampedArray(width * side).fill(255);
	for (const [index, code] of codes.entries()) {
		for (let at = 0; at < side * side; at++) {
			const [x, y] = [at % side, Math.floor(at / side)];
			const dark = code[Math.floor(y / module)]?.[Math.floor(x / module)];
			if (dark) grey[y * width + index * side + x] = 20;
		}
	}
	const half = side / perMm / 2;
	return { grey, width, height: side, perMm, middle: { x: half, y: half } };
}

/** A text like a card's: as long, and of the same characters. */
export function cardLikeText(seed: number): string {
	const random = new Random(seed);
	const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
	return `SK1:${Array.from({ length: 149 }, () => random.pick([...characters])).join('')}`;
}

import type { Language } from '#lib/domain/kernel/languages.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Box } from '../paper.ts';
import type { TextEngine } from '../text/engine.ts';
import type { Weight } from '../text/font-files.ts';
import { longDate } from '../text/long-date.ts';
import { fitName, fitParagraph } from './fit.ts';
import { inks, type Ink, type Mark } from './marks.ts';
import { point } from './measures.ts';

/** The parts of every letter: its margins in mm, its head, and running text from the top down. */

export const left = 25;
export const width = 160;
export const bodySize = 10.5 * point;
export const leading = 5.25;

/** Where the window of an envelope is. */
export const address = { x: left, y: 42, w: 100 } as const;

export interface LetterHead {
	readonly schoolName: string;
	readonly date: IsoDate;
	readonly locale: Language;
}

export function letterhead(engine: TextEngine, head: LetterHead): Mark[] {
	const date = engine.shape(longDate(head.date, head.locale), 'regular');
	const size = 10 * point;
	const dateWidth = date.width * size;
	const baseline = 26;
	const school = { x: left, y: 19, w: width - dateWidth - 10, h: 8 };
	const fitted = fitName(engine, head.schoolName, 'bold', school, {
		most: 13 * point,
		least: 8 * point
	});
	return [
		{
			kind: 'text',
			box: school,
			lines: fitted.lines.map((line) => (fitted.lines.length === 1 ? { ...line, baseline } : line)),
			ink: inks.accent
		},
		{
			kind: 'text',
			box: { x: left + width - dateWidth, y: baseline - 4, w: dateWidth, h: 5 },
			lines: [{ shaped: date, x: left + width - dateWidth, baseline, size, stretch: 1 }],
			ink: inks.grey
		},
		{
			kind: 'rule',
			box: { x: left, y: 30, w: width, h: 0 },
			ink: inks.accent,
			dashed: false,
			weight: 0.35
		}
	];
}

/** A line of text that shrinks to its box. */
export function mark(
	engine: TextEngine,
	text: string,
	weight: Weight,
	box: Box,
	size: number,
	ink: Ink
): Mark {
	const { lines } = fitName(engine, text, weight, box, { most: size, least: 6 * point });
	return { kind: 'text', box, lines, ink };
}

/** Running text from the top down. */
export class Column {
	readonly marks: Mark[] = [];
	readonly #engine: TextEngine;
	#y: number;

	constructor(engine: TextEngine, y: number) {
		this.#engine = engine;
		this.#y = y;
	}

	space(h: number): void {
		this.#y += h;
	}

	line(text: string, weight: Weight, size: number, height: number): void {
		const box = { x: left, y: this.#y, w: width, h: height };
		this.marks.push(mark(this.#engine, text, weight, box, size, inks.black));
		this.#y += height;
	}

	/** How far down the page it has come, in mm. */
	get y(): number {
		return this.#y;
	}

	name(text: string): void {
		this.line(text, 'bold', bodySize, leading);
	}

	paragraph(text: string, indent = 0): void {
		const box = { x: left + indent, y: this.#y, w: width - indent };
		const { lines, height } = fitParagraph(this.#engine, text, 'regular', box, bodySize, leading);
		this.marks.push({ kind: 'text', box: { ...box, h: height }, lines, ink: inks.black });
		this.#y += height;
	}

	step(count: number, text: string): void {
		const box = { x: left, y: this.#y, w: 6, h: leading };
		this.marks.push(mark(this.#engine, `${count}.`, 'bold', box, bodySize, inks.accent));
		this.paragraph(text, 6);
		this.space(1);
	}
}

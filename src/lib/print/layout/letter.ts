import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { IssuedKind } from '#lib/domain/leer-id/mutators.ts';
import type { PrintJob } from '../job.ts';
import { longDate, letterWords } from '../words.ts';
import type { TextEngine } from '../text/engine.ts';
import type { Weight } from '../text/font-files.ts';
import { fitName, fitParagraph } from './fit.ts';
import { inks, type Ink, type Mark } from './marks.ts';
import { point, type CardArea } from './measures.ts';

const left = 25;
const width = 160;

/** The card to cut out: the dashed line, and in it the area for the card's ink. */
const letterCard = { x: left, y: 220, w: width, h: 57 } as const;
const cardPadding = 5;
export const letterCardArea: CardArea = {
	w: letterCard.w - 2 * cardPadding,
	h: letterCard.h - 2 * cardPadding,
	margin: cardPadding
};
export const letterCardOrigin = { x: letterCard.x + cardPadding, y: letterCard.y + cardPadding };

const address = { x: left, y: 42, w: 100 } as const;
const bodySize = 10.5 * point;
const leading = 5.25;

/** What all letters with this kind of password share. */
export function letterForm(engine: TextEngine, job: PrintJob, kind: IssuedKind): Mark[] {
	const words = letterWords(job.locale);
	const page = new Column(engine, 84);
	const marks: Mark[] = [...letterhead(engine, job)];
	page.line(words.title, 'bold', 20 * point, 12);
	page.paragraph(words.greeting);
	page.space(2);
	page.paragraph(words.what);
	page.space(5);
	page.line(words.how, 'bold', 12 * point, 7);
	words.steps[kind].forEach((step, i) => page.step(i + 1, step));
	page.space(3);
	page.paragraph(words.keep);
	page.space(2);
	page.paragraph(words.lost);
	page.space(5);
	page.paragraph(words.regards);
	page.name(job.schoolName);
	marks.push(...page.marks);
	const cut = { x: letterCard.x, y: letterCard.y - 5, w: width, h: 4 };
	marks.push(mark(engine, words.cut, 'regular', cut, 7 * point, inks.grey));
	marks.push({
		kind: 'rule',
		box: letterCard,
		ink: inks.line,
		dashed: true,
		weight: 0.25,
		outline: true
	});
	return marks;
}

function letterhead(engine: TextEngine, job: PrintJob): Mark[] {
	const date = engine.shape(longDate(job.date, job.locale), 'regular');
	const size = 10 * point;
	const dateWidth = date.width * size;
	const baseline = 26;
	const school = { x: left, y: 19, w: width - dateWidth - 10, h: 8 };
	const fitted = fitName(engine, job.schoolName, 'bold', school, {
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

/** To whom: the only thing beside the card that differs from letter to letter. */
export function letterAddress(engine: TextEngine, job: PrintJob, card: CardContent): Mark[] {
	const { guardians } = letterWords(job.locale);
	const sizes = { most: 11 * point, least: 8 * point };
	const nameBox = { ...address, h: 12 };
	const name = fitName(engine, card.pupilName, 'bold', nameBox, sizes);
	const rest = { x: address.x, y: address.y + name.height + 0.4, w: address.w, h: leading };
	const group = { ...rest, y: rest.y + leading };
	return [
		{ kind: 'text', box: { ...nameBox, h: name.height }, lines: name.lines, ink: inks.black },
		mark(engine, guardians, 'regular', rest, bodySize, inks.black),
		mark(engine, card.groupName, 'regular', group, bodySize, inks.black)
	];
}

function mark(
	engine: TextEngine,
	text: string,
	weight: Weight,
	box: { x: number; y: number; w: number; h: number },
	size: number,
	ink: Ink
): Mark {
	const { lines } = fitName(engine, text, weight, box, { most: size, least: 6 * point });
	return { kind: 'text', box, lines, ink };
}

/** Running text from the top down. */
class Column {
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

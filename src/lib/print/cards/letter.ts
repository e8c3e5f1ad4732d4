import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { IssuedKind } from '#lib/domain/credentials/kinds.ts';
import type { CardsJob } from '../papers/cards.ts';
import { letterWords } from './paper-words.ts';
import type { TextEngine } from '../text/engine.ts';
import { fitName } from '../layout/fit.ts';
import {
	address,
	bodySize,
	Column,
	leading,
	left,
	letterhead,
	mark,
	width
} from '../layout/letter-page.ts';
import { inks, type Mark } from '../layout/marks.ts';
import { point, type CardArea } from '../layout/measures.ts';

/** The card to cut out: the dashed line, and in it the area for the card's ink. */
const letterCard = { x: left, y: 220, w: width, h: 57 } as const;
const cardPadding = 5;
export const letterCardArea: CardArea = {
	w: letterCard.w - 2 * cardPadding,
	h: letterCard.h - 2 * cardPadding,
	margin: cardPadding
};
export const letterCardOrigin = { x: letterCard.x + cardPadding, y: letterCard.y + cardPadding };

/** Returns the marks that all letters with this kind of password share. */
export function letterForm(engine: TextEngine, job: CardsJob, kind: IssuedKind): Mark[] {
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

/** To whom: the only thing beside the card that differs from letter to letter. */
export function letterAddress(engine: TextEngine, job: CardsJob, card: CardContent): Mark[] {
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

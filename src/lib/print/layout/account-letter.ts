import type { AccountLetter, AccountLetterJob } from '../paper.ts';
import { accountLetterWords } from '../words.ts';
import type { TextEngine } from '../text/engine.ts';
import { fitName, fitWhole } from './fit.ts';
import {
	address,
	bodySize,
	Column,
	leading,
	left,
	letterhead,
	mark,
	width
} from './letter-page.ts';
import { inks, type Mark } from './marks.ts';
import { point } from './measures.ts';

/** What to type, in a frame: the only part of the text that differs from letter to letter. */
const frame = { x: left, y: 122, w: width, h: 35 } as const;
const framePadding = 5;
const labelWidth = 38;
const rowHeight = 8.5;

/** The window of an envelope shows no more. */
const mostAddressLines = 4;

/** What all letters to such readers share. */
export function accountLetterForm(
	engine: TextEngine,
	job: AccountLetterJob,
	reader: AccountLetter['reader']
): Mark[] {
	const words = accountLetterWords(job);
	const above = new Column(engine, 84);
	above.line(words.title, 'bold', 20 * point, 12);
	above.paragraph(words.greeting[reader]);
	above.space(2);
	above.paragraph(words.what[reader]);
	const below = new Column(engine, frame.y + frame.h + 8);
	below.line(words.how, 'bold', 12 * point, 7);
	words.steps.forEach((step, i) => below.step(i + 1, step));
	below.space(3);
	below.paragraph(words.keep);
	below.space(2);
	below.paragraph(words.lost);
	below.space(5);
	below.paragraph(words.regards);
	below.name(job.schoolName);
	return [
		...letterhead(engine, job),
		...above.marks,
		{ kind: 'rule', box: frame, ink: inks.line, dashed: false, weight: 0.35, outline: true },
		...below.marks
	];
}

/** To whom, and what they type. null: a user name or password does not fit. */
export function accountLetterMarks(
	engine: TextEngine,
	job: AccountLetterJob,
	letter: AccountLetter
): Mark[] | null {
	const words = accountLetterWords(job);
	const rows = [
		frameRow(engine, 0, words.school, job.schoolName),
		frameRow(engine, 1, words.userName, letter.userName),
		frameRow(engine, 2, words.password, letter.password)
	];
	if (rows.includes(null)) return null;
	return [...addressMarks(engine, job, letter), ...rows.flatMap((row) => row ?? [])];
}

function addressMarks(engine: TextEngine, job: AccountLetterJob, letter: AccountLetter): Mark[] {
	const box = { ...address, h: 12 };
	const sizes = { most: 11 * point, least: 8 * point };
	const name = fitName(engine, letter.name, 'bold', box, sizes);
	const nameMark: Mark = {
		kind: 'text',
		box: { ...box, h: name.height },
		lines: name.lines,
		ink: inks.black
	};
	const top = address.y + name.height + 0.4;
	const lines = letter.addressLines.slice(0, mostAddressLines).map((text, at) => {
		const line = { x: address.x, y: top + at * leading, w: address.w, h: leading };
		return mark(engine, text, 'regular', line, bodySize, inks.black);
	});
	if (letter.children.length === 0) return [nameMark, ...lines];
	const list = new Intl.ListFormat(job.locale).format(letter.children);
	const children = { x: left, y: 75, w: width, h: leading };
	const { guardianOf } = accountLetterWords(job);
	const of = guardianOf(list);
	return [nameMark, ...lines, mark(engine, of, 'regular', children, bodySize, inks.grey)];
}

function frameRow(engine: TextEngine, at: number, label: string, text: string): Mark[] | null {
	const y = frame.y + framePadding + at * rowHeight;
	const x = frame.x + framePadding;
	const valueBox = {
		x: x + labelWidth,
		y,
		w: frame.w - 2 * framePadding - labelWidth,
		h: rowHeight - 1
	};
	const value = fitWhole(engine, text, 'bold', valueBox, { most: 14 * point, least: 8 * point });
	if (!value) return null;
	const baseline = value.lines[0]?.baseline ?? y;
	const labelBox = { x, y: baseline - 4, w: labelWidth - 2, h: leading };
	return [
		mark(engine, label, 'regular', labelBox, bodySize, inks.grey),
		{ kind: 'text', box: valueBox, lines: value.lines, ink: inks.black, whole: text }
	];
}

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { CardMarks } from './card-marks.ts';
import type { Box } from '../paper.ts';
import type { CardsJob } from '../papers/cards.ts';
import { labelSheet, labelSheets, type LabelSheet } from './label-sheets.ts';
import { demandOf, labelArea, sheetFits } from './sheet-fit.ts';
import { nodeAssets } from '../testing/node-assets.ts';
import { sampleCard, sampleJob, sampleNames } from '../testing/sample-job.ts';
import { TextEngine } from '../text/engine.ts';
import { letterCardArea } from './letter.ts';
import type { Mark } from '../layout/marks.ts';
import { quietModules, smallestType } from '../layout/measures.ts';

const kinds = ['word', 'image', 'temporary'] as const;
const rounding = 1e-6;

let engine: TextEngine;

beforeAll(async () => {
	engine = await TextEngine.start(nodeAssets);
	await engine.prepare(sampleNames);
});

function jobWith(card: CardContent): CardsJob {
	return { ...sampleJob(0, [], []), cards: [card] };
}

/** The ink of a mark: lines as wide and high as their glyphs, a QR code with its white. */
function inkOf(mark: Mark): Box[] {
	if (mark.kind === 'text') {
		return mark.lines.map(({ shaped, x, baseline, size, stretch }) => ({
			x,
			y: baseline - shaped.top * size,
			w: shaped.width * size * stretch,
			h: (shaped.top - shaped.bottom) * size
		}));
	}
	return [mark.box];
}

function overlap(a: Box, b: Box): boolean {
	const apart = (from: number, length: number, otherFrom: number, otherLength: number) =>
		from + length <= otherFrom + rounding || otherFrom + otherLength <= from + rounding;
	return !apart(a.x, a.w, b.x, b.w) && !apart(a.y, a.h, b.y, b.h);
}

function grown({ x, y, w, h }: Box, by: number): Box {
	return { x: x - by, y: y - by, w: w + 2 * by, h: h + 2 * by };
}

function checkCard(marks: readonly Mark[], card: CardContent, area: { w: number; h: number }) {
	const ink = marks.flatMap((mark) => inkOf(mark).map((box) => ({ mark, box })));
	for (const { box } of ink) {
		expect(box.x).toBeGreaterThanOrEqual(-rounding);
		expect(box.y).toBeGreaterThanOrEqual(-rounding);
		expect(box.x + box.w).toBeLessThanOrEqual(area.w + rounding);
		expect(box.y + box.h).toBeLessThanOrEqual(area.h + rounding);
	}
	ink.forEach((a, i) => {
		for (const b of ink.slice(i + 1)) {
			const white = (mark: Mark) =>
				mark.kind === 'qr' ? (mark.box.w / mark.code.modules) * quietModules : 0;
			expect(overlap(grown(a.box, white(a.mark)), grown(b.box, white(b.mark)))).toBe(false);
		}
	});
	for (const mark of marks) {
		if (mark.kind === 'qr') expect(mark.box.w / mark.code.modules).toBeGreaterThanOrEqual(0.33);
		if (mark.kind !== 'text') continue;
		for (const { size } of mark.lines) expect(size).toBeGreaterThanOrEqual(smallestType - rounding);
	}
	const texts = textsOf(marks);
	expect(texts).toContain(card.userName);
	if (card.secret.kind === 'image') {
		const pictures = marks.flatMap((mark) => (mark.kind === 'picture' ? [mark.name] : []));
		expect(pictures).toEqual(card.secret.pictures);
	} else expect(texts).toContain(card.secret.text);
}

/**
 * Returns the texts that a reader of the paper reads, words that were broken over lines in one
 * piece.
 */
function textsOf(marks: readonly Mark[]): string[] {
	return marks.flatMap((mark) =>
		mark.kind === 'text'
			? [mark.whole ?? mark.lines.map(({ shaped }) => shaped.text).join(' ')]
			: []
	);
}

/** Marks stacked at random are higher than any name. */
const letters = Array.from(sampleNames.join('')).filter((c) => !/\p{M}/u.test(c));

const names = fc.oneof(
	fc.constantFrom(...sampleNames),
	fc
		.array(fc.constantFrom(...sampleNames.flatMap((name) => name.split(' '))), {
			minLength: 1,
			maxLength: 12
		})
		.map((parts) => parts.join(' ')),
	fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 60 })
);

const userNames = fc.string({
	unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz.0123456789'),
	minLength: 3,
	maxLength: 64
});

const sheets: fc.Arbitrary<LabelSheet> = fc.constantFrom(...labelSheets);

describe('a card', { timeout: 30_000 }, () => {
	it('keeps its ink on the label, apart, large enough, with user name and password whole', () => {
		let printed = 0;
		fc.assert(
			fc.property(
				names,
				names,
				userNames,
				fc.constantFrom(...kinds),
				sheets,
				(pupilName, groupName, userName, kind, sheet) => {
					const card = {
						...sampleCard(3, kind),
						pupilName,
						groupName,
						userName,
						loginAddress: `https://mijn.leerid.be/${userName}`
					};
					if (!sheetFits(sheet, demandOf([card]), 'nl')) return;
					printed++;
					const area = labelArea(sheet);
					const marks = new CardMarks(jobWith(card), engine).onLabel(area, sheet.id)(0);
					checkCard(marks, card, area);
				}
			),
			{ numRuns: 400 }
		);
		expect(printed).toBeGreaterThan(200);
	});

	it('keeps to the same rules in a letter', () => {
		fc.assert(
			fc.property(names, userNames, fc.constantFrom(...kinds), (pupilName, userName, kind) => {
				const card = { ...sampleCard(5, kind), pupilName, userName };
				const marks = new CardMarks(jobWith(card), engine).onLetter(letterCardArea)(0);
				checkCard(marks, card, letterCardArea);
			}),
			{ numRuns: 150 }
		);
	});

	it('shows the login address in full, or without `https://` where only that has room', () => {
		const addressOn = (userName: string, sheetId?: string) => {
			const loginAddress = `https://mijn.leerid.be/${userName}`;
			const card = { ...sampleCard(0, 'word'), userName, loginAddress };
			const cards = new CardMarks(jobWith(card), engine);
			const area = sheetId ? labelArea(labelSheet(sheetId) as LabelSheet) : letterCardArea;
			const marks = sheetId ? cards.onLabel(area, sheetId)(0) : cards.onLetter(area)(0);
			return textsOf(marks).find((text) => text.includes('mijn.leerid.be'));
		};
		const long = 'hanne.vanderstraeten.vanoldenborgh';
		expect(addressOn(long)).toBe(`https://mijn.leerid.be/${long}`);
		expect(addressOn(long, 'L7163')).toBe(`https://mijn.leerid.be/${long}`);
		expect(addressOn(long, 'L7160')).toBe(`mijn.leerid.be/${long}`);
		expect(addressOn('suheda.carabin', 'L7160')).toBe('https://mijn.leerid.be/suheda.carabin');
	});

	it('shortens a name between graphemes, with an ellipsis', () => {
		const [sheet] = labelSheets.filter(({ id }) => id === 'L7651');
		const pupilName = 'கிருஷ்ணமூர்த்தி'.repeat(6);
		const card = { ...sampleCard(0, 'word'), pupilName };
		const marks = new CardMarks(jobWith(card), engine).onLabel(
			labelArea(sheet as LabelSheet),
			'L7651'
		)(0);
		const first = marks[0];
		const line = first?.kind === 'text' ? (first.lines.at(-1)?.shaped.text ?? '') : '';
		expect(line.endsWith('…')).toBe(true);
		const kept = line.slice(0, -1);
		const graphemes = Array.from(
			new Intl.Segmenter('ta').segment(pupilName),
			({ segment }) => segment
		);
		const cuts = graphemes.map((_, i) => graphemes.slice(0, i + 1).join(''));
		expect(cuts.some((cut) => cut.endsWith(kept))).toBe(true);
	});
});

import { CannotPrint, CardMarks } from './cards/card-marks.ts';
import type {
	Box,
	OverviewJob,
	PreviewItem,
	PreviewPage,
	PreviewTarget,
	PrintJob
} from './paper.ts';
import { labelSheet, type LabelSheet } from './cards/label-sheets.ts';
import { letterAddress, letterCardArea, letterCardOrigin, letterForm } from './cards/letter.ts';
import type { Mark, TextLine, TextMark } from './layout/marks.ts';
import { overviewMarks, overviewPageCount } from './papers/class-overview.ts';
import {
	areaOrigin,
	cardsOnPage,
	firstLabel,
	labelPlace,
	stickerPageCount
} from './cards/stickers.ts';
import { paperSize } from './pdf/paper.ts';
import { qrPath } from './qr-code.ts';
import { labelArea } from './cards/sheet-fit.ts';
import type { GlyphRun, TextEngine } from './text/engine.ts';
import { glyphOutline } from './text/outline.ts';

/**
 * One page (from 0) of a paper, as it will be printed: the same marks that the PDF is written from.
 * The texts of the job must have been prepared. Throws `CannotPrint`.
 */
export function previewPage(
	engine: TextEngine,
	job: PrintJob,
	target: PreviewTarget,
	page: number
): PreviewPage {
	const cards = new CardMarks(job, engine);
	if (target.kind === 'letters') {
		const items = letterItems(engine, job, cards, page);
		return { width: paperSize.w, height: paperSize.h, pageCount: job.cards.length, items };
	}
	const sheet = labelSheet(target.id);
	if (!sheet) throw new CannotPrint({ code: 'failed', detail: `no sheet ${target.id}` });
	const marksOf = cards.onLabel(labelArea(sheet), sheet.id);
	const indexes = cardsOnPage(sheet, target.start, job.cards.length, page);
	const items = indexes.flatMap((index) => {
		const origin = areaOrigin(sheet, labelPlace(sheet, target.start, index), job);
		return draw(engine, marksOf(index), origin);
	});
	return {
		width: paperSize.w,
		height: paperSize.h,
		pageCount: stickerPageCount(sheet, target.start, job.cards.length),
		items: [...labels(sheet, page === 0 ? firstLabel(sheet, target.start) : 1), ...items]
	};
}

/** One page (from 0) of a class overview. The texts of the job must have been prepared. */
export function previewOverview(engine: TextEngine, job: OverviewJob, page: number): PreviewPage {
	return {
		width: paperSize.w,
		height: paperSize.h,
		pageCount: overviewPageCount(job),
		items: draw(engine, overviewMarks(engine, job, page), job.offset)
	};
}

function letterItems(
	engine: TextEngine,
	job: PrintJob,
	cards: CardMarks,
	page: number
): PreviewItem[] {
	const card = job.cards[page];
	if (!card) return [];
	const { x, y } = job.offset;
	const atCard = { x: letterCardOrigin.x + x, y: letterCardOrigin.y + y };
	return [
		...draw(engine, letterForm(engine, job, card.secret.kind), { x, y }),
		...draw(engine, letterAddress(engine, job, card), { x, y }),
		...draw(engine, cards.onLetter(letterCardArea)(page), atCard)
	];
}

/** Labels stay where the sheet has them; an offset moves the ink. */
function labels(sheet: LabelSheet, first: number): PreviewItem[] {
	return Array.from({ length: sheet.cols * sheet.rows }, (_, i) => {
		const { x, y } = labelPlace(sheet, 1, i);
		return { kind: 'label', taken: i + 1 < first, x, y, w: sheet.w, h: sheet.h };
	});
}

interface Place {
	readonly x: number;
	readonly y: number;
}

function draw(engine: TextEngine, marks: readonly Mark[], at: Place): PreviewItem[] {
	return marks.flatMap((mark): PreviewItem[] => {
		const box = { ...mark.box, x: mark.box.x + at.x, y: mark.box.y + at.y };
		if (mark.kind === 'text') return textItems(engine, mark, box, at);
		if (mark.kind === 'picture') return [{ kind: 'picture', name: mark.name, ...box }];
		if (mark.kind === 'qr')
			return [{ kind: 'qr', d: qrPath(mark.code), modules: mark.code.modules, ...box }];
		return [{ kind: 'rule', ink: mark.ink, dashed: mark.dashed, ...box }];
	});
}

function textItems(engine: TextEngine, mark: TextMark, box: Box, at: Place): PreviewItem[] {
	let d = '';
	const deviceTexts: PreviewItem[] = [];
	for (const line of mark.lines) {
		let x = line.x + at.x;
		for (const run of line.shaped.runs) {
			const w = (run.width / 1000) * line.size * line.stretch;
			if (run.kind === 'glyphs') d += runPath(engine, run, line, x, line.baseline + at.y);
			else {
				const y = line.baseline + at.y - line.size * 0.8;
				deviceTexts.push({
					kind: 'deviceText',
					text: run.text,
					ink: mark.ink,
					x,
					y,
					w,
					h: line.size
				});
			}
			x += w;
		}
	}
	const text = mark.whole ?? mark.lines.map(({ shaped }) => shaped.text).join(' ');
	return [{ kind: 'text', text, d, ink: mark.ink, ...box }, ...deviceTexts];
}

function runPath(
	engine: TextEngine,
	run: GlyphRun,
	{ size, stretch }: TextLine,
	x: number,
	baseline: number
): string {
	const font = engine.font(run.font);
	const unit = size / font.unitsPerEm;
	let pen = 0;
	return run.gids
		.map((gid, i) => {
			const left = x + ((pen + (run.dx[i] ?? 0)) / 1000) * size * stretch;
			const up = baseline - ((run.dy[i] ?? 0) / 1000) * size;
			pen += run.advances[i] ?? 0;
			return glyphOutline(
				font,
				gid,
				(gx, gy) => `${thousandths(left + gx * unit * stretch)} ${thousandths(up - gy * unit)}`
			);
		})
		.join('');
}

function thousandths(value: number): string {
	return String(Math.round(value * 1000) / 1000);
}

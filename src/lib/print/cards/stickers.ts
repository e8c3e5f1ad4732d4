import type { CardsJob, SheetChoice } from '../papers/cards.ts';
import type { LabelSheet } from './label-sheets.ts';
import type { Mark } from '../layout/marks.ts';
import { insetsOf } from '../layout/measures.ts';
import { paperSize, type PdfPaper } from '../pdf/paper.ts';

/** A label's place on the paper. */
export interface LabelPlace {
	readonly page: number;
	/** Of the label's top left corner, in mm from the page's, without the calibration offset. */
	readonly x: number;
	readonly y: number;
}

/** Where the card with this index goes; labels before `start` are left, on the first page only. */
export function labelPlace(sheet: LabelSheet, start: number, index: number): LabelPlace {
	const perPage = sheet.cols * sheet.rows;
	const label = firstLabel(sheet, start) - 1 + index;
	const onPage = label % perPage;
	return {
		page: Math.floor(label / perPage),
		x: sheet.left + (onPage % sheet.cols) * sheet.pitchX,
		y: sheet.top + Math.floor(onPage / sheet.cols) * sheet.pitchY
	};
}

export function stickerPageCount(sheet: LabelSheet, start: number, cards: number): number {
	return cards === 0 ? 0 : labelPlace(sheet, start, cards - 1).page + 1;
}

/** The cards on a page, as indexes in the job. */
export function cardsOnPage(
	sheet: LabelSheet,
	start: number,
	cards: number,
	page: number
): readonly number[] {
	const perPage = sheet.cols * sheet.rows;
	const taken = firstLabel(sheet, start) - 1;
	const from = Math.max(0, page * perPage - taken);
	const to = Math.min(cards, (page + 1) * perPage - taken);
	return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/** A start beyond the sheet is its last label. */
export function firstLabel({ cols, rows }: LabelSheet, start: number): number {
	return Math.min(Math.max(1, Math.trunc(start) || 1), cols * rows);
}

/** Where a label's card area begins, in mm from the page's top left corner. */
export function areaOrigin(sheet: LabelSheet, place: LabelPlace, { offset }: CardsJob) {
	const inset = insetsOf(sheet);
	return { x: place.x + inset.w + offset.x, y: place.y + inset.h + offset.y };
}

/** Writes the pages of a sheet; `marksOf` lays one card out, and is asked in order. */
export async function writeStickers(
	paper: PdfPaper,
	job: CardsJob,
	sheet: LabelSheet,
	{ start }: SheetChoice,
	marksOf: (index: number) => readonly Mark[],
	afterPage: (cardsDone: number) => Promise<void>
): Promise<void> {
	const pages = stickerPageCount(sheet, start, job.cards.length);
	for (let page = 0; page < pages; page++) {
		const content = paper.content();
		const indexes = cardsOnPage(sheet, start, job.cards.length, page);
		for (const index of indexes) {
			const { x, y } = areaOrigin(sheet, labelPlace(sheet, start, index), job);
			content.area(x, paperSize.h - y, marksOf(index));
		}
		paper.addPage(content);
		await afterPage(indexes.length);
	}
}

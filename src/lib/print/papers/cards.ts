import type { Language } from '#lib/domain/kernel/languages.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { CardMarks } from '../cards/card-marks.ts';
import { labelSheet, type LabelSheet } from '../cards/label-sheets.ts';
import { letterAddress, letterCardArea, letterCardOrigin, letterForm } from '../cards/letter.ts';
import { writeLetters } from '../cards/letters.ts';
import { labelArea } from '../cards/sheet-fit.ts';
import { makeSpreadsheet } from '../cards/spreadsheet.ts';
import {
	areaOrigin,
	cardsOnPage,
	firstLabel,
	labelPlace,
	stickerPageCount,
	writeStickers
} from '../cards/stickers.ts';
import { paperTitles } from '../cards/paper-words.ts';
import { lettersName, spreadsheetName, stickersName, zipName } from '../file-name.ts';
import {
	CannotPrint,
	type Offset,
	type PreviewItem,
	type PreviewPage,
	type PrintedFile,
	type Report,
	type SeenPaper
} from '../paper.ts';
import { FontRegistry } from '../pdf/font-registry.ts';
import { PdfPaper, paperSize } from '../pdf/paper.ts';
import { drawMarks } from '../preview.ts';
import type { TextEngine } from '../text/engine.ts';
import { makeZip, type ZipEntry } from '../zip.ts';

/** A label sheet to print on. */
export interface SheetChoice {
	/** Of a sheet in label-sheets.ts. */
	readonly id: string;
	/** The first free label of the first page, counted from 1, row by row. */
	readonly start: number;
}

/** Everything that a zip is made from (product.md 36). Plain data: it crosses to the worker. */
export interface CardsJob {
	readonly schoolName: string;
	readonly locale: Language;
	/** The name of the selection; names the zip. */
	readonly title: string;
	readonly date: IsoDate;
	readonly cards: readonly CardContent[];
	/** `brieven-a4.pdf`, a letter per pupil. */
	readonly letters: boolean;
	/** A `stickers-….pdf` each. */
	readonly sheets: readonly SheetChoice[];
	/** `aanmeldgegevens.xlsx`: in bulk. */
	readonly spreadsheet: boolean;
	readonly offset: Offset;
}

/** Which of its papers to look at before they are printed. */
export type PreviewTarget =
	{ readonly kind: 'letters' } | ({ readonly kind: 'sheet' } & SheetChoice);

/** Counted from 0. */
export type CardsPage = PreviewTarget & { readonly page: number };

/** The cards of a print run: a zip of letters, stickers and the Excel file (product.md 36). */
export const cards: SeenPaper<CardsJob, CardsPage> = { make, preview };

/** A PDF that is written but for its fonts, which need every glyph of all papers. */
interface WrittenPaper {
	readonly paper: PdfPaper;
	readonly name: string;
	readonly title: string;
}

async function make(engine: TextEngine, job: CardsJob, report: Report): Promise<PrintedFile> {
	const papers = job.sheets.length + (job.letters ? 1 : 0) + (job.spreadsheet ? 1 : 0);
	const total = papers * job.cards.length;
	let done = 0;
	const step = (cards: number) => {
		done += cards;
		report({ done, total });
		return Promise.resolve();
	};
	await step(0);
	engine.forget();
	await engine.prepare(textsOf(job));
	const fonts = new FontRegistry(engine);
	const written: WrittenPaper[] = [];
	const marks = new CardMarks(job, engine);
	if (job.letters) written.push(await letters(engine, fonts, job, marks, step));
	for (const choice of job.sheets) {
		written.push(await stickers(engine, fonts, job, marks, choice, step));
	}
	const entries = finish(written, fonts, job);
	if (job.spreadsheet) {
		const workbook = new Uint8Array(await (await makeSpreadsheet(job)).arrayBuffer());
		entries.push({ name: spreadsheetName, bytes: workbook, deflate: false });
		await step(job.cards.length);
	}
	await step(0);
	const blob = await makeZip(entries, job.date);
	return { fileName: zipName(job.title, job.date), blob };
}

/** Every text of a job that may need another font than the Latin ones. */
function* textsOf({ schoolName, cards }: CardsJob): Iterable<string> {
	yield schoolName;
	for (const card of cards) {
		yield card.pupilName;
		yield card.groupName;
		yield card.userName;
		yield card.loginAddress;
		if (card.secret.kind !== 'image') yield card.secret.text;
	}
}

type Step = (cards: number) => Promise<void>;

async function letters(
	engine: TextEngine,
	fonts: FontRegistry,
	job: CardsJob,
	cards: CardMarks,
	step: Step
): Promise<WrittenPaper> {
	const paper = new PdfPaper(engine, fonts);
	const marksOf = cards.onLetter(letterCardArea);
	await writeLetters(paper, engine, job, (_, index) => marksOf(index), step);
	return { paper, name: lettersName, title: paperTitles(job.locale).letters };
}

async function stickers(
	engine: TextEngine,
	fonts: FontRegistry,
	job: CardsJob,
	cards: CardMarks,
	choice: SheetChoice,
	step: Step
): Promise<WrittenPaper> {
	const sheet = sheetOf(choice);
	const paper = new PdfPaper(engine, fonts);
	const marksOf = cards.onLabel(labelArea(sheet), sheet.id);
	await writeStickers(paper, job, sheet, choice, marksOf, step);
	const title = paperTitles(job.locale).stickers(sheet.id);
	return { paper, name: stickersName(sheet.id), title };
}

/** Takes each paper out of the list, so that its pages are let go of once its file is made. */
function finish(written: WrittenPaper[], fonts: FontRegistry, job: CardsJob): ZipEntry[] {
	const embedded = fonts.embed();
	const entries: ZipEntry[] = [];
	for (let next = written.shift(); next; next = written.shift()) {
		const bytes = next.paper.finish(`${next.title} · ${job.title}`, job, embedded);
		entries.push({ name: next.name, bytes, deflate: true });
	}
	return entries;
}

async function preview(engine: TextEngine, job: CardsJob, seen: CardsPage): Promise<PreviewPage> {
	await engine.prepare(textsOf(job));
	const marks = new CardMarks(job, engine);
	const size = { width: paperSize.w, height: paperSize.h };
	const { page } = seen;
	if (seen.kind === 'letters') {
		const items = letterItems(engine, job, marks, page);
		return { ...size, pageCount: job.cards.length, items };
	}
	const sheet = sheetOf(seen);
	const marksOf = marks.onLabel(labelArea(sheet), sheet.id);
	const indexes = cardsOnPage(sheet, seen.start, job.cards.length, page);
	const items = indexes.flatMap((index) => {
		const origin = areaOrigin(sheet, labelPlace(sheet, seen.start, index), job);
		return drawMarks(engine, marksOf(index), origin);
	});
	return {
		...size,
		pageCount: stickerPageCount(sheet, seen.start, job.cards.length),
		items: [...labels(sheet, page === 0 ? firstLabel(sheet, seen.start) : 1), ...items]
	};
}

function letterItems(
	engine: TextEngine,
	job: CardsJob,
	cards: CardMarks,
	page: number
): PreviewItem[] {
	const card = job.cards[page];
	if (!card) return [];
	const { x, y } = job.offset;
	const atCard = { x: letterCardOrigin.x + x, y: letterCardOrigin.y + y };
	return [
		...drawMarks(engine, letterForm(engine, job, card.secret.kind), { x, y }),
		...drawMarks(engine, letterAddress(engine, job, card), { x, y }),
		...drawMarks(engine, cards.onLetter(letterCardArea)(page), atCard)
	];
}

/** Labels stay where the sheet has them; an offset moves the ink. */
function labels(sheet: LabelSheet, first: number): PreviewItem[] {
	return Array.from({ length: sheet.cols * sheet.rows }, (_, i) => {
		const { x, y } = labelPlace(sheet, 1, i);
		return { kind: 'label', taken: i + 1 < first, x, y, w: sheet.w, h: sheet.h };
	});
}

function sheetOf({ id }: SheetChoice): LabelSheet {
	const sheet = labelSheet(id);
	if (!sheet) throw new CannotPrint({ code: 'failed', detail: `no sheet ${id}` });
	return sheet;
}

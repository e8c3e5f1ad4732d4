import { lettersName, spreadsheetName, stickersName, zipName } from '../file-name.ts';
import { CannotPrint, CardMarks } from '../cards/card-marks.ts';
import type { PrintedFile, PrintJob, PrintProgress, PrintStage } from '../paper.ts';
import { labelSheet } from '../cards/label-sheets.ts';
import { letterCardArea } from '../cards/letter.ts';
import { writeLetters } from '../cards/letters.ts';
import { makeSpreadsheet } from '../cards/spreadsheet.ts';
import { writeStickers } from '../cards/stickers.ts';
import { FontRegistry } from '../pdf/font-registry.ts';
import { PdfPaper } from '../pdf/paper.ts';
import { labelArea } from '../cards/sheet-fit.ts';
import type { TextEngine } from '../text/engine.ts';
import { paperTitles } from '../words.ts';
import { makeZip, type ZipEntry } from '../zip.ts';

/** A PDF that is written but for its fonts, which need every glyph of all papers. */
interface WrittenPaper {
	readonly paper: PdfPaper;
	readonly name: string;
	readonly title: string;
}

export type Report = (progress: PrintProgress) => void;

/**
 * The zip of a job (product.md 36).
 * @throws CannotPrint where a card does not fit its paper.
 */
export async function printJob(
	engine: TextEngine,
	job: PrintJob,
	report: Report
): Promise<PrintedFile> {
	const papers = job.sheets.length + (job.letters ? 1 : 0) + (job.spreadsheet ? 1 : 0);
	const total = papers * job.cards.length;
	let done = 0;
	const step = (stage: PrintStage) => (cards: number) => {
		done += cards;
		report({ stage, done, total });
		return Promise.resolve();
	};
	await step('start')(0);
	engine.forget();
	await engine.prepare(textsOf(job));
	const fonts = new FontRegistry(engine);
	const written: WrittenPaper[] = [];
	const cards = new CardMarks(job, engine);
	if (job.letters) written.push(await letters(engine, fonts, job, cards, step('letters')));
	for (const choice of job.sheets) {
		written.push(await stickers(engine, fonts, job, cards, choice, step('sheets')));
	}
	const entries = finish(written, fonts, job);
	if (job.spreadsheet) {
		const workbook = new Uint8Array(await (await makeSpreadsheet(job)).arrayBuffer());
		entries.push({ name: spreadsheetName, bytes: workbook, deflate: false });
		await step('spreadsheet')(job.cards.length);
	}
	await step('zip')(0);
	const blob = await makeZip(entries, job.date);
	return { fileName: zipName(job.title, job.date), blob };
}

/** Every text of a job that may need another font than the Latin ones. */
export function* textsOf({ schoolName, cards }: PrintJob): Iterable<string> {
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
	job: PrintJob,
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
	job: PrintJob,
	cards: CardMarks,
	choice: PrintJob['sheets'][number],
	step: Step
): Promise<WrittenPaper> {
	const sheet = labelSheet(choice.id);
	if (!sheet) throw new CannotPrint({ code: 'failed', detail: `no sheet ${choice.id}` });
	const paper = new PdfPaper(engine, fonts);
	const marksOf = cards.onLabel(labelArea(sheet), sheet.id);
	await writeStickers(paper, job, sheet, choice, marksOf, step);
	const title = paperTitles(job.locale).stickers(sheet.id);
	return { paper, name: stickersName(sheet.id), title };
}

function finish(written: readonly WrittenPaper[], fonts: FontRegistry, job: PrintJob): ZipEntry[] {
	const embedded = fonts.embed();
	return written.map(({ paper, name, title }) => ({
		name,
		bytes: paper.finish(`${title} · ${job.title}`, job, embedded),
		deflate: true
	}));
}

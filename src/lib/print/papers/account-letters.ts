import { CannotPrint } from '../cards/card-marks.ts';
import { lettersName, pdfName, zipName } from '../file-name.ts';
import type { AccountLetter, AccountLetterJob, PrintedFile } from '../paper.ts';
import { accountLetterForm, accountLetterMarks } from '../layout/account-letter.ts';
import { FontRegistry } from '../pdf/font-registry.ts';
import { PdfPaper, paperSize } from '../pdf/paper.ts';
import type { Report } from './cards.ts';
import type { TextEngine } from '../text/engine.ts';
import { paperTitles } from '../words.ts';
import { makeZip } from '../zip.ts';

/**
 * The letters of accounts: of one its PDF, of several a zip with one PDF, a page each.
 * @throws CannotPrint where a user name does not fit.
 */
export async function printAccountLetters(
	engine: TextEngine,
	job: AccountLetterJob,
	report: Report
): Promise<PrintedFile> {
	engine.forget();
	await engine.prepare(textsOf(job));
	const fonts = new FontRegistry(engine);
	const paper = new PdfPaper(engine, fonts);
	const readers = new Set(job.letters.map(({ reader }) => reader));
	for (const reader of readers) {
		paper.addForm(formName(reader), accountLetterForm(engine, job, reader));
	}
	const total = job.letters.length;
	const { x, y } = job.offset;
	for (const [index, letter] of job.letters.entries()) {
		const marks = accountLetterMarks(engine, job, letter);
		if (!marks)
			throw new CannotPrint({ code: 'sheetTooSmall', sheetId: 'A4', pupilName: letter.name });
		const content = paper.content();
		content.form(formName(letter.reader), x, -y);
		content.area(x, paperSize.h - y, marks);
		paper.addPage(content);
		report({ stage: 'letters', done: index + 1, total });
	}
	const title = `${paperTitles(job.locale).letters} · ${job.title}`;
	const bytes = paper.finish(title, job, fonts.embed());
	if (total === 1) {
		const blob = new Blob([bytes], { type: 'application/pdf' });
		return { fileName: pdfName(job.title, job.date), blob };
	}
	const blob = await makeZip([{ name: lettersName, bytes, deflate: true }], job.date);
	return { fileName: zipName(job.title, job.date), blob };
}

function formName(reader: AccountLetter['reader']): string {
	return `account-${reader}`;
}

/** As in print.ts: every text that may need another font than the Latin ones. */
function* textsOf({ schoolName, letters }: AccountLetterJob): Iterable<string> {
	yield schoolName;
	for (const { name, addressLines, children, userName, password } of letters) {
		yield name;
		yield* addressLines;
		yield* children;
		yield userName;
		yield password;
	}
}

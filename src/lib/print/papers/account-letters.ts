import type { Language } from '#lib/domain/kernel/languages.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { lettersName, pdfName, zipName } from '../file-name.ts';
import { fitName, fitWhole } from '../layout/fit.ts';
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
import { point } from '../layout/measures.ts';
import { CannotPrint, type Offset, type Paper, type PrintedFile, type Report } from '../paper.ts';
import { FontRegistry } from '../pdf/font-registry.ts';
import { PdfPaper, paperSize } from '../pdf/paper.ts';
import type { TextEngine } from '../text/engine.ts';
import { makeZip } from '../zip.ts';

/** A letter with the password that the school issued somebody (product.md 1). */
export interface AccountLetter {
	readonly reader: 'guardian' | 'staff';
	readonly name: string;
	/** Below the name, where the window of an envelope shows them. */
	readonly addressLines: readonly string[];
	/** The children whom the account is about: *Noor van der Berg (5A)*. */
	readonly children: readonly string[];
	readonly userName: string;
	readonly password: string;
}

/** Letters of accounts. Plain data: it crosses to the worker. */
export interface AccountLetterJob {
	readonly schoolName: string;
	readonly locale: Language;
	/** The name of the selection; names the file. */
	readonly title: string;
	readonly date: IsoDate;
	/** Where the app is: `school.example.org`. */
	readonly signInAddress: string;
	readonly letters: readonly AccountLetter[];
	readonly offset: Offset;
}

/**
 * The name and password to type, in a frame: the only part of the text that differs from letter to
 * letter.
 */
const frame = { x: left, y: 122, w: width, h: 35 } as const;
const framePadding = 5;
const labelWidth = 38;
const rowHeight = 8.5;

/** The window of an envelope shows no more. */
const mostAddressLines = 4;

/** Letters of accounts: of one its PDF, of several a zip with one PDF, a page each. */
export const accountLetters: Paper<AccountLetterJob> = { make };

async function make(
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
		paper.addForm(formName(reader), letterForm(engine, job, reader));
	}
	const total = job.letters.length;
	const { x, y } = job.offset;
	for (const [index, letter] of job.letters.entries()) {
		const marks = letterMarks(engine, job, letter);
		if (!marks)
			throw new CannotPrint({ code: 'sheetTooSmall', sheetId: 'A4', pupilName: letter.name });
		const content = paper.content();
		content.form(formName(letter.reader), x, -y);
		content.area(x, paperSize.h - y, marks);
		paper.addPage(content);
		report({ done: index + 1, total });
	}
	const title = `${m.print_letters_name({}, { locale: job.locale })} · ${job.title}`;
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

/** Every text that may need another font than the Latin ones. */
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

/** Returns the marks that all letters to such readers share. */
function letterForm(
	engine: TextEngine,
	job: AccountLetterJob,
	reader: AccountLetter['reader']
): Mark[] {
	const words = letterWords(job);
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
function letterMarks(
	engine: TextEngine,
	job: AccountLetterJob,
	letter: AccountLetter
): Mark[] | null {
	const words = letterWords(job);
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
	const { guardianOf } = letterWords(job);
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

interface LetterWords {
	readonly title: string;
	readonly guardianOf: (children: string) => string;
	readonly greeting: Readonly<Record<AccountLetter['reader'], string>>;
	readonly what: Readonly<Record<AccountLetter['reader'], string>>;
	readonly school: string;
	readonly userName: string;
	readonly password: string;
	readonly how: string;
	readonly steps: readonly string[];
	readonly keep: string;
	readonly lost: string;
	readonly regards: string;
}

function letterWords({
	locale,
	schoolName: school,
	signInAddress: address
}: Pick<AccountLetterJob, 'locale' | 'schoolName' | 'signInAddress'>): LetterWords {
	const options = { locale };
	return {
		title: m.print_account_title({}, options),
		guardianOf: (children) => m.print_account_guardian_of({ children }, options),
		greeting: {
			guardian: m.print_account_greeting({}, options),
			staff: m.print_account_greeting_staff({}, options)
		},
		what: {
			guardian: m.print_account_what({}, options),
			staff: m.print_account_what_staff({}, options)
		},
		school: m.print_account_school({}, options),
		userName: m.print_user_name({}, options),
		password: m.print_password({}, options),
		how: m.print_account_how({}, options),
		steps: [
			m.print_account_step_open({ address }, options),
			m.print_account_step_school({ school }, options),
			m.print_account_step_sign_in({}, options),
			m.print_account_step_own({}, options)
		],
		keep: m.print_account_keep({}, options),
		lost: m.print_account_lost({}, options),
		regards: m.print_letter_regards({}, options)
	};
}

import type { Language } from '#lib/domain/kernel/languages.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { pdfName } from '../file-name.ts';
import { fitName, fitParagraph, fitWhole, type Fitted } from '../layout/fit.ts';
import { inks, type Ink, type Mark } from '../layout/marks.ts';
import { lineHeight, point, qrModules, quietModules, smallestType } from '../layout/measures.ts';
import type { Box, Offset, SeenPaper } from '../paper.ts';
import { pdfOfPages } from '../pdf/pages.ts';
import { paperSize } from '../pdf/paper.ts';
import { previewOf } from '../preview.ts';
import { qrCodeOf } from '../qr-code.ts';
import type { TextEngine } from '../text/engine.ts';
import type { Weight } from '../text/font-files.ts';
import { longDate } from '../text/long-date.ts';

/** *Klasoverzicht met kaarten* (product.md 41): for the teacher, without passwords. */
export interface OverviewJob {
	readonly schoolName: string;
	readonly groupName: string;
	readonly locale: Language;
	readonly date: IsoDate;
	/** In the order in which they stand on the sheet. */
	readonly pupils: readonly OverviewPupil[];
	readonly offset: Offset;
}

export interface OverviewPupil {
	readonly name: string;
	/** Empty: no account. */
	readonly userName: string;
	/** The signed text of the card that holds; null: there is none. */
	readonly qr: string | null;
}

/** Counted from 0. */
export interface OverviewPage {
	readonly page: number;
}

/** White around the sheet, in mm: more than any printer needs. */
const margin = 12;
const columns = 3;
/** A class of 33 fits one sheet, with codes that a camera reads from a lap. */
const mostRows = 11;
const perPage = columns * mostRows;
/** Mm; a small class gets no giant codes. */
const highestRow = 30;
const headHeight = 20;
const footHeight = 6;
const padding = 1.5;
/** Of a name on three lines or more. */
const wrappedSize = 7.5 * point;

const sheet = { w: paperSize.w - 2 * margin, h: paperSize.h - 2 * margin } as const;

/** *Klasoverzicht met kaarten*: a PDF of a group's pupils with their codes. */
export const classOverview: SeenPaper<OverviewJob, OverviewPage> = {
	async make(engine, job) {
		await engine.prepare(textsOf(job));
		const { title, fileName } = overviewWords(job);
		const pages = Array.from({ length: pageCount(job) }, (_, page) =>
			overviewMarks(engine, job, page)
		);
		return {
			fileName: pdfName(`${fileName} ${job.groupName}`, job.date),
			blob: pdfOfPages(engine, job, `${title} · ${job.groupName}`, pages)
		};
	},

	async preview(engine, job, { page }) {
		await engine.prepare(textsOf(job));
		return previewOf(engine, overviewMarks(engine, job, page), job.offset, pageCount(job));
	}
};

/** How many pages the pupils take. */
export function pageCount({ pupils }: OverviewJob): number {
	return Math.max(1, Math.ceil(pupils.length / perPage));
}

/** Every text of an overview that may need another font than the Latin ones. */
function* textsOf({ schoolName, groupName, pupils }: OverviewJob): Iterable<string> {
	yield schoolName;
	yield groupName;
	for (const { name, userName } of pupils) {
		yield name;
		yield userName;
	}
}

/** Returns the marks on a page (from 0): pupils from the top down, then in the next column. */
export function overviewMarks(engine: TextEngine, job: OverviewJob, page: number): Mark[] {
	const pages = pageCount(job);
	const each = Math.ceil(job.pupils.length / pages);
	const pupils = job.pupils.slice(page * each, (page + 1) * each);
	const rows = Math.max(1, Math.ceil(pupils.length / columns));
	const height = Math.min(highestRow, (sheet.h - headHeight - footHeight) / rows);
	const width = sheet.w / columns;
	const { noCard, page: pageWords } = overviewWords(job);
	return [
		...head(engine, job),
		...pupils.flatMap((pupil, at) => {
			const x = margin + Math.floor(at / rows) * width;
			const y = margin + headHeight + (at % rows) * height;
			return cell(engine, pupil, { x, y, w: width, h: height }, noCard);
		}),
		line(engine, pageWords(page + 1, pages), 'regular', 8, inks.grey, {
			x: margin,
			y: paperSize.h - margin - 4,
			w: sheet.w,
			h: 4
		})
	];
}

function head(engine: TextEngine, job: OverviewJob): Mark[] {
	const words = overviewWords(job);
	const date = longDate(job.date, job.locale);
	const about = [job.schoolName, words.pupils, words.noPasswords].join(' · ');
	const dateWidth = engine.shape(date, 'regular').width * 10 * point;
	const top = { y: margin, h: 8 };
	return [
		line(engine, `${words.title} ${job.groupName}`, 'bold', 16, inks.black, {
			...{ ...top, x: margin },
			w: sheet.w - dateWidth - 6
		}),
		line(engine, date, 'regular', 10, inks.grey, {
			...{ ...top, y: margin + 2 },
			x: paperSize.w - margin - dateWidth,
			w: dateWidth + 1
		}),
		line(engine, about, 'regular', 10, inks.grey, { x: margin, y: margin + 9, w: sheet.w, h: 6 })
	];
}

function cell(engine: TextEngine, pupil: OverviewPupil, box: Box, noCard: string): Mark[] {
	const side = box.h - 2 * padding;
	// The white that a reader needs lies within the square.
	const white = (side * quietModules) / (qrModules + 2 * quietModules);
	const square = { x: box.x, y: box.y + padding, w: side, h: side };
	const code: Mark = pupil.qr
		? {
				kind: 'qr',
				box: {
					x: square.x + white,
					y: square.y + white,
					w: side - 2 * white,
					h: side - 2 * white
				},
				code: qrCodeOf(pupil.qr)
			}
		: line(engine, noCard, 'regular', 8, inks.grey, {
				x: square.x + white,
				y: square.y + side / 2 - 2,
				w: side - white,
				h: 4
			});
	const text = { x: box.x + side + 1, w: box.w - side - 3 };
	const nameBox = { ...text, y: box.y + padding + white, h: side * 0.6 - white };
	const name = nameIn(engine, pupil.name, nameBox);
	const userBox = {
		...text,
		y: nameBox.y + name.height + 0.5,
		h: box.y + box.h - padding - nameBox.y - name.height - 0.5
	};
	const user = fitWhole(engine, pupil.userName, 'regular', userBox, {
		most: 9 * point,
		least: smallestType
	});
	return [
		code,
		{ kind: 'text', box: nameBox, lines: name.lines, ink: inks.black },
		...(user ? [{ kind: 'text', box: userBox, lines: user.lines, ink: inks.black } as const] : []),
		{
			kind: 'rule',
			box: { x: box.x, y: box.y + box.h, w: box.w - 2, h: 0 },
			ink: inks.line,
			dashed: false,
			weight: 0.15
		}
	];
}

/** On one or two lines; a name that would have to shrink takes the lines it needs. */
function nameIn(engine: TextEngine, name: string, box: Box): Fitted {
	const sizes = { most: 10 * point, least: smallestType };
	const fitted = fitName(engine, name, 'bold', box, sizes);
	if (fitted.lines.every(({ size }) => size >= wrappedSize)) return fitted;
	const leading = wrappedSize * lineHeight;
	const wrapped = fitParagraph(engine, name, 'bold', box, wrappedSize, leading);
	const fits = wrapped.lines.every(({ shaped }) => shaped.width * wrappedSize <= box.w);
	return fits && wrapped.height <= box.h ? wrapped : fitted;
}

/** One line of text, at most so many points high. */
function line(
	engine: TextEngine,
	text: string,
	weight: Weight,
	points: number,
	ink: Ink,
	box: Box
): Mark {
	const sizes = { most: points * point, least: smallestType };
	return { kind: 'text', box, lines: fitName(engine, text, weight, box, sizes).lines, ink };
}

/** The words around the pupils on a class overview. */
function overviewWords({ locale, pupils }: OverviewJob) {
	const options = { locale };
	return {
		title: m.overview_title({}, options),
		pupils: m.overview_pupils({ count: pupils.length }, options),
		noPasswords: m.overview_no_passwords({}, options),
		noCard: m.overview_no_card({}, options),
		page: (page: number, pages: number) => m.overview_page({ page, pages }, options),
		fileName: m.overview_file({}, options)
	};
}

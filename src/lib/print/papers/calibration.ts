import { languages, type Language } from '#lib/domain/kernel/languages.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { labelSheet, type LabelSheet } from '../cards/label-sheets.ts';
import { labelPlace } from '../cards/stickers.ts';
import { fitParagraph } from '../layout/fit.ts';
import { inks, type Mark } from '../layout/marks.ts';
import { point } from '../layout/measures.ts';
import { CannotPrint, type Offset, type Paper } from '../paper.ts';
import { pdfOfPages } from '../pdf/pages.ts';
import type { TextEngine } from '../text/engine.ts';
import type { Weight } from '../text/font-files.ts';

/** A page that shows what a printer is off by on a sheet. Plain data: it crosses to the worker. */
export interface CalibrationJob {
	/** Of a sheet in label-sheets.ts. */
	readonly sheetId: string;
	readonly locale: Language;
	readonly date: IsoDate;
	readonly offset: Offset;
}

/** Where the words stand; labels behind them get no marks. */
const panel = { x: 32, y: 96, w: 146, h: 92 } as const;
const markLength = 4;
const lineWeight = 0.15;

/** A PDF to hold over a sheet against the light: the corners of its labels, a ruler, and how to use it. */
export const calibration: Paper<CalibrationJob> = {
	make(engine, job) {
		const sheet = labelSheet(job.sheetId);
		if (!sheet) throw new CannotPrint({ code: 'failed', detail: `no sheet ${job.sheetId}` });
		const title = m.print_calibration_name({ sheet: sheet.id }, { locale: job.locale });
		return {
			fileName: `${title.replace(/\s+/g, '-').toLowerCase()}.pdf`,
			blob: pdfOfPages(engine, job, title, [[...corners(sheet), ...words(engine, sheet, job)]])
		};
	}
};

function rule(x: number, y: number, w: number, h: number): Mark {
	return { kind: 'rule', box: { x, y, w, h }, ink: inks.black, dashed: false, weight: lineWeight };
}

function corners(sheet: LabelSheet): Mark[] {
	return Array.from({ length: sheet.cols * sheet.rows }, (_, i) => labelPlace(sheet, 1, i))
		.filter(({ x, y }) => !overlapsPanel(x, y, sheet))
		.flatMap(({ x, y }) => {
			const [right, bottom] = [x + sheet.w, y + sheet.h];
			const [middleX, middleY] = [x + sheet.w / 2, y + sheet.h / 2];
			return [
				...[x, right].flatMap((cornerX) => [
					rule(cornerX, y, 0, markLength),
					rule(cornerX, bottom - markLength, 0, markLength)
				]),
				...[y, bottom].flatMap((cornerY) => [
					rule(x, cornerY, markLength, 0),
					rule(right - markLength, cornerY, markLength, 0)
				]),
				rule(middleX - markLength / 2, middleY, markLength, 0),
				rule(middleX, middleY - markLength / 2, 0, markLength)
			];
		});
}

function overlapsPanel(x: number, y: number, { w, h }: LabelSheet): boolean {
	const beside = x > panel.x + panel.w || x + w < panel.x;
	const aboveOrBelow = y > panel.y + panel.h || y + h < panel.y;
	return !beside && !aboveOrBelow;
}

function words(engine: TextEngine, sheet: LabelSheet, { locale, offset }: CalibrationJob): Mark[] {
	const text = calibrationWords(locale, sheet.id, offset);
	const marks: Mark[] = [];
	let { y } = panel;
	const paragraph = (line: string, weight: Weight, size: number, space: number) => {
		const box = { x: panel.x, y, w: panel.w };
		const { lines, height } = fitParagraph(engine, line, weight, box, size * point, size * 0.5);
		marks.push({ kind: 'text', box: { ...box, h: height }, lines, ink: inks.black });
		y += height + space;
	};
	paragraph(text.title, 'bold', 14, 3);
	paragraph(text.scale, 'bold', 10, 3);
	paragraph(text.ruler, 'regular', 10, 3);
	marks.push(...ruler(engine, y));
	y += 12;
	paragraph(text.hold, 'regular', 10, 2);
	paragraph(text.move, 'regular', 10, 2);
	paragraph(text.now, 'regular', 10, 0);
	return marks;
}

/** 100 mm, with a tick every 10. */
function ruler(engine: TextEngine, y: number): Mark[] {
	const size = 7 * point;
	const ticks = Array.from({ length: 11 }, (_, i): Mark[] => {
		const x = panel.x + i * 10;
		const shaped = engine.shape(String(i * 10), 'regular');
		const w = shaped.width * size;
		const line = { shaped, x: x - w / 2, baseline: y + 7, size, stretch: 1 };
		return [
			rule(x, y, 0, 4),
			{ kind: 'text', box: { x: x - w / 2, y: y + 4.5, w, h: 3 }, lines: [line], ink: inks.black }
		];
	});
	return [rule(panel.x, y, 100, 0), ...ticks.flat()];
}

function calibrationWords(locale: Language, sheet: string, offset: Offset) {
	const options = { locale };
	const format = new Intl.NumberFormat(languages[locale].tag);
	return {
		title: m.print_calibration_title({ sheet }, options),
		scale: m.print_calibration_scale({}, options),
		ruler: m.print_calibration_ruler({}, options),
		hold: m.print_calibration_hold({}, options),
		move: m.print_calibration_move({}, options),
		now: m.print_calibration_now(
			{ x: format.format(offset.x), y: format.format(offset.y) },
			options
		)
	};
}

import type { Box, PreviewItem, PreviewPage } from './paper.ts';
import type { Mark, TextLine, TextMark } from './layout/marks.ts';
import { paperSize } from './pdf/paper.ts';
import { qrPath } from './qr-code.ts';
import type { GlyphRun, TextEngine } from './text/engine.ts';
import { glyphOutline } from './text/outline.ts';

interface Place {
	readonly x: number;
	readonly y: number;
}

/**
 * Returns an A4 page of a paper as the screen draws it: from the same marks that the PDF is written
 * from. The texts must have been prepared.
 */
export function previewOf(
	engine: TextEngine,
	marks: readonly Mark[],
	at: Place,
	pageCount: number
): PreviewPage {
	const items = drawMarks(engine, marks, at);
	return { width: paperSize.w, height: paperSize.h, pageCount, items };
}

/** Returns marks as the screen draws them, with their area's top left corner at a place. */
export function drawMarks(engine: TextEngine, marks: readonly Mark[], at: Place): PreviewItem[] {
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

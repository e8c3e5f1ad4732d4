import type { Box } from '../paper.ts';
import type { Ink, Mark, TextLine, TextMark } from '../layout/marks.ts';
import { inks } from '../layout/marks.ts';
import type { QrCode } from '../qr-code.ts';
import type { GlyphRun, RasterRun, TextEngine } from '../text/engine.ts';
import type { FontKey, Raster } from '../text/font-files.ts';
import { blankFont, type FontRegistry } from './font-registry.ts';
import { colour, literal, mm, number, pointsPerMm, textString } from './syntax.ts';

/** The names that content streams use, for the resources that all pages of a PDF share. */
export class UsedResources {
	readonly fonts = new Set<FontKey>();
	readonly pictures = new Set<string>();
	readonly rasters = new Map<Raster, string>();

	raster(raster: Raster): string {
		let name = this.rasters.get(raster);
		if (!name) this.rasters.set(raster, (name = `R${this.rasters.size}`));
		return name;
	}
}

/** Turns marks into the operators of a page or a form. */
export class ContentWriter {
	readonly #written: string[] = [];
	readonly #engine: TextEngine;
	readonly #fonts: FontRegistry;
	readonly #used: UsedResources;
	/** The graphics state as last written, so that it is written only when it changes. */
	#ink: Ink = inks.black;
	#font = '';

	constructor(engine: TextEngine, fonts: FontRegistry, used: UsedResources) {
		this.#engine = engine;
		this.#fonts = fonts;
		this.#used = used;
	}

	/** Returns what was written, a character a byte. */
	text(): string {
		return this.#written.join('');
	}

	/**
	 * Marks of an area whose top left corner is there.
	 * @param x In mm from the page's left.
	 * @param up In mm from the page's bottom.
	 */
	area(x: number, up: number, marks: readonly Mark[]): void {
		this.#out(`q 1 0 0 1 ${mm(x)} ${mm(up)} cm\n`);
		for (const mark of marks) this.#mark(mark);
		this.#out('Q\n');
		this.#ink = inks.black;
		this.#font = '';
	}

	/** Draws a form, which has the size of the page, moved by so many mm to the right and up. */
	form(name: string, x: number, up: number): void {
		if (x === 0 && up === 0) this.#out(`/${name} Do\n`);
		else this.#out(`q 1 0 0 1 ${mm(x)} ${mm(up)} cm /${name} Do Q\n`);
	}

	#out(operators: string): void {
		this.#written.push(operators);
	}

	#mark(mark: Mark): void {
		if (mark.kind === 'text') this.#text(mark);
		else if (mark.kind === 'qr') this.#qr(mark.box, mark.code);
		else if (mark.kind === 'picture') this.#picture(mark.box, mark.name, mark.label);
		else this.#rule(mark);
	}

	#text({ lines, ink, whole }: TextMark): void {
		if (ink !== this.#ink) this.#out(`${colour(ink)} rg\n`);
		this.#ink = ink;
		if (whole !== undefined) this.#out(`/Span<</ActualText${textString(whole)}>>BDC\n`);
		for (const line of lines) this.#line(line);
		if (whole !== undefined) this.#out('EMC\n');
	}

	#line(line: TextLine): void {
		let x = line.x;
		let open = false;
		for (const run of line.shaped.runs) {
			if (run.kind === 'raster') {
				if (open) this.#out(' ET\n');
				open = false;
				this.#raster(run, line, x);
			} else {
				if (!open) this.#out(`BT ${mm(x)} ${mm(-line.baseline)} Td `);
				open = true;
				this.#glyphs(run, line);
			}
			x += (run.width / 1000) * line.size * line.stretch;
		}
		if (open) this.#out(' ET\n');
	}

	#glyphs(run: GlyphRun, { size, stretch }: TextLine): void {
		this.#setFont(run.font, size);
		if (stretch !== 1) this.#out(` ${number(stretch * 100)} Tz`);
		let risen = false;
		for (const { rise, show } of this.#fonts.encode(run)) {
			if (rise !== 0 || risen) this.#out(` ${number((rise / 1000) * size * pointsPerMm)} Ts`);
			risen = rise !== 0;
			this.#out(show);
		}
		if (risen) this.#out(' 0 Ts');
		if (stretch !== 1) this.#out(' 100 Tz');
	}

	#setFont(key: FontKey, size: number): void {
		this.#used.fonts.add(key);
		const font = `/${key} ${mm(size)} Tf`;
		if (font !== this.#font) this.#out(font);
		this.#font = font;
	}

	/** A picture of the text, and the text itself, invisible, for whoever reads or copies it. */
	#raster(
		{ raster, text, width }: RasterRun,
		{ size, stretch, baseline }: TextLine,
		x: number
	): void {
		const scale = size / raster.pixelsPerEm;
		const [w, h] = [raster.columns * scale * stretch, raster.rows * scale];
		const bottom = -baseline - (raster.rows - raster.baseline) * scale;
		this.#out(
			`q ${mm(w)} 0 0 ${mm(h)} ${mm(x)} ${mm(bottom)} cm /${this.#used.raster(raster)} Do Q\n`
		);
		this.#invisible(text, x, -baseline, (width / 1000) * size * stretch, size);
	}

	#invisible(text: string, x: number, y: number, width: number, size: number): void {
		this.#out(`BT ${mm(x)} ${mm(y)} Td `);
		this.#setFont(blankFont, size);
		const font = this.#engine.font(blankFont);
		const space = font.advanceOf(font.gidOf(0x20)) / font.unitsPerEm;
		const squeeze = (width / (space * size * [...text].length)) * 100;
		const show = literal(this.#fonts.encodeBlank(text));
		this.#out(` 3 Tr ${number(squeeze)} Tz${show}Tj 0 Tr 100 Tz ET\n`);
	}

	#qr({ x, y, w, h }: Box, { modules, rows }: QrCode): void {
		if (this.#ink !== inks.black) this.#out(`${colour(inks.black)} rg\n`);
		this.#ink = inks.black;
		this.#out(
			`q ${mm(w)} 0 0 ${mm(h)} ${mm(x)} ${mm(-y - h)} cm BI/W ${modules}/H ${modules}/IM true ID `
		);
		this.#out(rows);
		this.#out('\nEI Q\n');
	}

	#picture({ x, y, w, h }: Box, name: string, label: string): void {
		this.#used.pictures.add(name);
		this.#out(`q ${mm(w)} 0 0 ${mm(-h)} ${mm(x)} ${mm(-y)} cm /P-${name} Do Q\n`);
		if (label) this.#invisible(label, x, -y - h * 0.6, w * 0.9, h / 3);
	}

	#rule({
		box: { x, y, w, h },
		ink,
		dashed,
		weight,
		outline
	}: Extract<Mark, { kind: 'rule' }>): void {
		const path = outline
			? `${mm(x)} ${mm(-y - h)} ${mm(w)} ${mm(h)} re`
			: `${mm(x)} ${mm(-y)} m ${mm(x + w)} ${mm(-y - h)} l`;
		const dash = dashed ? `[${mm(1.2)} ${mm(1.2)}]0 d ` : '';
		this.#out(`q ${colour(ink)} RG ${mm(weight)} w ${dash}${path} S Q\n`);
	}
}

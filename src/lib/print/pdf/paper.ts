import type { Language } from '#lib/domain/kernel/languages.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { Mark } from '../layout/marks.ts';
import type { TextEngine } from '../text/engine.ts';
import type { Raster } from '../text/font-files.ts';
import { ContentWriter, UsedResources } from './content.ts';
import type { EmbeddedFont, FontRegistry } from './font-registry.ts';
import { makeDocument, type PdfStream } from './jspdf-document.ts';
import { pictureForm } from './picture-form.ts';
import { byteString, mm } from './syntax.ts';

/** A4, in mm. */
export const paperSize = { w: 210, h: 297 } as const;

const mediaBox = `[0 0 ${mm(paperSize.w)} ${mm(paperSize.h)}]`;

/**
 * One PDF. Content is left uncompressed: the zip deflates the whole file at once, which is faster and
 * smaller than a stream per page, since a page is mostly what the page before it was.
 */
export class PdfPaper {
	readonly #engine: TextEngine;
	readonly #fonts: FontRegistry;
	readonly #used = new UsedResources();
	readonly #forms = new Map<string, PdfStream>();
	readonly #pages: string[] = [];

	constructor(engine: TextEngine, fonts: FontRegistry) {
		this.#engine = engine;
		this.#fonts = fonts;
	}

	/** Empty content for a page or a form. */
	content(): ContentWriter {
		return new ContentWriter(this.#engine, this.#fonts, this.#used);
	}

	/** Marks that many pages share, under a name for `ContentWriter.form`. */
	addForm(name: string, marks: readonly Mark[]): void {
		const content = this.content();
		content.area(0, paperSize.h, marks);
		this.#forms.set(name, formOf(mediaBox, content.text()));
	}

	addPage(content: ContentWriter): void {
		this.#pages.push(content.text());
	}

	/** Returns the whole file. */
	finish(
		title: string,
		{ locale, date }: { readonly locale: Language; readonly date: IsoDate },
		fonts: readonly EmbeddedFont[]
	): Uint8Array<ArrayBuffer> {
		return makeDocument({
			title,
			locale,
			date,
			size: paperSize,
			pages: this.#pages,
			fonts: fonts.filter(({ key }) => this.#used.fonts.has(key)),
			images: new Map([
				...[...this.#used.pictures].map((name) => {
					return [`P-${name}`, formOf('[0 0 1 1]', pictureForm(name))] as const;
				}),
				...[...this.#used.rasters].map(([raster, name]) => [name, maskOf(raster)] as const)
			]),
			forms: this.#forms
		});
	}
}

function formOf(box: string, data: string): PdfStream {
	return { entries: { Type: '/XObject', Subtype: '/Form', BBox: box }, data };
}

function maskOf({ columns, rows, bits }: Raster): PdfStream {
	return {
		entries: {
			Type: '/XObject',
			Subtype: '/Image',
			Width: columns,
			Height: rows,
			ImageMask: 'true',
			BitsPerComponent: 1,
			Decode: '[1 0]'
		},
		data: byteString(bits)
	};
}

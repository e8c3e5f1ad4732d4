import type { PrintLocale } from '../job.ts';
import type { Mark } from '../layout/marks.ts';
import type { TextEngine } from '../text/engine.ts';
import type { Raster } from '../text/font-files.ts';
import { ByteWriter } from './byte-writer.ts';
import { ContentWriter, UsedResources } from './content.ts';
import type { EmbeddedFont, FontRegistry } from './font-registry.ts';
import { pictureForm } from './picture-form.ts';
import { mm, textString } from './syntax.ts';

/** A4, in mm. */
export const paperSize = { w: 210, h: 297 } as const;

const mediaBox = `[0 0 ${mm(paperSize.w)} ${mm(paperSize.h)}]`;
const kidsPerNode = 50;

/**
 * One PDF. Content is left uncompressed: the zip deflates the whole file at once, which is faster and
 * smaller than a stream per page, since a page is mostly what the page before it was.
 */
export class PdfPaper {
	readonly #out = new ByteWriter();
	readonly #offsets: number[] = [0];
	readonly #engine: TextEngine;
	readonly #fonts: FontRegistry;
	readonly #used = new UsedResources();
	readonly #forms = new Map<string, number>();
	readonly #pages: number[] = [];
	/** Objects that pages point to before they are written. */
	readonly #resources: number;
	readonly #nodes: number[] = [];

	constructor(engine: TextEngine, fonts: FontRegistry) {
		this.#engine = engine;
		this.#fonts = fonts;
		this.#out.latin1('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
		this.#resources = this.#reserve();
	}

	get pageCount(): number {
		return this.#pages.length;
	}

	/** Empty content for a page or a form. */
	content(): ContentWriter {
		return new ContentWriter(this.#engine, this.#fonts, this.#used);
	}

	/** Marks that many pages share, under a name for `ContentWriter.form`. */
	addForm(name: string, marks: readonly Mark[]): void {
		const content = this.content();
		content.area(0, paperSize.h, marks);
		const dict = `/Type/XObject/Subtype/Form/BBox${mediaBox}/Resources ${this.#resources} 0 R`;
		this.#forms.set(name, this.#stream(dict, content.out));
	}

	addPage(content: ContentWriter): void {
		const stream = this.#stream('', content.out);
		if (this.#pages.length % kidsPerNode === 0) this.#nodes.push(this.#reserve());
		const page = `<</Type/Page/Parent ${this.#nodes.at(-1)} 0 R/Contents ${stream} 0 R>>`;
		this.#pages.push(this.#object(page));
	}

	/** Returns the whole file. Nothing may be added after it. */
	finish(
		title: string,
		locale: PrintLocale,
		fonts: readonly EmbeddedFont[]
	): Uint8Array<ArrayBuffer> {
		this.#writeResources(fonts);
		const tree = this.#writeTree();
		const info = this.#object(`<</Title${textString(title)}/Producer(Schoolsleutel)>>`);
		const root = this.#object(
			`<</Type/Catalog/Pages ${tree} 0 R/Lang(${locale})` +
				'/ViewerPreferences<</PrintScaling/None/DisplayDocTitle true>>>>'
		);
		const start = this.#out.length;
		const count = this.#offsets.length;
		const entries = this.#offsets
			.slice(1)
			.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`);
		this.#out.latin1(`xref\n0 ${count}\n0000000000 65535 f \n`);
		for (const entry of entries) this.#out.latin1(entry);
		this.#out.latin1(
			`trailer\n<</Size ${count}/Root ${root} 0 R/Info ${info} 0 R>>\nstartxref\n${start}\n%%EOF\n`
		);
		return this.#out.whole();
	}

	#reserve(): number {
		return this.#offsets.push(0) - 1;
	}

	#begin(id = this.#reserve()): number {
		this.#offsets[id] = this.#out.length;
		this.#out.latin1(`${id} 0 obj\n`);
		return id;
	}

	#object(body: string, reserved?: number): number {
		const id = this.#begin(reserved);
		this.#out.latin1(`${body}\nendobj\n`);
		return id;
	}

	#stream(dict: string, data: ByteWriter | Uint8Array): number {
		const id = this.#begin();
		this.#out.latin1(`<<${dict}/Length ${data.length}>>stream\n`);
		if (data instanceof Uint8Array) this.#out.bytes(data);
		else for (const chunk of data.chunks()) this.#out.bytes(chunk);
		this.#out.latin1('\nendstream\nendobj\n');
		return id;
	}

	/** Nodes of the page tree; a flat list of thousands is slow to open. */
	#writeTree(): number {
		const tree = this.#reserve();
		this.#nodes.forEach((node, i) => {
			const kids = this.#pages.slice(i * kidsPerNode, (i + 1) * kidsPerNode);
			const list = kids.map((kid) => `${kid} 0 R`).join(' ');
			this.#object(`<</Type/Pages/Parent ${tree} 0 R/Count ${kids.length}/Kids[${list}]>>`, node);
		});
		const kids = this.#nodes.map((node) => `${node} 0 R`).join(' ');
		return this.#object(
			`<</Type/Pages/Count ${this.#pages.length}/Kids[${kids}]/MediaBox${mediaBox}` +
				`/Resources ${this.#resources} 0 R>>`,
			tree
		);
	}

	#writeResources(fonts: readonly EmbeddedFont[]): void {
		const fontEntries = fonts
			.filter(({ key }) => this.#used.fonts.has(key))
			.map((font) => `/${font.key} ${this.#font(font)} 0 R`);
		const objects = [
			...[...this.#forms].map(([name, id]) => `/${name} ${id} 0 R`),
			...[...this.#used.pictures].map((name) => {
				const dict = '/Type/XObject/Subtype/Form/BBox[0 0 1 1]';
				return `/P-${name} ${this.#stream(dict, pictureForm(name))} 0 R`;
			}),
			...[...this.#used.rasters].map(([raster, name]) => `/${name} ${this.#raster(raster)} 0 R`)
		];
		this.#object(
			`<</Font<<${fontEntries.join('')}>>/XObject<<${objects.join('')}>>>>`,
			this.#resources
		);
	}

	#raster({ columns, rows, bits }: Raster): number {
		const dict =
			`/Type/XObject/Subtype/Image/Width ${columns}/Height ${rows}` +
			'/ImageMask true/BitsPerComponent 1/Decode[1 0]';
		return this.#stream(dict, bits);
	}

	#font({ name, subset, toUnicode, widths, descriptor }: EmbeddedFont): number {
		const file = this.#stream(`/Length1 ${subset.length}`, subset);
		const map = this.#stream('', new TextEncoder().encode(toUnicode));
		const described = this.#object(`<<${descriptor}/FontFile2 ${file} 0 R>>`);
		const descendant = this.#object(
			`<</Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDToGIDMap/Identity/DW 0/W${widths}` +
				'/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>' +
				`/FontDescriptor ${described} 0 R>>`
		);
		return this.#object(
			`<</Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H` +
				`/DescendantFonts[${descendant} 0 R]/ToUnicode ${map} 0 R>>`
		);
	}
}

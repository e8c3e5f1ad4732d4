import type { Language } from '#lib/domain/kernel/languages.ts';
import { jsPDF } from 'jspdf';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import type { FontKey } from '../text/font-files.ts';
import type { EmbeddedFont } from './font-registry.ts';
import { bytesOf, byteString, utf16Hex } from './syntax.ts';

/** A stream of a PDF, a character a byte, with the entries of its dictionary. */
export interface PdfStream {
	readonly entries: Readonly<Record<string, string | number>>;
	readonly data: string;
}

/** The parts of a PDF. */
export interface PdfContent {
	readonly title: string;
	readonly locale: Language;
	/** Stands in the file as the day on which it was made. */
	readonly date: IsoDate;
	/** Of every page, in mm. */
	readonly size: { readonly w: number; readonly h: number };
	/** A content stream each, a character a byte. */
	readonly pages: readonly string[];
	/** The fonts that pages and forms name by their keys. */
	readonly fonts: readonly EmbeddedFont[];
	/** The images that pages and forms draw by name: these draw nothing by name themselves. */
	readonly images: ReadonlyMap<string, PdfStream>;
	/** The forms that pages draw by name, with fonts and images in them. */
	readonly forms: ReadonlyMap<string, PdfStream>;
}

/**
 * The parts of jsPDF that this file uses beside its public methods: how jsPDF's own plug-ins put
 * fonts and images into a document. No promise is made about it, so the version is pinned, no other
 * file imports jsPDF, and the test beside this file says what an upgrade took away.
 */
interface Inside {
	/** By page, from 1: the lines of its content stream. */
	readonly pages: string[][];
	readonly events: {
		subscribe(topic: string, handler: (event: { font: FontEntry }) => void): string;
		unsubscribe(token: string): boolean;
		/** By topic, its subscriptions by token. */
		getTopics(): Record<string, Record<string, unknown>>;
	};
	/** Begins an object, and returns its number. */
	newObject(): number;
	out(line: string): unknown;
	putStream(stream: {
		data: string;
		additionalKeyValues: { key: string; value: string | number }[];
		addLength1: boolean;
	}): void;
}

/** A row of jsPDF's table of fonts. */
interface FontEntry {
	readonly id: FontKey;
	objectNumber?: number;
	isAlreadyPutted?: boolean;
}

/**
 * Returns the PDF, written by jsPDF with what is ours handed in through its events. Streams are left
 * uncompressed. The same content makes the same bytes.
 */
export function makeDocument(content: PdfContent): Uint8Array<ArrayBuffer> {
	const doc = newDocument(content);
	const inside = doc.internal as unknown as Inside;
	content.pages.forEach((page, index) => {
		if (index > 0) doc.addPage();
		inside.pages[index + 1] = [page || noMarks];
	});
	leaveOutAnnotations(inside);
	const failures = handIn(inside, content);
	const title = utf16Hex(`\ufeff${content.title}`);
	doc.setDocumentProperties({ title, creator: 'Schoolsleutel' });
	// JsPDF tells its errors to the console alone.
	const pdf = doc.output() as string | undefined;
	if (failures.length > 0) throw failures[0];
	if (pdf === undefined) throw new Error('jsPDF wrote no document');
	const bytes = bytesOf(pdf);
	makeHexadecimal(bytes, pdf.lastIndexOf(`(${title})`), title.length);
	return bytes;
}

/** Returns a document of one page that says about itself what readers ask. */
function newDocument(content: PdfContent): jsPDF {
	const { locale, date, size, fonts } = content;
	const events = jsPDF.API.events as [topic: string, handler: (table: FontTable) => void][];
	events.push(['addFonts', (table) => listFonts(table, fonts)]);
	let doc: jsPDF;
	try {
		// Two decimals, as everything else on the page.
		doc = new jsPDF({ unit: 'mm', format: [size.w, size.h], floatPrecision: 2 });
	} finally {
		// The list is that of all documents.
		events.pop();
	}
	(doc as unknown as { __private__: Private }).__private__.setPdfVersion('1.7');
	const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
	return doc
		.setCreationDate(new Date(year, month - 1, day))
		.setFileId(fileId(content))
		.setLanguage(locale)
		.viewerPreferences({ PrintScaling: 'None', DisplayDocTitle: true })
		.setDisplayMode(readersOwnZoom);
}

/** Of no bytes at all jsPDF would make no stream. */
const noMarks = '\n';

/** At 0 % a reader keeps its own zoom; jsPDF would otherwise ask for the width of the window. */
const readersOwnZoom = '0%';

interface Private {
	/** Has no public name; without it a document says that it is a PDF 1.3. */
	setPdfVersion(version: string): void;
}

interface FontTable {
	readonly fonts: Record<string, FontEntry>;
}

/** Puts our fonts in the place of the fourteen that every reader has. */
function listFonts({ fonts }: FontTable, embedded: readonly EmbeddedFont[]): void {
	for (const id of Object.keys(fonts)) Reflect.deleteProperty(fonts, id);
	for (const { key } of embedded) fonts[key] = { id: key };
}

/** jsPDF's plug-in for annotations looks up each page among all, which for thousands takes long. */
function leaveOutAnnotations({ events }: Inside): void {
	for (const token of Object.keys(events.getTopics()['putPage'] ?? {})) events.unsubscribe(token);
}

/**
 * Subscribes what writes our fonts, images and forms. Returns what was thrown in it, filled while the
 * document is put out, because jsPDF swallows that too.
 */
function handIn(inside: Inside, { fonts, images, forms }: PdfContent): unknown[] {
	const failures: unknown[] = [];
	const on = (topic: string, handler: (event: { font: FontEntry }) => void) => {
		inside.events.subscribe(topic, (event) => {
			try {
				handler(event);
			} catch (error) {
				failures.push(error);
			}
		});
	};
	const fontNames: string[] = [];
	const objectNames: string[] = [];
	on('putFont', ({ font }) => {
		const embedded = fonts.find(({ key }) => key === font.id);
		if (!embedded) throw new Error(`${font.id} is none of our fonts`);
		// Also where it fails: jsPDF would go on to write it as one of its own.
		font.isAlreadyPutted = true;
		font.objectNumber = writeFont(inside, embedded);
		fontNames.push(`/${font.id} ${font.objectNumber} 0 R`);
	});
	on('putResources', () => {
		for (const [name, image] of images) {
			objectNames.push(`/${name} ${writeStream(inside, image)} 0 R`);
		}
		// jsPDF writes those of the pages later, and tells nobody their number.
		const resources = writeDictionary(
			inside,
			`/Font<<${fontNames.join('')}>>/XObject<<${objectNames.join('')}>>`
		);
		for (const [name, { entries, data }] of forms) {
			const form = { entries: { ...entries, Resources: `${resources} 0 R` }, data };
			objectNames.push(`/${name} ${writeStream(inside, form)} 0 R`);
		}
	});
	on('putXobjectDict', () => {
		for (const name of objectNames) inside.out(name);
	});
	return failures;
}

function writeFont(inside: Inside, font: EmbeddedFont): number {
	const { name, subset, toUnicode, widths, descriptor } = font;
	const file = writeStream(inside, { entries: {}, data: byteString(subset) }, true);
	const map = writeStream(inside, { entries: {}, data: toUnicode });
	const described = writeDictionary(inside, `${descriptor}/FontFile2 ${file} 0 R`);
	const descendant = writeDictionary(
		inside,
		`/Type/Font/Subtype/CIDFontType2/BaseFont/${name}/CIDToGIDMap/Identity/DW 0/W${widths}` +
			'/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>' +
			`/FontDescriptor ${described} 0 R`
	);
	return writeDictionary(
		inside,
		`/Type/Font/Subtype/Type0/BaseFont/${name}/Encoding/Identity-H` +
			`/DescendantFonts[${descendant} 0 R]/ToUnicode ${map} 0 R`
	);
}

function writeDictionary(inside: Inside, entries: string): number {
	const number = inside.newObject();
	inside.out(`<<${entries}>>`);
	inside.out('endobj');
	return number;
}

function writeStream(inside: Inside, { entries, data }: PdfStream, addLength1 = false): number {
	const number = inside.newObject();
	inside.putStream({
		data: data || noMarks,
		additionalKeyValues: Object.entries(entries).map(([key, value]) => ({ key, value })),
		addLength1
	});
	inside.out('endobj');
	return number;
}

/** Returns 32 hexadecimal digits: FNV-1a of what tells this file from another, four times. */
function fileId({ title, date, pages }: PdfContent): string {
	const about = `${title} ${date} ${pages.map(({ length }) => length).join(' ')}`;
	return [0, 1, 2, 3]
		.map((seed) => {
			let hash = 0x811c9dc5 ^ seed;
			for (let i = 0; i < about.length; i++) {
				hash = Math.imul(hash ^ about.charCodeAt(i), 0x01000193);
			}
			return (hash >>> 0).toString(16).padStart(8, '0');
		})
		.join('');
}

/**
 * Makes the brackets of a literal string of digits those of a hexadecimal one. jsPDF knows only literal
 * strings, in which it leaves bare the carriage return that UTF-16 has in `č` (01 0D), and which readers
 * take for a line feed.
 */
function makeHexadecimal(pdf: Uint8Array, start: number, digits: number): void {
	if (start < 0) throw new Error('jsPDF wrote no title');
	pdf[start] = 0x3c;
	pdf[start + digits + 1] = 0x3e;
}

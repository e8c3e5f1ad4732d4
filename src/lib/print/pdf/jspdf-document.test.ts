import { readFileSync } from 'node:fs';
import { jsPDF } from 'jspdf';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it, vi } from 'vitest';
import { allLanguages } from '#lib/domain/kernel/languages.ts';
import type { EmbeddedFont } from './font-registry.ts';
import { makeDocument, type PdfContent } from './jspdf-document.ts';

const font: EmbeddedFont = {
	key: 'latin-regular',
	name: 'LATINR+Noto-latin-regular',
	subset: Uint8Array.of(0, 13, 10, 255),
	toUnicode: 'begincmap endcmap',
	widths: '[0[0]]',
	descriptor: '/Type/FontDescriptor/FontName/LATINR+Noto-latin-regular/Flags 4'
};

const content: PdfContent = {
	title: 'Brieven',
	locale: 'nl',
	date: '2026-11-21',
	size: { w: 210, h: 297 },
	pages: ['0 0 10 10 re f\n', '/letter Do\n'],
	fonts: [font],
	images: new Map([['P-cat', { entries: { Subtype: '/Form', BBox: '[0 0 1 1]' }, data: 'n' }]]),
	forms: new Map([['letter', { entries: { Subtype: '/Form', BBox: '[0 0 9 9]' }, data: 'n' }]])
};

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

async function read(bytes: Uint8Array) {
	const loading = getDocument({ data: Uint8Array.from(bytes), stopAtErrors: true, verbosity: 0 });
	const document = await loading.promise;
	const { info } = await document.getMetadata();
	const page = await document.getPage(document.numPages);
	const read = {
		pages: document.numPages,
		view: page.view,
		operators: (await page.getOperatorList()).fnArray.length,
		preferences: Object.fromEntries(
			(await document.getViewerPreferences()) as unknown as Map<string, unknown>
		),
		opens: JSON.stringify([
			...((await document.getOpenAction()) as unknown as Map<string, unknown>)
		]),
		info: info as Record<string, unknown>
	};
	await loading.destroy();
	return read;
}

describe('jsPDF still has inside', () => {
	const doc = new jsPDF();

	it.each(allLanguages)('says that it is in %s, which jsPDF knows', async (locale) => {
		const { info } = await read(makeDocument({ ...content, locale }));
		expect(info).toMatchObject({ Language: locale });
	});

	it('the version that this was written for, and no later one by itself', () => {
		const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
			devDependencies: Record<string, string>;
		};
		expect(devDependencies['jspdf']).toBe(jsPDF.version);
	});

	it.each(['newObject', 'out', 'putStream'])('internal.%s', (name) => {
		expect(doc.internal).toHaveProperty(name, expect.any(Function));
	});

	it('events to subscribe to, also for all documents at once', () => {
		expect(doc.internal.events).toHaveProperty('subscribe', expect.any(Function));
		expect(jsPDF.API.events).toBeInstanceOf(Array);
	});

	it('its annotations alone waiting for each page, which are let go', () => {
		const { events } = doc.internal;
		const [token = '', ...others] = Object.keys(events.getTopics()['putPage'] ?? {});
		expect(others).toEqual([]);
		expect(events.unsubscribe(token)).toBe(true);
	});

	it('pages as lines of their content, from 1', () => {
		expect(doc.internal.pages[1]).toEqual(expect.arrayContaining([expect.any(String)]));
		doc.internal.pages[1] = ['% ours'] as never;
		expect(doc.output()).toContain('stream\n% ours\nendstream');
	});

	it('a way to say the version of PDF', () => {
		expect(doc).toHaveProperty('__private__.setPdfVersion', expect.any(Function));
	});

	it('an event for each that is ours to write, in the order in which it is needed', () => {
		const seen: string[] = [];
		const watched = new jsPDF();
		for (const topic of ['putFont', 'putResources', 'putXobjectDict']) {
			watched.internal.events.subscribe(topic, () => {
				if (seen.at(-1) !== topic) seen.push(topic);
			});
		}
		watched.output();
		expect(seen).toEqual(['putFont', 'putResources', 'putXobjectDict']);
	});
});

describe('makeDocument', () => {
	it('makes what another program opens, with its pages and what they draw', async () => {
		const { pages, view, operators, preferences, opens, info } = await read(makeDocument(content));
		expect(pages).toBe(2);
		expect(view).toEqual([0, 0, 595.28, 841.89]);
		expect(operators).toBeGreaterThan(2);
		expect(preferences).toEqual({ DisplayDocTitle: true, PrintScaling: 'None' });
		// At the first page, where and as large as the reader likes.
		expect(opens).toContain('{"name":"XYZ"},null,null,0]');
		expect(info).toMatchObject({ PDFFormatVersion: '1.7', Language: 'nl', Title: 'Brieven' });
	});

	it.each(['Klas čŘ', 'محمد بن عبد الله', '(5A) \\ \r\n x)', '🦊 മലയാളം', 'a'.repeat(300)])(
		'keeps the title %j',
		async (title) => {
			const { info } = await read(makeDocument({ ...content, title }));
			expect(info['Title']).toBe(title);
		}
	);

	it('writes our fonts, and none of the fourteen that jsPDF has', () => {
		const pdf = latin1(makeDocument(content));
		expect(pdf.match(/\/BaseFont\/\S+?(?=\/)/g)).toEqual(
			Array(2).fill('/BaseFont/LATINR+Noto-latin-regular')
		);
		expect(pdf).not.toContain('Helvetica');
		expect(pdf).toContain('/Length 4\n/Length1 4\n>>\nstream\n\x00\r\n\xff\nendstream');
	});

	it('leaves jsPDF to others as it was', () => {
		const before = jsPDF.API.events.length;
		makeDocument(content);
		expect(jsPDF.API.events).toHaveLength(before);
		expect(new jsPDF().getFontList()).toHaveProperty('helvetica');
	});

	it('makes the same bytes of the same content, and another id of another', () => {
		const ids = (made: PdfContent) => /\/ID \[ <(\w+)>/.exec(latin1(makeDocument(made)))?.[1];
		expect(makeDocument(content)).toEqual(makeDocument(content));
		expect(ids(content)).toMatch(/^[0-9A-F]{32}$/);
		expect(ids({ ...content, title: 'Stickers' })).not.toBe(ids(content));
		expect(ids({ ...content, pages: ['n\n'] })).not.toBe(ids(content));
	});

	it.each(['2026-11-21', '2026-03-29', '2041-02-03'] as const)('was made on %s', async (date) => {
		const { info } = await read(makeDocument({ ...content, date }));
		expect(info['CreationDate']).toContain(`D:${date.replaceAll('-', '')}000000`);
	});

	it('makes a stream also of nothing', async () => {
		const pdf = makeDocument({ ...content, pages: [''] });
		expect((await read(pdf)).pages).toBe(1);
		expect(latin1(pdf).match(/^stream$/gm)).toHaveLength(5);
	});
});

describe('what goes wrong while a document is written is thrown', () => {
	const fault = new Error('no such glyph');
	const fails = () => {
		throw fault;
	};

	it.each<[string, Partial<PdfContent>]>([
		['a font', { fonts: [Object.defineProperty({ ...font }, 'subset', { get: fails })] }],
		['an image', { images: Object.assign(new Map(), { [Symbol.iterator]: fails }) }],
		['a form', { forms: Object.assign(new Map(), { [Symbol.iterator]: fails }) }]
	])('in an event: %s', (_, part) => {
		expect(() => makeDocument({ ...content, ...part })).toThrow(fault);
	});

	it('and in jsPDF itself, which tells only the console what it was', () => {
		const told = vi.spyOn(console, 'error').mockReturnValue();
		const page = { toString: fails } as unknown as string;
		expect(() => makeDocument({ ...content, pages: [page] })).toThrow('jsPDF wrote no document');
		expect(told).toHaveBeenCalledWith(expect.stringContaining(fault.message), fault);
		told.mockRestore();
	});
});

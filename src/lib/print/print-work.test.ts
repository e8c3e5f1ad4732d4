import { describe, expect, it, vi } from 'vitest';
import { createPrinter } from './bridge.ts';
import { CannotPrint, type Paper, type PaperJob, type SeenPaper } from './paper.ts';
import { pdfOfPages } from './pdf/pages.ts';
import { previewOf } from './preview.ts';
import { PrintWork, type AnyPapers } from './print-work.ts';
import type { PrintReply, PrintRequest } from './request.ts';
import { nodeAssets } from './testing/node-assets.ts';
import { TextEngine } from './text/engine.ts';

interface NamesJob extends PaperJob {
	readonly names: readonly string[];
}

const at = { locale: 'nl', date: '2026-11-21', offset: { x: 0, y: 0 } } as const;

const of = (...names: string[]): NamesJob => ({ locale: 'nl', names });

/** A page a name, empty. */
const nameList: SeenPaper<NamesJob, { readonly page: number }> = {
	make: (engine, { names }, report) => {
		names.forEach((_, index) => report({ done: index + 1, total: names.length }));
		const pages = names.map(() => []);
		return { fileName: `${names.join(' ')}.pdf`, blob: pdfOfPages(engine, at, 'Namen', pages) };
	},
	preview: (engine, { names }, { page }) => ({
		...previewOf(engine, [], at.offset, names.length),
		items: [{ kind: 'picture', name: names[page] ?? '', x: 0, y: 0, w: 1, h: 1 }]
	})
};

const endless: Paper<NamesJob> = {
	make: (_engine, { names: [pupilName = ''] }) => {
		throw new CannotPrint({ code: 'sheetTooSmall', sheetId: 'A4', pupilName });
	}
};

const broken: Paper<PaperJob> = {
	make: () => {
		throw new Error('a bug');
	}
};

const papers = { nameList, endless, broken };

/** A worker that does its work in this process; what crosses to it is text. */
class WorkerHere {
	onmessage: ((event: { data: PrintReply }) => void) | null = null;
	readonly #work: PrintWork;

	constructor(made: AnyPapers, start: () => Promise<TextEngine>) {
		this.#work = new PrintWork(made, start);
	}

	postMessage(request: string): void {
		const tell = (data: PrintReply) => this.onmessage?.({ data });
		void this.#work.answer(JSON.parse(request) as PrintRequest, tell).then(tell);
	}

	terminate(): void {
		this.onmessage = null;
	}
}

function setUp(start = vi.fn(() => TextEngine.start(nodeAssets))) {
	const worker = () => new WorkerHere(papers, start) as unknown as Worker;
	return { printer: createPrinter<typeof papers>(worker), start };
}

describe('a paper that is registered', () => {
	it('is made by its name alone, and tells how far it is', async () => {
		const { printer } = setUp();
		const onProgress = vi.fn();
		const made = await printer.make('nameList', of('An', 'Bo'), { onProgress });
		expect(made).toMatchObject({ ok: true, value: { fileName: 'An Bo.pdf' } });
		const pdf = made.ok ? await made.value.blob.text() : '';
		expect(pdf.slice(0, 5)).toBe('%PDF-');
		expect(onProgress).toHaveBeenLastCalledWith({ done: 2, total: 2 });
		printer.dispose();
	});

	it('is looked at by its name alone, page by page', async () => {
		const { printer } = setUp();
		const seen = await printer.preview('nameList', of('An', 'Bo'), { page: 1 });
		expect(seen).toMatchObject({ ok: true, value: { pageCount: 2, items: [{ name: 'Bo' }] } });
		printer.dispose();
	});

	it('says what does not fit, and the engine that it was made with stays', async () => {
		const { printer, start } = setUp();
		const made = await printer.make('endless', of('An'));
		const failure = { code: 'sheetTooSmall', sheetId: 'A4', pupilName: 'An' };
		expect(made).toEqual({ ok: false, refusal: failure });
		await printer.make('nameList', of());
		expect(start).toHaveBeenCalledOnce();
		printer.dispose();
	});

	it('is made once the words of its language are there', async () => {
		const speak = vi.fn(() => Promise.reject(new TypeError('Failed to fetch')));
		const work = new PrintWork(papers, () => TextEngine.start(nodeAssets), speak);
		const request = { ask: 'make', paper: 'nameList', job: of('An') } as const;
		expect(await work.answer(request, () => undefined)).toMatchObject({ reply: 'refused' });
		expect(speak).toHaveBeenCalledWith('nl');
	});

	it('that breaks is told as failed, and the next starts another engine', async () => {
		const { printer, start } = setUp();
		const failure = { code: 'failed', detail: 'Error: a bug' };
		expect(await printer.make('broken', { locale: 'nl' })).toEqual({ ok: false, refusal: failure });
		expect(await printer.make('nameList', of())).toMatchObject({ ok: true });
		expect(start).toHaveBeenCalledTimes(2);
		printer.dispose();
	});
});

it.each([
	['no paper', { ask: 'make', paper: 'toString', job: of() }],
	['no preview', { ask: 'preview', paper: 'endless', job: of(), page: null }]
] as const)('a request for %s of that name is refused', async (detail, request) => {
	const work = new PrintWork(papers, () => TextEngine.start(nodeAssets));
	const answer = await work.answer(request, () => undefined);
	expect(answer).toMatchObject({ reply: 'refused', failure: { code: 'failed' } });
	expect(JSON.stringify(answer)).toContain(detail);
});

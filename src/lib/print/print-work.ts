import type { Language } from '#lib/domain/kernel/languages.ts';
import {
	CannotPrint,
	type Paper,
	type PreviewPage,
	type PrintedFile,
	type PrintFailure,
	type Report,
	type SeenPaper
} from './paper.ts';
import type { PrintReply, PrintRequest } from './request.ts';
import type { TextEngine } from './text/engine.ts';

/** Papers by name, whatever each is made from: the bridge holds a request to its paper's types. */
export type AnyPapers = Readonly<Record<string, Paper<never> | SeenPaper<never, never>>>;

/** Progress more often than this is not seen, and costs. */
const betweenReports = 50;

/** The work of the print room: finds the paper that is asked for by its name, and makes or draws it. */
export class PrintWork {
	readonly #papers: AnyPapers;
	readonly #start: () => Promise<TextEngine>;
	readonly #speak: (language: Language) => Promise<void>;
	#engine: Promise<TextEngine> | null = null;

	/**
	 * @param start starts the engine, at the first request
	 * @param speak loads the words of a language, where they are not all there anyhow
	 */
	constructor(
		papers: AnyPapers,
		start: () => Promise<TextEngine>,
		speak: (language: Language) => Promise<void> = () => Promise.resolve()
	) {
		this.#papers = papers;
		this.#start = start;
		this.#speak = speak;
	}

	/** Never rejects. `tell` hears how far it is meanwhile. */
	async answer(request: PrintRequest, tell: (reply: PrintReply) => void): Promise<PrintReply> {
		try {
			this.#engine ??= this.#start();
			await this.#speak(request.job.locale);
			const report = seldom((progress) => tell({ reply: 'progress', progress }));
			return { reply: 'done', value: await this.#work(await this.#engine, request, report) };
		} catch (error) {
			// A start that failed for want of a file may succeed later.
			if (!(error instanceof CannotPrint)) this.#engine = null;
			return { reply: 'refused', failure: failureOf(error) };
		}
	}

	#work(
		engine: TextEngine,
		request: PrintRequest,
		report: Report
	): PrintedFile | PreviewPage | Promise<PrintedFile | PreviewPage> {
		const paper = Object.hasOwn(this.#papers, request.paper) && this.#papers[request.paper];
		if (!paper) throw new Error(`no paper ${request.paper}`);
		const job = request.job as never;
		if (request.ask === 'make') return paper.make(engine, job, report);
		if (!('preview' in paper)) throw new Error(`no preview of ${request.paper}`);
		return paper.preview(engine, job, request.page as never);
	}
}

function failureOf(error: unknown): PrintFailure {
	return error instanceof CannotPrint ? error.failure : { code: 'failed', detail: String(error) };
}

/** The first, the last, and what lies far enough from the one before. */
function seldom(report: Report): Report {
	let last = -Infinity;
	return (progress) => {
		const now = performance.now();
		if (now - last < betweenReports && progress.done < progress.total) return;
		last = now;
		report(progress);
	};
}

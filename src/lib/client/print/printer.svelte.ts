import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { Printer, PrintOptions } from '#lib/print/bridge.ts';
import type { PreviewPage, PrintFailure, PrintProgress } from '#lib/print/paper.ts';
import type { Papers } from '#lib/print/papers/registry.ts';
import type { JobOf, PageOf, PaperName, SeenName } from '#lib/print/request.ts';
import { saveFile } from '../browser/save-file.ts';
import { DeskKey } from '../session/desk-state.ts';
import { startPrintWorker } from './start-worker.ts';

/** Makes papers in a worker, whichever they are, and hands each to the browser as a file. */
export class PaperPrinter {
	#printer: Printer | null = null;
	#abort: AbortController | null = null;
	#progress = $state.raw<PrintProgress | null>(null);
	#disposed = false;

	/** How far the paper that is shown being made is; null when there is none. */
	get progress(): PrintProgress | null {
		return this.#progress;
	}

	/** *Annuleren*: ends what `showing` shows. */
	cancel(): void {
		this.#abort?.abort();
	}

	/**
	 * Makes a paper, and hands its file to the browser.
	 * @param options of `showing`, for what takes long
	 */
	async save<Name extends PaperName<Papers>>(
		paper: Name,
		job: JobOf<Papers, Name>,
		options?: PrintOptions
	): Promise<Result<void, PrintFailure>> {
		const printer = await this.#open();
		const made = printer ? await printer.make(paper, job, options) : cancelled;
		if (!made.ok) return made;
		saveFile(made.value.blob, made.value.fileName);
		return ok(undefined);
	}

	/** Returns one page of a paper as it would be printed. */
	async preview<Name extends SeenName<Papers>>(
		paper: Name,
		job: JobOf<Papers, Name>,
		page: PageOf<Papers, Name>,
		signal: AbortSignal
	): Promise<Result<PreviewPage, PrintFailure>> {
		const printer = await this.#open();
		return printer ? printer.preview(paper, job, page, { signal }) : cancelled;
	}

	/** Shows progress, and *Annuleren*, from before a paper's job is known until it is saved. */
	async showing<Value>(make: (options: PrintOptions) => Promise<Value>): Promise<Value> {
		const abort = new AbortController();
		this.#abort = abort;
		this.#progress = { done: 0, total: 0 };
		try {
			return await make({
				signal: abort.signal,
				onProgress: (progress) => (this.#progress = progress)
			});
		} finally {
			// Another may have begun meanwhile.
			if (this.#abort === abort) {
				this.#progress = null;
				this.#abort = null;
			}
		}
	}

	/** Ends what is being made. Nothing is made after it: its school may be locked by then. */
	dispose(): void {
		this.#disposed = true;
		this.cancel();
		this.#printer?.dispose();
	}

	/** Returns null once it was disposed of. */
	async #open(): Promise<Printer | null> {
		const { createPrinter } = await import('#lib/print/bridge.ts');
		if (this.#disposed) return null;
		return (this.#printer ??= createPrinter(startPrintWorker));
	}
}

const cancelled = refuse({ code: 'cancelled' } as const);

export const paperPrinter = new DeskKey(() => new PaperPrinter());

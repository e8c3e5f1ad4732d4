import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { PreviewPage, PrintedFile, PrintFailure, PrintProgress } from './paper.ts';
import type { Papers } from './papers/registry.ts';
import type { JobOf, PageOf, PaperName, PrintReply, PrintRequest, SeenName } from './request.ts';

export interface PrintOptions {
	/** Aborting ends the work at once; the answer is `cancelled`. */
	readonly signal?: AbortSignal;
	readonly onProgress?: (progress: PrintProgress) => void;
}

/**
 * The print room, seen from the page. Never throws and never rejects.
 * @typeParam Registry the papers that its worker knows
 */
export interface Printer<Registry = Papers> {
	/** Makes the file of a paper. */
	make<Name extends PaperName<Registry>>(
		paper: Name,
		job: JobOf<Registry, Name>,
		options?: PrintOptions
	): Promise<Result<PrintedFile, PrintFailure>>;
	/** Returns one page of a paper as it will be printed. */
	preview<Name extends SeenName<Registry>>(
		paper: Name,
		job: JobOf<Registry, Name>,
		page: PageOf<Registry, Name>,
		options?: PrintOptions
	): Promise<Result<PreviewPage, PrintFailure>>;
	/** Ends the worker; work that waits returns `cancelled`. */
	dispose(): void;
}

/** Milliseconds without work after which the worker is ended. */
const idleAfter = 10_000;

/**
 * @param workerFactory Starts `print.worker.ts` as a module worker. Handed in, because under Trusted
 * Types only the client's policy may make a worker's address.
 */
export function createPrinter<Registry = Papers>(workerFactory: () => Worker): Printer<Registry> {
	return new WorkerPrinter<Registry>(workerFactory);
}

interface Task {
	readonly request: PrintRequest;
	readonly options: PrintOptions;
	readonly settle: (answer: Result<PrintedFile | PreviewPage, PrintFailure>) => void;
}

/** One request at a time; a worker is started when needed, and ended to cancel or when idle. */
class WorkerPrinter<Registry> implements Printer<Registry> {
	readonly #start: () => Worker;
	readonly #waiting: Task[] = [];
	#worker: Worker | null = null;
	#current: Task | null = null;
	#idle: ReturnType<typeof setTimeout> | undefined;

	constructor(workerFactory: () => Worker) {
		this.#start = workerFactory;
	}

	make<Name extends PaperName<Registry>>(
		paper: Name,
		job: JobOf<Registry, Name>,
		options: PrintOptions = {}
	) {
		return this.#ask<PrintedFile>({ ask: 'make', paper, job }, options);
	}

	preview<Name extends SeenName<Registry>>(
		paper: Name,
		job: JobOf<Registry, Name>,
		page: PageOf<Registry, Name>,
		options: PrintOptions = {}
	) {
		return this.#ask<PreviewPage>({ ask: 'preview', paper, job, page }, options);
	}

	dispose(): void {
		const open = [...(this.#current ? [this.#current] : []), ...this.#waiting.splice(0)];
		this.#current = null;
		this.#stop();
		for (const task of open) task.settle(refuse({ code: 'cancelled' }));
	}

	#ask<Value>(request: PrintRequest, options: PrintOptions): Promise<Result<Value, PrintFailure>> {
		return new Promise((resolve) => {
			const { signal } = options;
			if (signal?.aborted) return resolve(refuse({ code: 'cancelled' }));
			const task: Task = {
				request,
				options,
				settle: (answer) => {
					signal?.removeEventListener('abort', cancel);
					resolve(answer as Result<Value, PrintFailure>);
				}
			};
			const cancel = () => this.#cancel(task);
			signal?.addEventListener('abort', cancel);
			this.#waiting.push(task);
			this.#next();
		});
	}

	#next(): void {
		if (this.#current) return;
		const task = this.#waiting.shift();
		clearTimeout(this.#idle);
		if (!task) {
			this.#idle = setTimeout(() => this.#stop(), idleAfter);
			return;
		}
		this.#current = task;
		try {
			this.#worker ??= this.#startWorker();
			// As text: a copy of five thousand cards as objects would hold up the page.
			this.#worker.postMessage(JSON.stringify(task.request));
		} catch (error) {
			this.#broken(String(error));
		}
	}

	#startWorker(): Worker {
		const worker = this.#start();
		worker.onmessage = ({ data }: MessageEvent<PrintReply>) => this.#heard(data);
		worker.onerror = (event) => this.#broken(event.message);
		worker.onmessageerror = () => this.#broken('messageerror');
		return worker;
	}

	#heard(reply: PrintReply): void {
		if (reply.reply === 'progress') this.#current?.options.onProgress?.(reply.progress);
		else this.#finish(reply.reply === 'done' ? ok(reply.value) : refuse(reply.failure));
	}

	#finish(answer: Result<PrintedFile | PreviewPage, PrintFailure>): void {
		const task = this.#current;
		this.#current = null;
		task?.settle(answer);
		this.#next();
	}

	/** A worker in the middle of synchronous work hears nothing: ending it is the only way. */
	#cancel(task: Task): void {
		const at = this.#waiting.indexOf(task);
		if (at >= 0) this.#waiting.splice(at, 1);
		if (this.#current !== task) return task.settle(refuse({ code: 'cancelled' }));
		this.#stop();
		this.#finish(refuse({ code: 'cancelled' }));
	}

	#broken(detail: string): void {
		this.#stop();
		this.#finish(refuse({ code: 'failed', detail }));
	}

	#stop(): void {
		clearTimeout(this.#idle);
		this.#worker?.terminate();
		this.#worker = null;
	}
}

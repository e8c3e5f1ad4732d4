import type { Roster } from '#lib/domain/import/roster.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { ColumnMapping } from '#lib/exchange/table/mapping.ts';
import type { ReadFiles, ReadProblem, RosterPart } from './work.ts';

export type ImportRequest =
	| { readonly ask: 'read'; readonly files: readonly File[] }
	| { readonly ask: 'roster'; readonly mappings: readonly (ColumnMapping | null)[] };

export type ImportReply =
	| { readonly reply: 'read'; readonly result: Result<ReadFiles, ReadProblem> }
	/** Any number of these, and then the end of the roster. */
	| { readonly reply: 'part'; readonly part: RosterPart }
	| { readonly reply: 'roster'; readonly format: string }
	| { readonly reply: 'failed'; readonly detail: string };

export type ReaderFailure =
	| ReadProblem
	| { readonly code: 'cancelled' }
	/** The worker ended by itself: out of memory, or a bug. */
	| { readonly code: 'failed'; readonly detail: string };

/** Reads roster files beside the page. Never rejects. */
export interface ImportReader {
	/** Reads the contents of these files. Aborting ends the work at once. */
	read(files: readonly File[], signal: AbortSignal): Promise<Result<ReadFiles, ReaderFailure>>;
	/** The people in the files last read; a null mapping leaves its table out. */
	roster(
		mappings: readonly (ColumnMapping | null)[],
		signal: AbortSignal
	): Promise<Result<Roster, ReaderFailure>>;
	/** Lets go of the files. */
	dispose(): void;
}

/** The tables stay in the worker, so that twenty thousand rows cross to the page only once, as people. */
export class WorkerImportReader implements ImportReader {
	readonly #start: () => Worker;
	#worker: Worker | null = null;
	#files: readonly File[] = [];

	/** @param start Starts `import.worker.ts`, through the client's Trusted Types policy. */
	constructor(start: () => Worker) {
		this.#start = start;
	}

	async read(
		files: readonly File[],
		signal: AbortSignal
	): Promise<Result<ReadFiles, ReaderFailure>> {
		this.dispose();
		this.#files = files;
		return this.#read(signal);
	}

	async roster(
		mappings: readonly (ColumnMapping | null)[],
		signal: AbortSignal
	): Promise<Result<Roster, ReaderFailure>> {
		if (!this.#worker) {
			// It was ended by a cancellation.
			const again = await this.#read(signal);
			if (!again.ok) return again;
		}
		const people = { pupils: [], guardians: [], staff: [] } as {
			-readonly [K in keyof RosterPart]: RosterPart[K][number][];
		};
		const reply = await this.#ask({ ask: 'roster', mappings }, signal, (part) => {
			people.pupils.push(...part.pupils);
			people.guardians.push(...part.guardians);
			people.staff.push(...part.staff);
		});
		if (!reply.ok) return reply;
		const { value } = reply;
		return value.reply === 'roster' ? ok({ format: value.format, ...people }) : failed(value.reply);
	}

	dispose(): void {
		this.#worker?.terminate();
		this.#worker = null;
		this.#files = [];
	}

	async #read(signal: AbortSignal): Promise<Result<ReadFiles, ReaderFailure>> {
		const reply = await this.#ask({ ask: 'read', files: this.#files }, signal);
		if (!reply.ok) return reply;
		return reply.value.reply === 'read' ? reply.value.result : failed(reply.value.reply);
	}

	#ask(
		request: ImportRequest,
		signal: AbortSignal,
		onPart: (part: RosterPart) => void = () => undefined
	): Promise<Result<ImportReply, ReaderFailure>> {
		return new Promise((resolve) => {
			const done = new AbortController();
			const end = (result: Result<ImportReply, ReaderFailure>): void => {
				done.abort();
				// A worker in the middle of its work hears nothing: ending it is the only way to stop it.
				if (!result.ok) this.#stop();
				resolve(result);
			};
			if (signal.aborted) return end(refuse({ code: 'cancelled' }));
			const options = { signal: done.signal };
			signal.addEventListener('abort', () => end(refuse({ code: 'cancelled' })), options);
			const worker = (this.#worker ??= this.#start());
			const hear = ({ data }: MessageEvent<ImportReply>): void => {
				if (data.reply === 'part') onPart(data.part);
				else end(data.reply === 'failed' ? failed(data.detail) : ok(data));
			};
			worker.addEventListener('message', hear, options);
			worker.addEventListener('error', ({ message }) => end(failed(message)), options);
			worker.postMessage(request);
		});
	}

	#stop(): void {
		this.#worker?.terminate();
		this.#worker = null;
	}
}

function failed(detail: string): Result<never, ReaderFailure> {
	return refuse({ code: 'failed', detail });
}

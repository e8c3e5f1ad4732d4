import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { PrintRun } from '#lib/domain/credentials/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { Printer } from '#lib/print/bridge.ts';
import type {
	PreviewPage,
	PreviewTarget,
	PrintFailure,
	PrintJob,
	PrintProgress
} from '#lib/print/paper.ts';
import type { VaultFailure } from '#lib/vault/disk/failure.ts';
import { cardsThatHold, isReprintable } from '../cards/reprint.ts';
import { saveFile } from '../browser/save-file.ts';
import { command, type Session } from '../session/session.svelte.ts';
import { startPrintWorker } from './start-worker.ts';

const mostOnAPage = 65;

export type CardPrintFailure =
	| PrintFailure
	| VaultFailure
	/** The passwords of this run are no longer shown, or were all renewed since. */
	| { readonly code: 'nothingToPrint' }
	/** Whoever is signed in may not sign cards. */
	| { readonly code: 'mayNotSign' };

/** Makes papers in a worker, and hands them to the browser as one file. */
export class CardPrinter {
	readonly #session: Session;
	#printer: Printer | null = null;
	#abort: AbortController | null = null;
	#progress = $state.raw<PrintProgress | null>(null);

	constructor(session: Session) {
		this.#session = session;
	}

	/** How far the print under way is; null when there is none. */
	get progress(): PrintProgress | null {
		return this.#progress;
	}

	/** *Annuleren*: the passwords hold, and can be printed again. */
	cancel(): void {
		this.#abort?.abort();
	}

	/** Whether a run's passwords can still be shown. */
	canPrintAgain(run: PrintRun): boolean {
		return isReprintable(run.madeAt) && cardsThatHold(this.#session.state, run.id).length > 0;
	}

	/** Prints the cards of a run that still hold, and notes that they were handed over. */
	async print(runId: Id): Promise<Result<{ readonly cards: number }, CardPrintFailure>> {
		return this.#working(async (signal) => {
			const job = await this.#job(runId);
			if (!job.ok) return job;
			const onProgress = (progress: PrintProgress) => (this.#progress = progress);
			const made = await (await this.#bridge()).print(job.value, { signal, onProgress });
			if (!made.ok) return made;
			saveFile(made.value.blob, made.value.fileName);
			await this.#session.commit([command('print.saved@1', { printRunId: runId })]);
			return ok({ cards: job.value.cards.length });
		});
	}

	/**
	 * Prints letters with the passwords that the school issued, of those accounts of which they are
	 * still kept.
	 * @param title names the file
	 */
	async printLetters(
		accountIds: readonly Id[],
		title: string
	): Promise<Result<{ readonly letters: number }, CardPrintFailure>> {
		return this.#working(async (signal) => {
			const { letterJob } = await import('../accounts/account-letters.ts');
			const job = await letterJob(this.#session, accountIds, title);
			if (!job.ok) return job;
			const onProgress = (progress: PrintProgress) => (this.#progress = progress);
			const made = await (await this.#bridge()).accountLetters(job.value, { signal, onProgress });
			if (!made.ok) return made;
			saveFile(made.value.blob, made.value.fileName);
			return ok({ letters: job.value.letters.length });
		});
	}

	/** The first page as it would be printed. The cards' QR texts need no signature yet. */
	async preview(
		cards: readonly CardContent[],
		target: PreviewTarget,
		signal: AbortSignal
	): Promise<Result<PreviewPage, PrintFailure>> {
		// One page never holds more; and a preview of thousands need not cross to the worker.
		const { printJob } = await import('../cards/print-choice.ts');
		const job = printJob(this.#session, cards.slice(0, mostOnAPage), '');
		return (await this.#bridge()).preview(job, target, 0, { signal });
	}

	/** A page (from 0) of a class overview as it would be printed. */
	async previewOverview(
		groupId: Id,
		page: number,
		signal: AbortSignal
	): Promise<Result<PreviewPage, CardPrintFailure>> {
		const { overviewJob } = await import('../cards/class-overview.ts');
		const job = await overviewJob(this.#session, groupId);
		return job.ok ? (await this.#bridge()).overviewPreview(job.value, page, { signal }) : job;
	}

	/** *Klasoverzicht met kaarten*: hands the PDF to the browser. */
	async saveOverview(groupId: Id): Promise<Result<void, CardPrintFailure>> {
		const { overviewJob } = await import('../cards/class-overview.ts');
		const job = await overviewJob(this.#session, groupId);
		if (!job.ok) return job;
		const made = await (await this.#bridge()).overview(job.value);
		if (!made.ok) return made;
		saveFile(made.value.blob, made.value.fileName);
		return ok(undefined);
	}

	/** *Testpagina*: hands a calibration page for a sheet to the browser. */
	async calibrate(sheetId: string): Promise<Result<void, PrintFailure>> {
		const { today: date, preferences } = this.#session;
		const { locale, print } = preferences;
		const job = { sheetId, locale, date, offset: print.offset };
		const made = await (await this.#bridge()).calibration(job);
		if (!made.ok) return made;
		saveFile(made.value.blob, made.value.fileName);
		return ok(undefined);
	}

	dispose(): void {
		this.#printer?.dispose();
	}

	/** Shows progress, and *Annuleren*, while something is made. */
	async #working<Value>(make: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
		this.#progress = { stage: 'start', done: 0, total: 0 };
		this.#abort = new AbortController();
		try {
			return await make(this.#abort.signal);
		} finally {
			this.#progress = null;
			this.#abort = null;
		}
	}

	async #bridge(): Promise<Printer> {
		const { createPrinter } = await import('#lib/print/bridge.ts');
		return (this.#printer ??= createPrinter(startPrintWorker));
	}

	async #job(runId: Id): Promise<Result<PrintJob, CardPrintFailure>> {
		const run = this.#session.state.get('printRun', runId);
		if (!run || !this.canPrintAgain(run)) return refuse({ code: 'nothingToPrint' });
		const { printRunJob } = await import('../cards/print-run-job.ts');
		return printRunJob(this.#session, run);
	}
}

import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { PrintFailure } from '#lib/print/paper.ts';
import type { CardsJob } from '#lib/print/papers/cards.ts';
import type { VaultFailure } from '#lib/vault/disk/failure.ts';
import type { PaperPrinter } from '../print/printer.svelte.ts';
import { command, type Session } from '../session/session.svelte.ts';
import { canPrintAgain } from './reprint.ts';

export type CardPrintFailure =
	| PrintFailure
	| VaultFailure
	/** The passwords of this run are no longer shown, or were all renewed since. */
	| { readonly code: 'nothingToPrint' }
	/** The account that is signed in may not sign cards. */
	| { readonly code: 'mayNotSign' };

/** Prints the cards of a run that still hold, and notes that they were handed over. */
export async function printRun(
	session: Session,
	printer: PaperPrinter,
	runId: Id
): Promise<Result<{ readonly cards: number }, CardPrintFailure>> {
	return printer.showing(async (options) => {
		const job = await jobOf(session, runId);
		if (!job.ok) return job;
		const saved = await printer.save('cards', job.value, options);
		if (!saved.ok) return saved;
		await session.commit([command('print.saved@1', { printRunId: runId })]);
		return ok({ cards: job.value.cards.length });
	});
}

async function jobOf(session: Session, runId: Id): Promise<Result<CardsJob, CardPrintFailure>> {
	const run = session.state.get('printRun', runId);
	if (!run || !canPrintAgain(session.state, run)) return refuse({ code: 'nothingToPrint' });
	const { printRunJob } = await import('./print-run-job.ts');
	return printRunJob(session, run);
}

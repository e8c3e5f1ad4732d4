import { newId } from '#lib/crypto/random.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, type Result } from '#lib/domain/kernel/result.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import { failureText } from '../session/failure-text.ts';
import { command, type Command, type Session } from '../session/session.svelte.ts';
import { showDone } from '../session/undo.ts';
import type { PaperPrinter } from '../print/printer.svelte.ts';
import { printRun, type CardPrintFailure } from './print-run.ts';

export interface CardsToIssue {
	/** The name of the selection; names the zip. */
	readonly title: string;
	/** One per card, all for this print run. */
	readonly commands: (printRunId: Id) => readonly Command[];
	/** Said when the cards are in the downloads. */
	readonly done: (count: number) => string;
}

/**
 * *Bewaren en afdrukken*: keeps the new passwords first and then prints them, so that nothing on
 * paper is ever untrue. Whatever becomes of the printing, the run can be printed again for a day.
 * Says in a toast what came of that.
 */
export async function issueCards(
	session: Session,
	printer: PaperPrinter,
	{ title, commands, done }: CardsToIssue
): Promise<Result<void, CommitFailure>> {
	const printRunId = newId();
	const issuing = commands(printRunId);
	const start = command('print.start@1', { printRunId, title, cardCount: issuing.length });
	const kept = await session.commit([start, ...issuing]);
	if (!kept.ok) return kept;
	const printed = await printRun(session, printer, printRunId);
	if (printed.ok) showDone(session, done(printed.value.cards), kept.value.batch);
	else session.toasts.show(printFailureText(printed.refusal), { tone: 'warn' });
	return ok(undefined);
}

/** Why the papers were not made, and what to do. */
export function printFailureText(failure: CardPrintFailure): string {
	switch (failure.code) {
		case 'cancelled':
			return m.print_cancelled();
		case 'sheetTooSmall':
			return m.print_sheet_too_small({ sheet: failure.sheetId, name: failure.pupilName });
		case 'nothingToPrint':
			return m.print_nothing_to_print();
		case 'mayNotSign':
			return m.print_may_not_sign();
		case 'failed':
			return m.print_failed();
		default:
			return failureText(failure);
	}
}

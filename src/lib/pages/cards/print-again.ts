import type { PaperPrinter } from '#lib/client/print/printer.svelte.ts';
import { printRun } from '#lib/client/cards/print-run.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** *Opnieuw afdrukken*, with a toast that says what came of it. */
export async function printAgain(
	session: Session,
	printer: PaperPrinter,
	runId: Id
): Promise<void> {
	const { toasts } = session;
	const printed = await printRun(session, printer, runId);
	if (printed.ok) {
		toasts.show(m.print_run_printed({ count: printed.value.cards }), { tone: 'success' });
		return;
	}
	const { printFailureText } = await import('#lib/client/cards/issue-cards.ts');
	toasts.show(printFailureText(printed.refusal), { tone: 'warn' });
}

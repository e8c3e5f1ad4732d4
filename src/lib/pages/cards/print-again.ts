import type { CardPrinter } from '#lib/client/print/printer.svelte.ts';
import { printFailureText } from '#lib/client/cards/issue-cards.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** *Opnieuw afdrukken*, with a toast that says what came of it. */
export async function printAgain(
	{ toasts }: Session,
	printer: CardPrinter,
	runId: Id
): Promise<void> {
	const printed = await printer.print(runId);
	if (printed.ok) {
		toasts.show(m.print_run_printed({ count: printed.value.cards }), { tone: 'success' });
	} else toasts.show(printFailureText(printed.refusal), { tone: 'warn' });
}

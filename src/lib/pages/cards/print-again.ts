import type { CardPrinter } from '#lib/client/card-printer.svelte.ts';
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
		return;
	}
	const { printFailureText } = await import('#lib/client/issue-cards.ts');
	toasts.show(printFailureText(printed.refusal), { tone: 'warn' });
}

import type { Id } from '#lib/domain/records.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { failureText } from './failure-text.ts';
import { command, type Session } from './session.svelte.ts';

/**
 * Takes a batch back as far as nothing overtook it, and says in a toast what came of it.
 *
 * @param madeBy whose batch it is
 */
export async function undoBatch(session: Session, batch: Id, madeBy: Id): Promise<void> {
	const { undoPlan } = await import('#lib/domain/history/undo-plan.ts');
	await session.loadHistory();
	const plan = undoPlan(session.state, batch, madeBy);
	const { toasts } = session;
	if (plan.length === 0) {
		toasts.show(m.desk_undo_overtaken(), { tone: 'warn' });
		return;
	}
	const done = await session.commit(plan.map((args) => command('change.undo@1', args)));
	if (!done.ok) {
		toasts.show(failureText(done.refusal), { tone: 'danger' });
		return;
	}
	const left = new Set(plan.flatMap(({ except }) => except)).size;
	toasts.show(
		left > 0 ? m.desk_undone_but({ count: left, number: formatNumber(left) }) : m.desk_undone(),
		{
			tone: left > 0 ? 'warn' : 'success'
		}
	);
}

/** A toast that says what was done here just now, with *Ongedaan maken*. */
export function showDone(session: Session, text: string, batch: Id): void {
	session.toasts.show(text, {
		tone: 'success',
		action: {
			label: m.desk_undo(),
			run: () => void undoBatch(session, batch, session.vault.accountId)
		}
	});
}

import type { UndoOutcome } from '#lib/domain/history/undo-plan.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { failureText } from './failure-text.ts';
import { command, type Session } from './session.svelte.ts';

/**
 * Takes a batch back as far as nothing overtook it, and says in a toast what came of it. Says first how
 * many printed cards become worthless where it is an import.
 *
 * @param madeBy whose batch it is
 */
export async function undoBatch(
	session: Session,
	batch: Id,
	madeBy: Id,
	isSure = false
): Promise<void> {
	const { undoOutcome } = await import('#lib/domain/history/undo-plan.ts');
	await session.loadHistory();
	const outcome = undoOutcome(session.state, batch, madeBy);
	const { changes, revoked, ofImport } = outcome;
	const { toasts } = session;
	if (changes.length === 0) {
		toasts.show(m.app_undo_overtaken(), { tone: 'warn' });
		return;
	}
	if (ofImport && revoked.length > 0 && !isSure) {
		toasts.show(m.app_undo_cards(counted(revoked)), {
			tone: 'warn',
			action: {
				label: m.app_undo_anyway(),
				run: () => void undoBatch(session, batch, madeBy, true)
			}
		});
		return;
	}
	const done = await session.commit(changes.map((args) => command('change.undo@1', args)));
	if (!done.ok) {
		toasts.show(failureText(done.refusal), { tone: 'danger' });
		return;
	}
	const left = new Set(changes.flatMap(({ except }) => except)).size;
	const text =
		left > 0 ? m.app_undone_but({ count: left, number: formatNumber(left) }) : m.app_undone();
	toasts.show([text, ...credentialTexts(outcome)].join(' '), {
		tone: left > 0 ? 'warn' : 'success'
	});
}

/** Tells what an undone import meant for cards and passwords, in a sentence each. */
export function credentialTexts({
	revoked,
	withoutPassword,
	ofImport
}: UndoOutcome): readonly string[] {
	if (!ofImport) return [];
	return [
		...(revoked.length > 0 ? [m.app_undone_cards(counted(revoked))] : []),
		...(withoutPassword.length > 0 ? [m.app_undone_no_password(counted(withoutPassword))] : [])
	];
}

function counted({ length: count }: readonly unknown[]): { count: number; number: string } {
	return { count, number: formatNumber(count) };
}

/** A toast that says what was done here just now, with *Ongedaan maken*. */
export function showDone(session: Session, text: string, batch: Id): void {
	session.toasts.show(text, {
		tone: 'success',
		action: {
			label: m.app_undo(),
			run: () => void undoBatch(session, batch, session.vault.accountId)
		}
	});
}

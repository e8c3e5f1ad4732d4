import { canPrintAgain, cardsThatHold } from '#lib/client/cards/reprint.ts';
import { now } from '#lib/client/browser/clock.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { PrintRun } from '#lib/domain/credentials/kinds.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { StatusLook } from '#lib/ui/look/tone.ts';

export interface PrintRunRow {
	readonly id: Id;
	readonly title: string;
	readonly madeAt: Instant;
	readonly who: string;
	readonly cardCount: number;
	readonly saved: boolean;
	/** How many hold, where some do not; null: all that were made hold. */
	readonly holding: number | null;
	/** Its passwords can still be shown. */
	readonly printable: boolean;
	readonly standing: StatusLook;
}

/** Hours for which a run's passwords can be shown again (issue *LeerID desk*, print history). */
const reprintHours = 24;

/** Every *Bewaren en afdrukken*, the latest first. */
export function printRuns(state: SchoolState): PrintRunRow[] {
	return [...state.all('printRun')]
		.sort((one, other) => (one.madeAt < other.madeAt ? 1 : -1))
		.map((run) => printRunRow(state, run));
}

export function printRunRow(state: SchoolState, run: PrintRun): PrintRunRow {
	const { id, title, madeAt, actorId, cardCount, savedAt } = run;
	const saved = savedAt !== null;
	const holding = cardsThatHold(state, id).length;
	return {
		id,
		title,
		madeAt,
		who: state.get('account', actorId)?.displayName ?? m.history_unknown_actor(),
		cardCount,
		saved,
		holding: holding < cardCount ? holding : null,
		printable: canPrintAgain(state, run),
		standing: standingOf(state, run)
	};
}

/** That nobody has seen what was made comes before what became of a part of it. */
function standingOf(state: SchoolState, { id, savedAt }: PrintRun): PrintRunRow['standing'] {
	if (isRevoked(state, id)) {
		return { text: m.pupil_card_revoked(), shape: 'empty', tone: 'neutral' };
	}
	if (savedAt === null) return { text: m.print_run_unsaved(), shape: 'empty', tone: 'warn' };
	const cards = state.find('cardByPrintRun', id);
	const revoked = cards.filter((card) => card.state === 'revoked').length;
	if (revoked === 0) return { text: m.print_run_saved(), shape: 'full', tone: 'success' };
	const part = { number: formatNumber(revoked), all: formatNumber(cards.length) };
	return { text: m.print_run_part_revoked(part), shape: 'half', tone: 'neutral' };
}

/** Nothing on its paper holds, whoever has it. */
export function isRevoked(state: SchoolState, runId: Id): boolean {
	const cards = state.find('cardByPrintRun', runId);
	return cards.length > 0 && cards.every((card) => card.state === 'revoked');
}

/** Why a run cannot be printed again, and what to do; null: it can. */
export function whyNotPrintable(
	state: SchoolState,
	{ id, printable, madeAt, saved }: PrintRunRow
): string | null {
	if (printable) return null;
	const cards = state.find('cardByPrintRun', id);
	if (cards.length === 0) return m.print_run_undone();
	if (isRevoked(state, id)) return saved ? m.print_run_revoked() : m.print_run_revoked_unseen();
	if (cards.every((card) => card.state !== 'current')) return m.print_run_replaced();
	const hours = (Date.parse(now()) - Date.parse(madeAt)) / 3_600_000;
	return hours >= reprintHours ? m.print_run_too_late() : m.print_run_replaced();
}

import type { Id, Instant, PrintRun } from '#lib/domain/records.ts';
import type { StateReader } from '#lib/domain/state/school-state.ts';

/** For so long after an import was undone, whoever printed is told. */
const toldMs = 30 * 24 * 60 * 60_000;

/** A print of which cards are worthless since an import was undone. */
export interface WorthlessRun {
	readonly run: PrintRun;
	readonly count: number;
	/** Names it as it is now: where more cards become worthless, it is told again. */
	readonly key: string;
}

/** The prints of a person of whose cards an undone import made some worthless, the latest first. */
export function worthlessRuns(state: StateReader, actorId: Id, at: Instant): WorthlessRun[] {
	const since = new Date(Date.parse(at) - toldMs).toISOString();
	const undone = new Set<Instant>();
	for (const { undoneAt } of state.all('importRun')) {
		if (undoneAt !== null && undoneAt >= since) undone.add(undoneAt);
	}
	if (undone.size === 0) return [];
	const found: WorthlessRun[] = [];
	for (const run of state.all('printRun')) {
		if (run.actorId !== actorId) continue;
		// All that one undo did, has its time.
		const count = state
			.find('cardByPrintRun', run.id)
			.filter((card) => card.state === 'revoked' && undone.has(card.endedAt ?? '')).length;
		if (count > 0) found.push({ run, count, key: `${run.id} ${count}` });
	}
	return found.sort((one, other) => (one.run.madeAt < other.run.madeAt ? 1 : -1));
}

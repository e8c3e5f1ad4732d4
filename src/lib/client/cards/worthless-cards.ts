import { isOfImport } from '#lib/domain/history/import-credentials.ts';
import { importUndoHours } from '#lib/domain/import/mutations.ts';
import type { CredentialCard, PrintRun } from '#lib/domain/credentials/kinds.ts';
import type { History } from '#lib/domain/registry/records.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { StateReader } from '#lib/domain/registry/state.ts';

/** For so long after cards were revoked, whoever printed them is told. */
const toldHours = importUndoHours;

/** A print of which cards are worthless, by no doing of whoever made it. */
export interface WorthlessRun {
	readonly run: PrintRun;
	readonly count: number;
	/** Names it as it is now: where more cards become worthless, it is told again. */
	readonly key: string;
}

/**
 * The prints of a person of whose cards an undone import, or somebody else, revoked some lately;
 * the latest print first. The cards themselves say it, so doing the import again hides nothing. The
 * account that revoked them is in the history: as long as that is not loaded, cards that the person
 * revoked count too.
 */
export function worthlessRuns(state: StateReader, actorId: Id, at: Instant): WorthlessRun[] {
	const since = before(at, toldHours);
	// An import revokes no cards from before it, and is undone in time or never.
	const printedSince = before(at, toldHours + importUndoHours);
	const found: WorthlessRun[] = [];
	for (const run of state.all('printRun')) {
		// A run that was never saved is on no paper.
		if (run.savedAt === null) continue;
		if (run.actorId !== actorId || run.madeAt < printedSince) continue;
		const revoked = state.find('cardByPrintRun', run.id).filter((card) => card.state === 'revoked');
		const count = revoked.filter(
			(card) => (card.endedAt ?? '') >= since && !isOwnDoing(state, card, actorId)
		).length;
		// Of all that were revoked: their number does not go down as time goes by.
		if (count > 0) found.push({ run, count, key: `${run.id} ${revoked.length}` });
	}
	return found.sort((one, other) => (one.run.madeAt < other.run.madeAt ? 1 : -1));
}

function isOwnDoing(state: StateReader, card: CredentialCard, actorId: Id): boolean {
	const revoking = state
		.find('historyBySubject', card.pupilId)
		.filter((entry) => revokes(entry, card.id))
		.reduce<History | undefined>((last, entry) => (isLater(entry, last) ? entry : last), undefined);
	return revoking?.actorId === actorId && !isOfImport(state, [revoking]);
}

function revokes({ changes }: History, cardId: Id): boolean {
	return changes.some(
		(change) =>
			change.op === 'edit' &&
			change.kind === 'credentialCard' &&
			change.id === cardId &&
			change.fields['state']?.[1] === 'revoked'
	);
}

function isLater(entry: History, other: History | undefined): boolean {
	return other === undefined || entry.madeAt > other.madeAt;
}

function before(at: Instant, hours: number): Instant {
	return new Date(Date.parse(at) - hours * 3_600_000).toISOString();
}

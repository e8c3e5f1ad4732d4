import type { CredentialCard, PrintRun } from '#lib/domain/credentials/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { isReprintable } from '../print/reprintable.ts';

/** The cards of a run whose passwords still hold. */
export function cardsThatHold(state: SchoolState, runId: Id): CredentialCard[] {
	return state.find('cardByPrintRun', runId).filter((card) => card.state === 'current');
}

/** Tells whether a run's passwords can still be shown. */
export function canPrintAgain(state: SchoolState, run: PrintRun): boolean {
	return isReprintable(run.madeAt) && cardsThatHold(state, run.id).length > 0;
}

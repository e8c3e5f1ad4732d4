import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { CredentialCard } from '#lib/domain/credentials/kinds.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { secretRetention } from '#lib/vault/pages/secret-pages.ts';
import { now } from '../browser/clock.ts';

/** Whether what was issued then can still be printed again; later its passwords are not shown. */
export function isReprintable(issuedAt: Instant): boolean {
	return Date.parse(now()) - Date.parse(issuedAt) < secretRetention;
}

/** Whether the letter with the password that the school issued can be. */
export function canPrintLetter({ issuedAt, archivedAt }: Account): boolean {
	return issuedAt !== null && archivedAt === null && isReprintable(issuedAt);
}

/** The cards of a run whose passwords still hold. */
export function cardsThatHold(state: SchoolState, runId: Id): CredentialCard[] {
	return state.find('cardByPrintRun', runId).filter((card) => card.state === 'current');
}

import type { Account } from '#lib/domain/records.ts';
import { now } from './clock.ts';

/** For so long after it was issued a letter can be printed again, as a card can. */
const reprintMs = 24 * 60 * 60_000;

/** Whether the password that the school issued may still be shown. */
export function canPrintLetter({ issuedAt, archivedAt }: Account): boolean {
	if (issuedAt === null || archivedAt !== null) return false;
	return Date.parse(now()) - Date.parse(issuedAt) < reprintMs;
}

import type { Account } from '#lib/domain/accounts/kinds.ts';
import { isReprintable } from '../print/reprintable.ts';

/** Tells whether the letter with the password that the school issued can still be printed. */
export function canPrintLetter({ issuedAt, archivedAt }: Account): boolean {
	return issuedAt !== null && archivedAt === null && isReprintable(issuedAt);
}

import type { Instant } from '#lib/domain/kernel/ids.ts';
import { secretRetention } from '#lib/vault/pages/secret-pages.ts';
import { now } from '../browser/clock.ts';

/**
 * Tells whether papers issued then can still be printed again; later their passwords are not shown.
 */
export function isReprintable(issuedAt: Instant): boolean {
	return Date.parse(now()) - Date.parse(issuedAt) < secretRetention;
}

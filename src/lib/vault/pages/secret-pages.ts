import type { Secret, Secrets } from '#lib/domain/credentials/secret.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { packList, unpackList, type PackedList } from './cold-list.ts';
import type { Head } from './head.ts';

/** A password on the disk. */
export interface KeptSecret {
	readonly secret: Secret;
	/** Null while it is in use; then when it goes, milliseconds since 1970. */
	readonly until: number | null;
}

export type KeptSecrets = ReadonlyMap<Id, KeptSecret>;

/** How long a password that is no longer in use can still be printed again (the print history). */
export const secretRetention = 24 * 60 * 60 * 1000;

export function unpackSecrets(texts: Iterable<string>): Map<Id, KeptSecret> {
	return new Map(unpackList('secretPages', texts) as [Id, KeptSecret][]);
}

/**
 * Returns the passwords that are to be kept. One that went out of use stays for a day, so that an
 * undo soon after still finds what is on the pupil's card.
 */
export function keepSecrets(
	kept: KeptSecrets,
	{ added, inUse, now }: { readonly added: Secrets; readonly inUse: ReadonlySet<Id>; now: number }
): Map<Id, KeptSecret> {
	const result = new Map<Id, KeptSecret>();
	const all = new Map(kept);
	for (const [id, secret] of Object.entries(added)) all.set(id, { secret, until: null });
	for (const [id, { secret, until }] of all) {
		const goes = inUse.has(id) ? null : (until ?? now + secretRetention);
		if (goes === null || goes > now) result.set(id, { secret, until: goes });
	}
	return result;
}

/** The secrets' pages as they are to be. */
export function packSecrets(secrets: KeptSecrets, head: Head): PackedList {
	return packList('secretPages', secrets, head);
}

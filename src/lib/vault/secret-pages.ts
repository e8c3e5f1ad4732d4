import type { Secret, Secrets } from '#lib/domain/leer-id/secret.ts';
import type { Id } from '#lib/domain/records.ts';
import type { Head } from './head.ts';
import { pageBytes } from './pages.ts';

/** A password on the disk. */
export interface KeptSecret {
	readonly secret: Secret;
	/** Null while it is in use; then when it goes, milliseconds since 1970. */
	readonly until: number | null;
}

export type KeptSecrets = ReadonlyMap<Id, KeptSecret>;

/** How long a password that is no longer in use can still be printed again (the print history). */
const secretRetention = 24 * 60 * 60 * 1000;

export function unpackSecrets(texts: Iterable<string>): Map<Id, KeptSecret> {
	const all = new Map<Id, KeptSecret>();
	for (const text of texts) {
		const { secrets } = JSON.parse(text) as { readonly secrets: readonly [Id, KeptSecret][] };
		for (const [id, kept] of secrets) all.set(id, kept);
	}
	return all;
}

/**
 * What is to be kept of passwords. One that went out of use stays for a day, so that an undo soon
 * after still finds what is on the pupil's card.
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

/** The secrets' pages as they are to be, written over those that there were. */
export function packSecrets(
	secrets: KeptSecrets,
	head: Head
): { readonly head: Head; readonly pages: Map<number, string>; readonly dropPages: number[] } {
	const pages = new Map<number, string>();
	const free = [...head.secretPages];
	let { nextColdPage } = head;
	let texts: string[] = [];
	let length = 0;
	const flush = () => {
		if (texts.length === 0) return;
		pages.set(free.shift() ?? nextColdPage++, `{"version":1,"secrets":[${texts.join()}]}`);
		texts = [];
		length = 0;
	};
	for (const pair of secrets) {
		const text = JSON.stringify(pair);
		texts.push(text);
		length += text.length;
		if (length >= pageBytes) flush();
	}
	flush();
	return {
		head: { ...head, secretPages: [...pages.keys()], nextColdPage },
		pages,
		dropPages: free
	};
}

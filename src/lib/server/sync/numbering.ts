import type { Id } from '#lib/domain/kernel/ids.ts';
import type { SentMutation } from '#lib/protocol/sync-request.ts';

/** The step to take with a mutation that was sent. */
export type Step =
	/** It is next, and was never run. */
	| { readonly kind: 'run'; readonly sent: SentMutation }
	/** It was run before: its stored result stands. */
	| { readonly kind: 'known'; readonly sent: SentMutation }
	/** Somebody else's: refused, and its uid stays free for them. */
	| { readonly kind: 'foreign'; readonly sent: SentMutation };

export interface Numbering {
	readonly steps: readonly Step[];
	readonly nextNumber: number;
}

/**
 * Goes by the numbers (design.md 3). A known uid keeps its result, whatever client it came from
 * first; the next number runs. null, the device must take a new clientId: a number was left out, or
 * was used for another mutation (a cloned profile, a restored backup).
 */
export function numberingOf(
	mutations: readonly SentMutation[],
	{
		nextNumber,
		account,
		isKnown
	}: {
		readonly nextNumber: number;
		readonly account: Id;
		readonly isKnown: (uid: Id) => boolean;
	}
): Numbering | null {
	const steps: Step[] = [];
	const seen = new Set<Id>();
	let next = nextNumber;
	for (const sent of mutations) {
		const { number, mutation } = sent;
		if (number > next) return null;
		const isNext = number === next;
		if (isNext) next++;
		if (mutation.actorId !== account) steps.push({ kind: 'foreign', sent });
		else if (isKnown(mutation.uid) || seen.has(mutation.uid)) steps.push({ kind: 'known', sent });
		else if (isNext) steps.push({ kind: 'run', sent });
		else return null;
		seen.add(mutation.uid);
	}
	return { steps, nextNumber: next };
}

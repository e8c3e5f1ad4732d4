import type { Json } from '#lib/domain/kernel/ids.ts';
import type { CommitFailure } from '#lib/vault/replica/replica.ts';
import { failureText } from '../session/failure-text.ts';

/** A field that somebody else changed while it was being edited here. */
export interface FieldConflict {
	readonly field: string;
	/** What was typed, what it is now, and that one of the two is to be chosen. */
	readonly text: string;
	/** What it is now. */
	readonly theirs: Json;
}

/**
 * Returns the conflict for which a form was not saved; null: it was refused for something else.
 * @param shown a value of the field as people read it; left out: it is text already
 */
export function conflictOf(
	failure: CommitFailure,
	shown: (field: string, value: Json) => Json = (_, value) => value
): FieldConflict | null {
	if (failure.code !== 'changedMeanwhile') return null;
	const { field, mine, theirs } = failure;
	const inWords = { ...failure, mine: shown(field, mine), theirs: shown(field, theirs) };
	return { field, text: failureText(inWords), theirs };
}

/**
 * Returns what was typed, by field as [from, to], once a conflict is settled: what was typed here stands,
 * over what it is now; or what somebody else made of it, and nothing is typed there any more.
 */
export function settled<Typed extends object>(
	typed: Typed,
	{ field, theirs }: FieldConflict,
	keep: 'mine' | 'theirs'
): Typed {
	const kept = Object.entries(typed).flatMap(([name, change]: [string, readonly unknown[]]) => {
		if (name !== field) return [[name, change]];
		return keep === 'mine' ? [[name, [theirs, change[1]]]] : [];
	});
	return Object.fromEntries(kept) as Typed;
}

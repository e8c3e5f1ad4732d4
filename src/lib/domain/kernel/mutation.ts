import type { Actor, Right } from './actor.ts';
import type { Id, Instant, IsoDate } from './ids.ts';

/** The server's findings, before the mutation ran, about what came beside its arguments. */
export interface Door {
	/** The new password that came along keeps the rules for the account. */
	readonly passwordSet: boolean;
	/** The address whose confirmation mail was answered. */
	readonly emailConfirmed: string | null;
}

/** A rule that says who may take a mutation back, and for how long. */
export interface UndoRule {
	/** Administration with one of these rights; or the person who did it. */
	readonly by: readonly Right[] | 'maker';
	/** Hours after which it stays; null: as long as nothing overtook it. */
	readonly within: number | null;
}

/** The knowledge that a mutator has of the world, handed in so that it stays pure. */
export interface Context {
	readonly actor: Actor;
	/** The date that ages, last days and closing dates use. */
	readonly today: IsoDate;
	/** When the mutation was made; dates entries, and nothing else. */
	readonly madeAt: Instant;
	readonly uid: Id;
	readonly batch: Id | null;
	/** null: on a device, which can't know. */
	readonly door: Door | null;
	/** Returns who may take a mutation back, by its name with its version. */
	readonly undoRuleOf: (name: string) => UndoRule | null;
}

/** A change to school data as it is kept, sent and run: once on the device, once at the server. */
export interface Mutation<Name extends string = string, Args = unknown> {
	/** With its version: `leerId.create@1`. */
	readonly name: Name;
	readonly args: Args;
	readonly uid: Id;
	/** Shared by the mutations of one bulk action; undo takes them together. */
	readonly batch: Id | null;
	readonly actorId: Id;
	readonly madeAt: Instant;
}

/** A mutation is at most this long as UTF-8 JSON, in bytes (design.md 1). */
export const maxMutationBytes = 256_000;

/** Tells whether a mutation is within `maxMutationBytes`. */
export function fitsOneMutation(mutation: Mutation): boolean {
	const { length } = JSON.stringify(mutation);
	// A UTF-16 unit is at most three bytes of UTF-8, so most need no second look.
	if (length * 3 <= maxMutationBytes) return true;
	if (length > maxMutationBytes) return false;
	return new TextEncoder().encode(JSON.stringify(mutation)).length <= maxMutationBytes;
}

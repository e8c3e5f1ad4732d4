import type { Id, Instant, IsoDate, Role, Right } from './records.ts';
import type { Refusal } from './refusal.ts';
import type { Draft } from './state/draft.ts';
import type { StateReader } from './state/school-state.ts';

/** Who asks, as the rules see them. */
export interface Actor {
	/** The account's id; a pupil's is that of their LeerID. */
	readonly id: Id;
	/** `system`: the endpoint itself, for nobody. */
	readonly role: Role | 'pupil' | 'guardian' | 'system';
	readonly rights: readonly Right[];
}

/** What the endpoint found out, before the mutation ran, about what came beside its arguments. */
export interface Door {
	/** The new password that came along keeps the rules for the account. */
	readonly passwordSet: boolean;
	/** The address whose confirmation mail was answered. */
	readonly emailConfirmed: string | null;
}

/** What a mutator knows of the world, handed in so that it stays pure. */
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
}

/** A rule for one kind of change. Pure and synchronous: no clock, no randomness, no I/O. */
export interface Mutator<Args> {
	/** Whether this actor may do this at all. `may` in rights.ts asks it, and nothing else does. */
	may(actor: Actor, args: Args, state: StateReader, today: IsoDate): boolean;
	/** Writes to the draft, or answers why not; a refused draft is thrown away. */
	run(draft: Draft, args: Args, context: Context): Refusal | null;
}

/** A change to school data as it is kept, sent and run: once on the device, once at the endpoint. */
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

/** Whether a mutation is within `maxMutationBytes`. */
export function fitsOneMutation(mutation: Mutation): boolean {
	const { length } = JSON.stringify(mutation);
	// A UTF-16 unit is at most three bytes of UTF-8, so most need no second look.
	if (length * 3 <= maxMutationBytes) return true;
	if (length > maxMutationBytes) return false;
	return new TextEncoder().encode(JSON.stringify(mutation)).length <= maxMutationBytes;
}

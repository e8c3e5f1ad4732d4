import type { Actor } from '../kernel/actor.ts';
import type { IsoDate } from '../kernel/ids.ts';
import type { Context } from '../kernel/mutation.ts';
import type { Refusal } from './refusal.ts';
import type { Draft, StateReader } from './state.ts';

/** A rule for one kind of change. Pure and synchronous: no clock, no randomness, no I/O. */
export interface Mutator<Args> {
	/** Whether this actor may do this at all. `may` in rights.ts asks it, and nothing else does. */
	may(actor: Actor, args: Args, state: StateReader, today: IsoDate): boolean;
	/** Writes to the draft, or answers why not; a refused draft is thrown away. */
	run(draft: Draft, args: Args, context: Context): Refusal | null;
}

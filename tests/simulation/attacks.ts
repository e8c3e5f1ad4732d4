import fc from 'fast-check';
import { actorFor } from '#lib/domain/accounts/actors.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { schemaVersion } from '#lib/protocol/limits.ts';
import { evenDeed } from './deeds/commands.ts';
import type { Deed } from './deeds/deed.ts';
import { cast } from './school.ts';
import { add, twists, type Forged, type Knowledge, type Pick, type TwistName } from './twists.ts';

/** Somebody with a session and no app. */
export interface Attack {
	readonly by: Id;
	/** Whether the session has not ended meanwhile. */
	readonly isSignedIn: boolean;
	readonly deeds: readonly Deed[];
	readonly twists: readonly TwistName[];
	readonly picks: readonly number[];
}

const twistNames = Object.keys(twists) as TwistName[];
/** The twists that have done the most harm. */
const dangerous: readonly TwistName[] = ['usedUid', 'usedUidUndone', 'anyUndo', 'othersSecret'];

export const attack: fc.Arbitrary<Attack> = fc.record({
	by: fc.constantFrom(...cast),
	isSignedIn: fc.nat(9).map((n) => n > 0),
	deeds: fc.array(evenDeed, { minLength: 1, maxLength: 3 }),
	twists: fc.array(fc.constantFrom(...twistNames, ...dangerous, ...dangerous), {
		minLength: 1,
		maxLength: 2
	}),
	picks: fc.array(fc.nat(1000), { minLength: 3, maxLength: 6 })
});

/** The request that an attack comes to. `at` is new each time. */
export function forge({ by, deeds, twists: chosen, picks }: Attack, known: Knowledge, at: string) {
	const { oracle, now } = known;
	const { state } = oracle;
	const today = new Date(now).toISOString().slice(0, 10);
	// Somebody who may not sign in tries it all the same.
	const actor = actorFor(by, state, today) ?? { id: by, role: 'teacher' as const, rights: [] };
	const forged: Forged = {
		schema: schemaVersion,
		account: by,
		clientId: `raw-${at}`,
		confirmed: 0,
		cookie: null,
		mutations: [],
		unsent: false
	};
	for (const [index, deed] of deeds.entries()) {
		for (const command of deed({ state, actor, at: `${at}-${index}` })) add(forged, command, now);
	}
	let picked = 0;
	const pick: Pick = (items) => items[(picks[picked++ % picks.length] ?? 0) % items.length];
	for (const name of chosen) twists[name](forged, known, pick);
	return forged;
}

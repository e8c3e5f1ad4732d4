import { roles, type Actor } from '../kernel/actor.ts';
import type { Holder, OfPupil } from '../kernel/kind.ts';
import { allKinds, declared } from './kinds.ts';

/** Tier → who holds it, of the school's tiers (`school/TIER`) and of a pupil's (`pupil/ID/TIER`). */
const schoolTiers = tiersUnder(/^school\/(\w+)$/);
const pupilTiers = tiersUnder(/^pupil\/\{\w+\}\/(\w+)$/);

function tiersUnder(pattern: RegExp): ReadonlyMap<string, ReadonlySet<Holder>> {
	const tiers = new Map<string, Set<Holder>>();
	for (const { scopes, historyScopes, seenBy } of allKinds.map(declared)) {
		for (const scope of [...scopes, ...historyScopes]) {
			const tier = pattern.exec(scope)?.[1];
			if (tier === undefined) continue;
			const holders = tiers.get(tier) ?? new Set<Holder>();
			// A history may be narrower than its record; it makes nobody hold a tier.
			if (scopes.includes(scope)) for (const holder of seenBy) holders.add(holder);
			tiers.set(tier, holders);
		}
	}
	return tiers;
}

/** The school's tiers that an actor holds, `administration` or `name`; none but staff hold any. */
export function schoolTiersOf({ role, rights }: Actor): readonly string[] {
	const isStaff = roles.some((each) => each === role);
	const isHeld = (holder: Holder) =>
		(isStaff && holder === 'staff') ||
		(role === 'administration' &&
			(holder === 'administration' || rights.some((right) => right === holder)));
	return [...schoolTiers].filter(([, holders]) => [...holders].some(isHeld)).map(([tier]) => tier);
}

/** The tiers of a pupil that teachers, guardians or the pupil hold, of pupils whom they see. */
export function pupilTiersOf(holder: OfPupil): readonly string[] {
	return [...pupilTiers].filter(([, holders]) => holders.has(holder)).map(([tier]) => tier);
}

/** Every tier that a pupil has. */
export const allPupilTiers: readonly string[] = [...pupilTiers.keys()];

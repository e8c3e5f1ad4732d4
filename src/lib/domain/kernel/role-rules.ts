import type { Actor, Right } from './actor.ts';

/** A `may` for administration that holds at least one of these rights. */
export function administrationWith(...rights: readonly Right[]): (actor: Actor) => boolean {
	return (actor) =>
		actor.role === 'administration' && rights.some((right) => actor.rights.includes(right));
}

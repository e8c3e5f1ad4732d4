import { byName } from '../people/list-order.ts';
import { compareNames } from '../kernel/text/compare-names.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Group, Guardianship, Pupil } from '../people/kinds.ts';
import type { StateReader } from '../registry/state.ts';

/** The part that an actor may see of the state today (registry/sight.ts). */
type Seen = Pick<StateReader, 'get'>;

/** A child of a guardian. */
export interface OwnChild {
	readonly pupil: Pupil;
	readonly link: Guardianship;
}

export interface OwnChildren {
	/** By name. */
	readonly children: readonly OwnChild[];
	/** How many decide for themselves, being of age, and have not let this guardian in (product.md 7). */
	readonly ofAge: number;
	/** How many the school tells this guardian of on request only, for want of authority. */
	readonly onRequest: number;
}

/** *Mijn kinderen*: those whose data a guardian may see today, and how many more there are. */
export function childrenOf(state: StateReader, actor: Actor, seen: Seen): OwnChildren {
	const guardianId = state.get('account', actor.id)?.guardianId ?? null;
	const links = guardianId === null ? [] : state.find('guardianshipByGuardian', guardianId);
	const children: OwnChild[] = [];
	let ofAge = 0;
	let onRequest = 0;
	for (const link of links) {
		const pupil = seen.get('pupil', link.pupilId);
		if (pupil) children.push({ pupil, link });
		else if (link.authority === false) onRequest++;
		// At the server's word or by this device's calendar: what else closes a child.
		else ofAge++;
	}
	children.sort((one, other) => byName(one.pupil, other.pupil));
	return { children, ofAge, onRequest };
}

/** A group of a teacher, with the pupils who are in it today, by name. */
export interface OwnGroup {
	readonly group: Group;
	readonly pupils: readonly Pupil[];
}

/** *Mijn groepen* of a teacher, by name. */
export function groupsOf(state: StateReader, actor: Actor, seen: Seen): readonly OwnGroup[] {
	return (state.get('account', actor.id)?.groupIds ?? [])
		.flatMap((groupId) => seen.get('group', groupId) ?? [])
		.map((group) => ({
			group,
			pupils: state
				.find('pupilByGroup', group.id)
				.filter(({ id }) => seen.get('pupil', id))
				.sort(byName)
		}))
		.sort((one, other) => compareNames(one.group.name, other.group.name));
}

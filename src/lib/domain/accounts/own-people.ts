import type { Actor } from '../kernel/actor.ts';
import type { Group, Guardianship, Pupil } from '../people/kinds.ts';
import type { Id, IsoDate } from '../kernel/ids.ts';
import type { Kind } from '../registry/kinds.ts';
import type { Records } from '../registry/records.ts';
import { maySee, scopesFor, type Scope } from '../registry/scopes.ts';
import type { StateReader } from '../registry/state.ts';

/**
 * A state as an actor may see it today. A device that has been offline may hold more than that: a
 * child has turned eighteen, a group was taken from a teacher's account by an edit not yet sent.
 */
export interface Sight {
	/** Whether what is in this scope would be seen, if there is anything. */
	holds(scope: Scope): boolean;
	get<K extends Kind>(kind: K, id: Id): Records[K] | undefined;
}

export function sightOf(state: StateReader, actor: Actor, today: IsoDate): Sight {
	const held = scopesFor(actor, state, today);
	return {
		holds: (scope) => held.has(scope),
		get(kind, id) {
			const record = state.get(kind, id);
			return record && maySee(held, record) ? record : undefined;
		}
	};
}

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
export function childrenOf(state: StateReader, actor: Actor, today: IsoDate): OwnChildren {
	const guardianId = state.get('account', actor.id)?.guardianId ?? null;
	const links = guardianId === null ? [] : state.find('guardianshipByGuardian', guardianId);
	const sight = sightOf(state, actor, today);
	const children: OwnChild[] = [];
	let ofAge = 0;
	let onRequest = 0;
	for (const link of links) {
		const pupil = sight.get('pupil', link.pupilId);
		if (pupil) children.push({ pupil, link });
		else if (link.authority === false) onRequest++;
		// At the endpoint's word or by this device's calendar: what else closes a child.
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
export function groupsOf(state: StateReader, actor: Actor, today: IsoDate): readonly OwnGroup[] {
	const sight = sightOf(state, actor, today);
	return (state.get('account', actor.id)?.groupIds ?? [])
		.flatMap((groupId) => sight.get('group', groupId) ?? [])
		.map((group) => ({
			group,
			pupils: state
				.find('pupilByGroup', group.id)
				.filter(({ id }) => sight.get('pupil', id))
				.sort(byName)
		}))
		.sort((one, other) => compare(one.group.name, other.group.name));
}

function byName(one: Pupil, other: Pupil): number {
	return (
		compare(one.familyName, other.familyName) ||
		compare(one.givenName, other.givenName) ||
		compare(one.id, other.id)
	);
}

const collator = new Intl.Collator('nl', { numeric: true });

function compare(one: string, other: string): number {
	return collator.compare(one, other);
}

import { laterAccountFields } from '#lib/domain/accounts/account-rules.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { Account } from '#lib/domain/accounts/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Calendar } from './calendar.ts';
import type { DemoPupil } from './pupils.ts';
import type { Random } from './random.ts';

/** Everybody who acts in the story, and who does what. */
export interface Cast {
	readonly calendar: Calendar;
	readonly pupils: readonly DemoPupil[];
	/** The account that opens the school. */
	readonly administrator: Actor;
	/** Worked with LeerID until she retired; her account is archived. */
	readonly colleague: Account;
	/** Numbers of the pupils who get no LeerID. */
	readonly without: ReadonlySet<string>;
	/** Numbers of those who never sign in. */
	readonly absent: ReadonlySet<string>;
	/** Numbers of those who link an e-mail address. */
	readonly linkers: ReadonlySet<string>;
}

export function castFor(
	calendar: Calendar,
	pupils: readonly DemoPupil[],
	administrator: Actor,
	random: Random
): Cast {
	const enrolled = pupils.filter(({ group, midYear }) => group !== null && midYear !== 'left');
	const firstB = enrolled.filter(({ group }) => group === 1);
	const others = enrolled.filter(({ group, fixed }) => group !== 1 && !fixed);
	const oldest = others.filter(({ group, lastGroup }) => (group ?? 0) > 11 && lastGroup !== null);
	const linkers = random.some(oldest, 13);
	const without = [...firstB, ...random.some(except(others, linkers), 9)];
	return {
		calendar,
		pupils,
		administrator,
		colleague: colleague(random.id()),
		without: numbersOf(without),
		absent: numbersOf(except(pupils, linkers).filter(() => random.chance(0.18))),
		linkers: numbersOf(linkers)
	};
}

function except(pupils: readonly DemoPupil[], others: readonly DemoPupil[]): DemoPupil[] {
	return pupils.filter((pupil) => !others.includes(pupil));
}

function numbersOf(pupils: readonly DemoPupil[]): ReadonlySet<string> {
	return new Set(pupils.map(({ number }) => number));
}

function colleague(id: Id): Account {
	return {
		...laterAccountFields,
		kind: 'account',
		id,
		userName: 'ingrid.vanhoof',
		displayName: 'Ingrid Van Hoof',
		role: 'administration',
		rights: ['cards', 'leerId'],
		archivedAt: null
	};
}

export function colleagueActor({ colleague: { id, role, rights } }: Cast): Actor {
	return { id, role, rights };
}

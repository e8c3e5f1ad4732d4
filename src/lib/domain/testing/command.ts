import fc from 'fast-check';
import type { Account } from '../accounts/kinds.ts';
import type { LeerId } from '../credentials/kinds.ts';
import type { Actor } from '../kernel/actor.ts';
import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../registry/refusal.ts';
import type { TestSchool } from './test-school.ts';

/** Makes one mutation in a school as it is then; `at` is new each time. Some are refused. */
export type Command = (school: TestSchool, at: number) => Refusal | null;

/** How a mutation comes to be asked for, and how often. */
export interface Weighed {
	readonly weight: number;
	readonly arbitrary: fc.Arbitrary<Command>;
}

export function weighed(weight: number, arbitrary: fc.Arbitrary<Command>): Weighed {
	return { weight, arbitrary };
}

const pupilIds: readonly Id[] = ['a', 'b', 'c'];
/** A pupil of a `TestSchool('a', 'b', 'c')`. */
export const pupilId: fc.Arbitrary<Id> = fc.constantFrom(...pupilIds);

export function leerIdOf(school: TestSchool, pupil: Id): LeerId | undefined {
	return school.state.find('leerIdByPupil', pupil)[0];
}

/** Any account of a school: the remainder says which. */
export function accountAt(school: TestSchool, which: number): Account | undefined {
	return [...school.state.all('account')].at(which % school.state.count('account'));
}

export function actorOf(account: Account | undefined): Actor {
	if (!account) return { id: 'none', role: 'teacher', rights: [] };
	return { id: account.id, role: account.role, rights: account.rights };
}

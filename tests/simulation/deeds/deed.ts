import fc from 'fast-check';
import type { Secret, Secrets } from '#lib/domain/credentials/secret.ts';
import type { Actor } from '#lib/domain/kernel/actor.ts';
import type { ArgsOf, MutationName } from '#lib/domain/registry/mutations.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import type { Command } from '../device.ts';
import { cast, deputyId, guardianId, headId, teacherId } from '../school.ts';

/** The sight that somebody has when they do something; `at` is new each time. */
export interface Sight {
	readonly state: SchoolState;
	readonly actor: Actor;
	readonly at: string;
}

/** Something that a person does at a device, all of it or nothing. */
export type Deed = (sight: Sight) => readonly Command[];

export function command<Name extends MutationName>(
	name: Name,
	args: ArgsOf<Name>,
	secrets?: Secrets
): Command {
	return { name, args, ...(secrets && { secrets }) };
}

export const anyOf = <T>(items: readonly T[]) => fc.constantFrom(...items);
/** Never the head's: somebody must be left who lets the others in again. */
export const others = anyOf(cast.filter((id) => id !== headId));
export const staffAndGuardians = anyOf([teacherId, deputyId, guardianId]);

/** A deed, and how often people do it. */
export interface Weighed {
	readonly weight: number;
	readonly arbitrary: fc.Arbitrary<Deed>;
}

export const often = (arbitrary: fc.Arbitrary<Deed>, weight = 3): Weighed => ({
	weight,
	arbitrary
});
export const seldom = (one: Deed | fc.Arbitrary<Deed>): Weighed => ({
	weight: 1,
	arbitrary: typeof one === 'function' ? fc.constant(one) : one
});

export function word(text: string): Secret {
	return { kind: 'word', text };
}

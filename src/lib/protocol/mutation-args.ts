import * as v from 'valibot';
import {
	allMutations,
	declaredMutation,
	type ArgsOf,
	type MutationName
} from '#lib/domain/registry/mutations.ts';
import { shapesOf } from './field-shapes.ts';
import { parse } from './parse.ts';

const shapes = new Map(
	allMutations.map((name) => [name, v.strictObject(shapesOf(declaredMutation(name).args))])
);

/** A mutation's arguments, from the wire; null where they are not of its shape. Never throws. */
export function parseArgs<Name extends MutationName>(
	name: Name,
	value: unknown
): ArgsOf<Name> | null {
	const shape = (shapes.get(name) ?? v.never()) as v.GenericSchema<unknown, unknown>;
	return parse(shape as v.GenericSchema<unknown, ArgsOf<Name>>, value);
}

import type { Id } from '../kernel/ids.ts';
import { declaredMutation, isMutationName } from './mutations.ts';

/**
 * Returns the subject of a mutation, from its arguments as they were kept: they may be of any
 * shape. null: the school, or they do not say.
 */
export function askedAbout(mutation: string, args: unknown): Id | null {
	if (!isMutationName(mutation)) return null;
	const name = declaredMutation(mutation).about;
	const named = name === null ? null : fieldOf(args, name);
	const id = typeof named === 'string' ? named : fieldOf(named, 'id');
	return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : null;
}

function fieldOf(value: unknown, name: string): unknown {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
		? (value as Readonly<Record<string, unknown>>)[name]
		: null;
}

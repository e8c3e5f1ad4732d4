import type { FieldData } from '../kernel/field.ts';
import { bringUp } from './migrations.ts';
import { allMutations, declaredMutation, type MutationName } from './mutations.ts';
import type { AnyRecord } from './records.ts';

/** The arguments of each mutation in which whole records come. */
const holders = new Map<MutationName, readonly (readonly [name: string, field: FieldData])[]>(
	allMutations.map((mutation) => {
		const fields = Object.entries<FieldData>(declaredMutation(mutation).args);
		return [mutation, fields.filter(([, field]) => holdsRecord(field))];
	})
);

function holdsRecord(field: FieldData): boolean {
	switch (field.is) {
		case 'record':
		case 'given':
		case 'imported':
			return true;
		case 'maybe':
		case 'list':
		case 'optional':
			return holdsRecord(field.of);
		default:
			return false;
	}
}

/**
 * Arguments as an older app made them, with the records in them as they are now: what waits to be run
 * may be from before a field came.
 */
export function argsNow<Args>(mutation: MutationName, args: Args): Args {
	const fields = holders.get(mutation) ?? [];
	if (fields.length === 0) return args;
	const given = args as Readonly<Record<string, unknown>>;
	const now = fields
		.filter(([name]) => Object.hasOwn(given, name))
		.map(([name, field]): [string, unknown] => [name, valueNow(field, given[name])]);
	return { ...args, ...Object.fromEntries<unknown>(now) };
}

function valueNow(field: FieldData, value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	switch (field.is) {
		case 'record':
		case 'given':
			return bringUp(value as AnyRecord);
		case 'imported':
			return 'add' in value ? { ...value, add: bringUp(value.add as AnyRecord) } : value;
		case 'maybe':
		case 'optional':
			return valueNow(field.of, value);
		case 'list':
			return (value as readonly unknown[]).map((each) => valueNow(field.of, each));
		default:
			return value;
	}
}

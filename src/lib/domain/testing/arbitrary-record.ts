import fc from 'fast-check';
import type { FieldData } from '../kernel/field.ts';
import type { Id } from '../kernel/ids.ts';
import { allKinds, declared, type Kind } from '../registry/kinds.ts';
import type { AnyRecord, Records } from '../registry/records.ts';

/** Records of every kind, made up from what the kinds declare: a new kind or field is among them. */

const ids: readonly Id[] = ['a', 'b', 'c'];
const text = fc.constantFrom('', 'Ayşe', 'van der Berg', '1');
const moment = fc.constantFrom('2026-09-01T08:00:00.000Z', '2026-11-21T09:30:00.000Z');

function held(field: FieldData): fc.Arbitrary<unknown> {
	switch (field.is) {
		case 'text':
			return text;
		case 'number':
		case 'count':
			return fc.nat(9);
		case 'truth':
			return fc.boolean();
		case 'date':
			return fc.constantFrom('2008-11-21', '2026-09-01', '2027-08-31');
		case 'moment':
			return moment;
		case 'id':
			return fc.constantFrom(...ids);
		case 'choice':
			return fc.constantFrom(...field.from);
		case 'maybe':
			return fc.option(held(field.of), { nil: null });
		case 'list':
			return fc.array(held(field.of), { maxLength: 2 });
		case 'texts':
			return fc.dictionary(text, text, { maxKeys: 2 });
		case 'changes':
			return fc
				.tuple(fc.constantFrom(...allKinds), fc.constantFrom(...ids))
				.map(([kind, id]) => [{ op: 'add', kind, id }]);
		default:
			throw new Error(`No record holds a field that is ${field.is}`);
	}
}

/**
 * Any record of a kind; ids are few, so that records often belong together. Only a record that an older
 * app made has what is gone.
 */
function arbitraryRecord<K extends Kind>(kind: K): fc.Arbitrary<Records[K]> {
	const fields = Object.entries(declared(kind).fields);
	const shape = Object.fromEntries(fields.map(([name, field]) => [name, held(field)]));
	const inUse = fields.flatMap(([name, { gone }]) => (gone ? [] : [name]));
	return fc.record<Record<string, unknown>>(
		{ kind: fc.constant(kind), id: fc.constantFrom(...ids), ...shape },
		{ requiredKeys: ['kind', 'id', ...inUse] }
	) as unknown as fc.Arbitrary<Records[K]>;
}

/** Any record of any kind. */
export const anyRecord: fc.Arbitrary<AnyRecord> = fc.oneof(...allKinds.map(arbitraryRecord));

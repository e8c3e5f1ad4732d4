import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { laterFields, type Args, edit, type Given, given, record } from './args.ts';
import { mergeEdit, type Edit } from './edit.ts';
import { count, gone, maybe, ref, since, text, type FieldName } from './field.ts';
import type { Declared, IndexDeclaration } from './kind.ts';

const bicycle = {
	fields: {
		owner: text(),
		gears: since(4, count(), 1),
		/** Once, with a group to keep it at; and a plate, which came and went. */
		shed: gone(maybe(ref('group'))),
		plate: gone(since(4, text(), ''))
	}
};
type Bicycle = Declared<'bicycle', typeof bicycle>;

describe('a field that is gone', () => {
	it('is not among what rules know, by type', () => {
		type Known = { kind: 'bicycle'; id: string; owner: string; gears: number };
		expectTypeOf<{ -readonly [F in keyof Bicycle]: Bicycle[F] }>().toEqualTypeOf<Known>();
		expectTypeOf<FieldName<(typeof bicycle)['fields']>>().toEqualTypeOf<'owner' | 'gears'>();
		expectTypeOf<keyof Given<'bicycle', typeof bicycle>>().toEqualTypeOf<
			'kind' | 'id' | 'owner' | 'gears'
		>();
		expectTypeOf<keyof Edit<Bicycle>>().toEqualTypeOf<'owner' | 'gears'>();
		const args = {
			made: record('bicycle', bicycle),
			sent: given('bicycle', bicycle),
			changed: edit('bicycle', bicycle)
		};
		expectTypeOf<Args<typeof args>['made']>().toEqualTypeOf<Bicycle>();
	});

	it('can be the key of no index, by type', () => {
		type Name = FieldName<(typeof bicycle)['fields']>;
		expectTypeOf<IndexDeclaration<Name>['by']>().toEqualTypeOf<Name | readonly Name[]>();
	});

	it('is not filled in where an older app left it out', () => {
		expect(laterFields(bicycle)).toEqual({ gears: 1 });
	});

	it('says nothing in an edit, whatever an older app did with it', () => {
		const held = fc.option(fc.string(), { nil: null });
		const bicycles = fc.record(
			{ kind: fc.constant('bicycle' as const), id: fc.string(), owner: fc.string(), shed: held },
			{ requiredKeys: ['kind', 'id', 'owner'] }
		);
		fc.assert(
			fc.property(bicycles, fc.tuple(held, held), fc.string(), (one, shed, owner) => {
				const known = { owner: [one.owner, owner] as const };
				const merged = mergeEdit(one, { ...known, shed }, bicycle);
				expect(merged).toEqual(mergeEdit(one, known, bicycle));
				expect(merged).toEqual({ ok: true, value: { ...one, owner } });
			})
		);
	});
});

import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { edit, given, record } from '#lib/domain/kernel/args.ts';
import { gone, maybe, ref, text } from '#lib/domain/kernel/field.ts';
import { shapesOf } from './field-shapes.ts';

const bicycle = { fields: { owner: text(), shed: gone(maybe(ref('group'))) } };
const shape = v.strictObject(
	shapesOf({
		made: record('bicycle', bicycle),
		sent: given('bicycle', bicycle),
		changed: edit('bicycle', bicycle)
	})
);

describe('the shape of a field that is gone', () => {
	const held = fc.constantFrom('a', null);
	const bicycles = fc.record(
		{ kind: fc.constant('bicycle'), id: fc.constant('b'), owner: fc.string(), shed: held },
		{ requiredKeys: ['kind', 'id', 'owner'] }
	);
	const edits = fc.record({ shed: fc.tuple(held, held) }, { requiredKeys: [] });

	it('takes what an older app brings, and asks nothing of a newer one', () => {
		fc.assert(
			fc.property(bicycles, bicycles, edits, (made, sent, changed) => {
				const args = { made, sent, changed };
				expect(v.parse(shape, args)).toEqual(args);
			})
		);
	});

	it('is still its own, and no other field is taken', () => {
		const bad = (field: object) => {
			const one = { kind: 'bicycle', id: 'b', owner: '', ...field };
			return v.is(shape, { made: one, sent: one, changed: {} });
		};
		expect(bad({})).toBe(true);
		expect(bad({ shed: 7 })).toBe(false);
		expect(bad({ attic: 'a' })).toBe(false);
	});
});

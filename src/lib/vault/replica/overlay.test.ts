import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SchoolState, type Change } from '#lib/domain/registry/state.ts';
import { Overlay } from './overlay.ts';
import { pupil } from '../test-kit.ts';

const ids = ['a', 'b', 'c'];
const id = fc.constantFrom(...ids);
const change: fc.Arbitrary<Change> = fc.oneof(
	fc
		.tuple(id, id)
		.map(([key, groupId]) => ({ puts: [{ ...pupil(key, key), groupId }], removes: [] }) as Change),
	id.map((key) => ({ puts: [], removes: [{ kind: 'pupil' as const, id: key }] }))
);

test('an overlay reads as the state would with the same changes in it', () => {
	fc.assert(
		fc.property(fc.array(change), fc.array(change), (before, over) => {
			const base = new SchoolState();
			const whole = new SchoolState();
			for (const each of before) [base, whole].forEach((state) => state.apply(each));
			const untouched = JSON.stringify([...base.all('pupil')]);
			const overlay = new Overlay(base);
			for (const each of over) {
				overlay.apply(each);
				whole.apply(each);
			}
			const sorted = (records: Iterable<{ readonly id: string }>) =>
				[...records].sort((one, other) => one.id.localeCompare(other.id));
			expect(sorted(overlay.all('pupil'))).toEqual(sorted(whole.all('pupil')));
			for (const key of ids) {
				expect(overlay.get('pupil', key)).toEqual(whole.get('pupil', key));
				expect(sorted(overlay.find('pupilByGroup', key))).toEqual(
					sorted(whole.find('pupilByGroup', key))
				);
			}
			expect(JSON.stringify([...base.all('pupil')])).toBe(untouched);
		})
	);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyRecord } from './records.ts';
import { pupilRecord } from '../testing/test-school.ts';
import { Draft, SchoolState, type StateReader } from './state.ts';

const ids = ['a', 'b', 'c', 'd'] as const;
const groups = ['g', 'h', null] as const;
const pupil = fc
	.tuple(fc.constantFrom(...ids), fc.constantFrom(...groups), fc.constantFrom('1', '2', '3'))
	.map(([id, groupId, pupilNumber]): AnyRecord => pupilRecord(id, { groupId, pupilNumber }));
const write = fc.oneof(
	pupil.map((record) => ({ put: record })),
	fc.constantFrom(...ids).map((id) => ({ remove: id }))
);
const writes = fc.array(write, { maxLength: 20 });

function write1(draft: Draft, step: { put?: AnyRecord; remove?: string }): void {
	if (step.put) draft.put(step.put);
	if (step.remove) draft.remove('pupil', step.remove);
}

/** All that a rule can read. */
function readings(state: StateReader): unknown {
	const found = (name: 'pupilByGroup' | 'pupilByNumber', key: string) =>
		state
			.find(name, key)
			.map((record) => JSON.stringify(record))
			.sort();
	return {
		all: [...state.all('pupil')].map((record) => JSON.stringify(record)).sort(),
		get: ids.map((id) => state.get('pupil', id)),
		groups: ['g', 'h'].map((key) => found('pupilByGroup', key)),
		numbers: ['1', '2', '3'].map((key) => found('pupilByNumber', key))
	};
}

describe('a draft', () => {
	it('reads as the state will, once it is folded in', () => {
		fc.assert(
			fc.property(fc.array(pupil), writes, (records, steps) => {
				const state = new SchoolState(records);
				const before = readings(state);
				const draft = new Draft(state);
				for (const step of steps) write1(draft, step);
				const drafted = readings(draft);
				expect(readings(state)).toEqual(before);
				const inverse = state.apply(draft.change());
				expect(readings(state)).toEqual(drafted);
				state.apply(inverse);
				expect(readings(state)).toEqual(before);
			})
		);
	});

	it('may lie over another draft', () => {
		fc.assert(
			fc.property(fc.array(pupil), writes, writes, (records, first, second) => {
				const lower = new Draft(new SchoolState(records));
				for (const step of first) write1(lower, step);
				const upper = new Draft(lower);
				const flat = new Draft(new SchoolState(records));
				for (const step of first) write1(flat, step);
				for (const step of second) {
					write1(upper, step);
					write1(flat, step);
				}
				expect(readings(upper)).toEqual(readings(flat));
			})
		);
	});

	it('says nothing of what came and went within it', () => {
		const draft = new Draft(new SchoolState());
		draft.put(pupilRecord('a'));
		draft.remove('pupil', 'a');
		expect(draft.change()).toEqual({ puts: [], removes: [] });
	});

	it('stays quick when an import writes hundreds of records and looks each of them up', () => {
		const draft = new Draft(new SchoolState());
		let looks = 0;
		for (let at = 0; at < 3000; at++) {
			const counted = Object.defineProperty(pupilRecord(`p${at}`), 'pupilNumber', {
				get: () => {
					looks++;
					return String(at);
				}
			});
			draft.put(counted);
			expect(draft.find('pupilByNumber', String(at))).toHaveLength(1);
		}
		// A few of each record, however many there are.
		expect(looks).toBeLessThan(3000 * 10);
	});
});

describe('a school in memory', () => {
	it('finds a record by what it is now, and not by what it was', () => {
		const state = new SchoolState([pupilRecord('a', { groupId: 'g' })]);
		state.apply({ puts: [pupilRecord('a', { groupId: 'h' })], removes: [] });
		expect(state.find('pupilByGroup', 'g')).toEqual([]);
		expect(state.find('pupilByGroup', 'h')).toHaveLength(1);
		expect(state.count('pupil')).toBe(1);
	});
});

import { describe, expect, it } from 'vitest';
import type { StateReader } from '../registry/state.ts';
import { Comparison } from './holders/comparison.ts';
import type { Decisions } from './plan.ts';
import { planSteps } from './plan-import.ts';
import type { Roster, RosterGuardian, RosterPupil, RosterStaff } from './roster.ts';
import { emptySchool, importInto, newId, pupilRow, roster, today } from './testing.ts';

const count = 120;
const letters = (at: number) => `${'abcdefghij'[at % 10]}${'klmnopqrst'[Math.floor(at / 10) % 10]}`;

const pupils: readonly RosterPupil[] = Array.from({ length: count }, (_, at) =>
	pupilRow({
		pupilNumber: `${at}`,
		givenName: `Aya${letters(at)}`,
		familyName: `Van ${letters(at)}${at}`,
		birthDate: `2014-01-${10 + (at % 19)}`,
		line: at + 2
	})
);
const guardians: readonly RosterGuardian[] = pupils.map((row) => ({
	line: row.line,
	unreadable: [],
	sourceKey: `g${row.pupilNumber}`,
	givenName: `Ouder${row.givenName}`,
	familyName: row.familyName,
	pupils: [{ pupilSourceKey: row.pupilNumber, relation: '' }]
}));
const staff: readonly RosterStaff[] = pupils.map((row) => ({
	line: row.line,
	unreadable: [],
	sourceKey: `t${row.pupilNumber}`,
	staffNumber: `t${row.pupilNumber}`,
	givenName: `Juf${row.givenName}`,
	familyName: row.familyName
}));
const file = roster({ pupils, guardians, staff });

/** Everybody has the key and the number of the next row, as after a wrong sort. */
const shifted = roster({
	pupils: pupils.map((row, at) => {
		const { pupilNumber, sourceKey } = next(pupils, at);
		return { ...row, pupilNumber, sourceKey };
	}),
	guardians: guardians.map((row, at) => ({ ...row, sourceKey: next(guardians, at).sourceKey })),
	staff: staff.map((row, at) => {
		const { staffNumber, sourceKey } = next(staff, at);
		return { ...row, staffNumber, sourceKey };
	})
});

function next<Row>(rows: readonly Row[], at: number): Row {
	const row = rows[(at + 1) % rows.length];
	if (!row) throw new Error('no rows');
	return row;
}

/** A state that counts what is looked up in it. */
class CountedState implements StateReader {
	reads = 0;
	readonly #state: StateReader;

	constructor(state: StateReader) {
		this.#state = state;
	}

	get: StateReader['get'] = (kind, id) => {
		this.reads++;
		return this.#state.get(kind, id);
	};

	all: StateReader['all'] = (kind) => this.#state.all(kind);

	find: StateReader['find'] = (name, key) => {
		this.reads++;
		return this.#state.find(name, key);
	};
}

/** Plans to the end: what each step read, and how many did what. */
function planned(
	state: CountedState,
	of: Roster,
	decisions: Decisions = {},
	comparison?: Comparison
) {
	const options = { today, newId, whole: true, decisions };
	const steps = planSteps({ state, roster: of, options }, comparison);
	const reads: number[] = [];
	const did = { compared: 0, planned: 0, settled: 0 };
	for (;;) {
		const before = state.reads;
		const step = steps.next();
		reads.push(state.reads - before);
		if (step.done) return { plan: step.value, reads, did };
		did[step.value]++;
	}
}

function school(): CountedState {
	const state = emptySchool();
	importInto(state, file);
	return new CountedState(state);
}

describe('the steps of a plan', () => {
	it.each([
		['the same file', file],
		['a file of which all numbers and keys slipped', shifted]
	])('are each about one person for %s', (_, of) => {
		const { plan, reads, did } = planned(school(), of);
		expect(plan.people).toHaveLength(3 * count);
		expect(did.planned).toBe(3 * count);
		expect(Math.max(...reads)).toBeLessThan(count / 2);
	});

	it('are each about one person where everything that slipped is decided', () => {
		const state = school();
		const { plan } = planned(state, shifted);
		const doubts = plan.people.flatMap((person) => person.doubts);
		expect(doubts).toHaveLength(3 * count);
		const decided = planned(
			state,
			shifted,
			Object.fromEntries(doubts.map(({ id }) => [id, 'differentPerson']))
		);
		expect(decided.plan.counts.doubt).toBeLessThan(3 * count);
		expect(Math.max(...decided.reads)).toBeLessThan(count / 2);
	});

	it('compare no more where the comparison is kept, and come to the same', () => {
		const state = school();
		const comparison = new Comparison({ state, roster: shifted });
		const first = planned(state, shifted, {}, comparison);
		expect(first.did.compared).toBeGreaterThan(0);
		const [doubt] = first.plan.people.flatMap((person) => person.doubts);
		const decisions = { [doubt?.id ?? '']: 'differentPerson' } as const;
		const again = planned(state, shifted, decisions, comparison);
		expect(again.did.compared).toBe(0);
		const anew = planned(state, shifted, decisions);
		expect(again.plan.counts).toEqual(anew.plan.counts);
		expect(again.plan.people.map(({ doubts }) => doubts)).toEqual(
			anew.plan.people.map(({ doubts }) => doubts)
		);
	});

	it('go on with a comparison that another plan began', () => {
		const state = school();
		const source = { state, roster: shifted, options: { today, newId, whole: false } };
		const comparison = new Comparison(source);
		const left = planSteps(source, comparison);
		for (let step = 0; step < 200; step++) left.next();
		left.return(undefined as never);
		const { plan, did } = planned(state, shifted, {}, comparison);
		expect(plan.counts.doubt).toBe(planned(state, shifted).plan.counts.doubt);
		expect(did.compared).toBeLessThan(planned(state, shifted).did.compared);
	});
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxMutationBytes } from '../kernel/mutation.ts';
import type { AnyRecord } from '../registry/records.ts';
import type { Kind } from '../registry/kinds.ts';
import type { SchoolState } from '../registry/state.ts';
import { importedKinds } from './imported-record.ts';
import { decide } from './plan-import.ts';
import { choosing, decideFully, rosters as roster } from './test-rosters.ts';
import { carryOut, commandsOf, emptySchool, plan, runCommand, today } from './testing.ts';

const whole = fc.boolean();

const content: readonly Kind[] = [...importedKinds].filter((kind) => kind !== 'importBase');

function contentOf(state: SchoolState): AnyRecord[] {
	return content.flatMap((kind) => [...state.all(kind)]);
}

describe('an import', () => {
	it('is accepted by its mutations, whatever is decided', () => {
		fc.assert(
			fc.property(roster, roster, whole, choosing, (first, second, isWhole, choose) => {
				const state = emptySchool();
				for (const file of [first, second]) {
					const planned = plan(state, file, { whole: isWhole });
					carryOut(state, planned, decideFully(planned, choose));
				}
			}),
			{ numRuns: 120 }
		);
	});

	it('changes nothing the second time about who was taken over the first time', () => {
		fc.assert(
			fc.property(roster, roster, whole, choosing, (before, file, isWhole, choose) => {
				const state = emptySchool();
				carryOut(state, plan(state, before));
				const planned = plan(state, file, { whole: isWhole });
				const decisions = decideFully(planned, choose);
				const takenOver = new Set(
					decide(planned, decisions)
						.people.filter(({ outcome }) => outcome !== 'doubt' && outcome !== 'skipped')
						.map(({ key }) => key)
				);
				carryOut(state, planned, decisions);
				const after = contentOf(state);
				const again = plan(state, file, { whole: isWhole });
				// A pupil whose number went to somebody else is in the file no more.
				const left = again.people.filter(({ outcome }) => outcome === 'left');
				expect(left.filter(({ number }) => !/-oud\d*$/.test(number))).toEqual([]);
				for (const { key, outcome } of again.people) {
					if (takenOver.has(key)) expect(['unchanged', 'doubt', 'skipped']).toContain(outcome);
				}
				carryOut(state, again);
				if (again.people.every(({ key }) => takenOver.has(key))) {
					expect(contentOf(state)).toEqual(after);
				}
			}),
			{ numRuns: 120 }
		);
	});

	it('writes nothing about a person in doubt', () => {
		fc.assert(
			fc.property(roster, roster, whole, (first, second, isWhole) => {
				const state = emptySchool();
				carryOut(state, plan(state, first));
				const planned = plan(state, second, { whole: isWhole });
				const open = planned.people.filter(({ outcome }) => outcome === 'doubt');
				const untouched = new Set(open.map(({ id }) => id));
				for (const person of open) expect(person.writes).toEqual([]);
				const before = contentOf(state).filter(({ id }) => untouched.has(id));
				carryOut(state, planned);
				expect(contentOf(state).filter(({ id }) => untouched.has(id))).toEqual(before);
			})
		);
	});

	it('lets nobody leave who is in the file, and nobody at all from a part of the school', () => {
		fc.assert(
			fc.property(roster, roster, (first, second) => {
				const state = emptySchool();
				carryOut(state, plan(state, first));
				expect(plan(state, second).counts.left).toBe(0);
				const numbers = new Set(second.pupils.map(({ pupilNumber }) => pupilNumber));
				for (const { outcome, number } of plan(state, second, { whole: true }).people) {
					if (outcome === 'left') expect(numbers.has(number)).toBe(false);
				}
			})
		);
	});

	it('brings only what a file can bring', () => {
		fc.assert(
			fc.property(roster, choosing, (file, choose) => {
				const state = emptySchool();
				const planned = plan(state, file);
				for (const { name, args } of commandsOf(planned, decideFully(planned, choose))) {
					if (name !== 'import.write@2') continue;
					for (const record of args.records) {
						expect(importedKinds).toContain('add' in record ? record.add.kind : record.kind);
					}
				}
			})
		);
	});
});

describe('the mutations of an import', () => {
	const longText = fc.string({ unit: 'grapheme', maxLength: 400 });
	const longPupil = fc.record({
		pupilNumber: fc.uuid(),
		sourceKey: fc.uuid(),
		givenName: longText,
		familyName: longText,
		groupName: longText,
		contact: fc.record({ street: longText, city: longText, email: longText }),
		line: fc.constant(2),
		unreadable: fc.constant([])
	});

	it('are never longer than a mutation may be, and are accepted', () => {
		fc.assert(
			fc.property(fc.array(longPupil, { maxLength: 40 }), (some) => {
				const state = emptySchool();
				// The same people under other numbers, so that there are chunks to divide them over.
				const pupils = Array.from({ length: 8 }, (_, copy) =>
					some.map((row) => ({ ...row, pupilNumber: `${copy}${row.pupilNumber}` }))
				).flat();
				const commands = commandsOf(
					plan(state, { format: 'CSV', pupils, guardians: [], staff: [] })
				);
				for (const command of commands) {
					const length = new TextEncoder().encode(JSON.stringify(command)).length;
					expect(length).toBeLessThan(maxMutationBytes - 1_000);
					runCommand(state, command, today);
				}
			}),
			{ numRuns: 20 }
		);
	});

	it('keep the records of a pupil together', () => {
		const pupils = Array.from({ length: 3_000 }, (_, index) => ({
			line: index + 2,
			unreadable: [],
			sourceKey: `${index}`,
			pupilNumber: `${index}`,
			givenName: `Aylin ${index}`,
			familyName: 'Peeters',
			birthDate: '2014-11-07',
			contact: { city: 'Gent' }
		}));
		const commands = commandsOf(
			plan(emptySchool(), { format: 'CSV', pupils, guardians: [], staff: [] })
		);
		expect(commands.length).toBeGreaterThan(5);
		const chunkOf = new Map<string, number>();
		commands.forEach((command, chunk) => {
			if (command.name !== 'import.write@2') return;
			for (const record of command.args.records) {
				if (!('add' in record)) continue;
				const { add } = record;
				const subject = add.kind === 'enrolment' ? add.pupilId : add.id;
				expect(chunkOf.get(subject) ?? chunk).toBe(chunk);
				chunkOf.set(subject, chunk);
			}
		});
	});
});

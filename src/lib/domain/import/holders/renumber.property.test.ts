import fc from 'fast-check';
import { expect, it } from 'vitest';
import { mutationsOf } from '../import-commands.ts';
import { decide } from '../plan-import.ts';
import { choosing, decideFully } from '../test-rosters.ts';
import {
	administration,
	emptySchool,
	importInto,
	newId,
	plan,
	pupilRow,
	roster,
	runCommand,
	today
} from '../testing.ts';

const names = ['Aya', 'Bram', 'Cem', 'Dana', 'Emil', 'Fleur', 'Gijs', 'Hana', 'Ilse', 'Joris'];
/** The last two are new in the file, and the last three of the numbers nobody's yet. */
const known = 8;
const numbers = Array.from({ length: known + 3 }, (_, at) => `${at + 1}`);

function rowOf(at: number, pupilNumber: string) {
	const name = names[at] ?? '';
	return pupilRow({
		pupilNumber,
		givenName: name,
		familyName: `Van ${name}`,
		birthDate: `201${at}-01-01`,
		line: at + 2
	});
}

const shuffled = fc.shuffledSubarray(numbers, { minLength: 4, maxLength: names.length });
/** From a person in a mutation, to all of them in one. The least has room for the longest ring. */
const mostBytes = fc.integer({ min: 1_400, max: 8_000 });

it('numbers change hands whatever is decided, wherever one mutation ends and the next begins', () => {
	fc.assert(
		fc.property(shuffled, mostBytes, fc.boolean(), choosing, (given, most, whole, choose) => {
			const state = emptySchool();
			const before = names.slice(0, known).map((_, at) => rowOf(at, `${at + 1}`));
			importInto(state, roster({ pupils: before }));
			const file = roster({ pupils: given.map((number, at) => rowOf(at, number)) });
			const planned = plan(state, file, { whole });
			const decided = decide(planned, decideFully(planned, choose));
			const made = {
				importRunId: newId(),
				actorId: administration.id,
				madeAt: `${today}T08:00:00.000Z`,
				fileName: 'leerlingen.csv'
			};
			for (const command of mutationsOf(decided, made, most)) runCommand(state, command);
			const held = [...state.all('pupil')].map(({ pupilNumber }) => pupilNumber);
			expect(new Set(held).size).toBe(held.length);
			for (const { outcome, number, id, line } of decided.people) {
				if (/doubt|skipped/.test(outcome) || line === undefined) continue;
				expect(state.find('pupilByNumber', number)).toMatchObject([{ id }]);
			}
		}),
		{ numRuns: 300 }
	);
});

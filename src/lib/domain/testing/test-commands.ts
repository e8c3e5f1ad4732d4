import fc from 'fast-check';
import { allMutations, topicOf, undoRuleOf, type MutationName } from '../registry/mutations.ts';
import { accountCommands } from './account-commands.ts';
import { cardCommands } from './card-commands.ts';
import { weighed, type Command, type Weighed } from './command.ts';
import { importCommands } from './import-commands.ts';
import { sampleRecords } from './every-kind.ts';
import { administrator, type TestSchool } from './test-school.ts';

/** Random use of a school, for properties that must hold after anything. */

const settings = fc.integer({ min: 1, max: 4 }).map((minutes): Command => (school) => {
	const now = school.state.get('school', 'school-1')?.lockAfterMinutes ?? 0;
	return school.make('school.changeSettings@1', { edit: { lockAfterMinutes: [now, minutes] } });
});

/**
 * Gives a `TestSchool('a', 'b', 'c')` what the commands need: a print to issue cards in, a key to sign
 * them by, and a pupil who is of age.
 */
export function readyForCommands(school: TestSchool): void {
	school.startPrint();
	const [cardKey] = sampleRecords.cardKey;
	const [cardKeyPrivate] = sampleRecords.cardKeyPrivate;
	const identity = { kind: 'pupilIdentity', id: 'a', birthDate: '2008-01-05', sex: null } as const;
	school.state.apply({ puts: [cardKey, cardKeyPrivate, identity], removes: [] });
}

/** Of what left a history, one of the last six. */
const undoOne = fc.nat(5).map((back): Command => (school) => {
	const entries = [...school.state.all('history')];
	// A print that cards name stays, and would keep everything from being undone.
	const made = entries.filter(({ subjectId }) => subjectId !== 'print-1');
	const uids = [...new Set(made.map(({ uid }) => uid))];
	const uid = uids.at(-1 - (back % Math.max(uids.length, 1))) ?? '';
	return school.make('change.undo@1', { uid, except: [] }, { actor: administrator });
});

/** How each mutation comes to be asked for; a new one does not compile until it says how. */
export const randomCommands: { readonly [Name in MutationName]: Weighed | null } = {
	...accountCommands,
	...cardCommands,
	...importCommands,
	// A school is made once, and those that these are made in have been.
	'school.create@1': null,
	'school.changeSettings@1': weighed(2, settings),
	'change.undo@1': weighed(12, undoOne)
};

/** Some thirty commands, one after the other, of mutations that pass. */
function someOf(
	passes: (name: MutationName) => boolean = () => true
): fc.Arbitrary<readonly Command[]> {
	const found = allMutations.filter(passes).flatMap((name) => randomCommands[name] ?? []);
	return fc.array(fc.oneof(...found), { minLength: 10, maxLength: 40 });
}

/** Some thirty things done, one after the other; some are refused. */
export const commands = someOf();

/** An import is taken back by rules of its own. */
const isOfImport = (name: MutationName) => topicOf(name) === 'import';

/** The same, without imports: what is taken back and done again leaves things as they were. */
export const repeatableCommands = someOf((name) => !isOfImport(name));

/** The same, of what the administration may undo. */
export const undoableCommands = someOf((name) => {
	const by = undoRuleOf(name)?.by;
	return name === 'change.undo@1' || (by !== undefined && by !== 'maker' && !isOfImport(name));
});

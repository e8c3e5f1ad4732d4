import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnyRecord } from '../registry/records.ts';
import {
	readyForCommands,
	repeatableCommands,
	undoableCommands
} from '../testing/test-commands.ts';
import {
	administrator,
	enrolmentRecord,
	pupilActor,
	pupilRecord,
	snapshot,
	TestSchool
} from '../testing/test-school.ts';
import { describeActions } from './describe.ts';
import { overtakenSubjects, undoOutcome } from './undo-plan.ts';

describe('undoing an import', () => {
	const importRun = {
		kind: 'importRun',
		id: 'import-1',
		madeAt: '2026-11-21T09:00:00.000Z',
		actorId: administrator.id,
		fileName: 'leerlingen.csv',
		format: 'CSV',
		whole: false,
		added: 2,
		changed: 0,
		left: 0,
		skipped: 0,
		undoneAt: null
	} as const;
	const newGroup = { kind: 'group', id: 'group-2', name: '5de leerjaar' } as const;
	/** All at the same moment, as a batch may be; the second write refers to what the first added. */
	const by = { batch: 'batch-1', madeAt: importRun.madeAt };

	function imported(): TestSchool {
		const school = new TestSchool();
		const importRunId = importRun.id;
		const write = (...records: readonly AnyRecord[]) =>
			school.make('import.write@1', { importRunId, records: records.map((add) => ({ add })) }, by);
		expect(school.make('import.start@1', { run: importRun }, by)).toBeNull();
		const groupId = newGroup.id;
		expect(write(newGroup, pupilRecord('p', { groupId }), enrolmentRecord('p'))).toBeNull();
		expect(write(pupilRecord('q', { groupId }), enrolmentRecord('q'))).toBeNull();
		return school;
	}

	function undoBatch(school: TestSchool, batch: string, newBatch: string) {
		const plan = undoOutcome(school.state, batch, administrator.id).changes;
		const results = plan.map((args) => school.make('change.undo@1', args, { batch: newBatch }));
		return { plan, results };
	}

	it('leaves nothing of it but its report, whatever order it was made in', () => {
		const school = imported();
		const { plan, results } = undoBatch(school, 'batch-1', 'batch-2');
		expect(plan.map(({ uid }) => uid)).toEqual(['uid-3', 'uid-2', 'uid-1']);
		expect(results).toEqual([null, null, null]);
		expect(school.state.count('pupil') + school.state.count('enrolment')).toBe(0);
		expect(school.state.count('group')).toBe(1);
		expect(school.state.get('importRun', 'import-1')?.undoneAt).not.toBeNull();
		expect(undoOutcome(school.state, 'batch-1', administrator.id).changes).toEqual([]);
	});

	it('can be done again', () => {
		const school = imported();
		const before = snapshot(school.state);
		undoBatch(school, 'batch-1', 'batch-2');
		expect(undoBatch(school, 'batch-2', 'batch-3').results).toEqual([null, null, null]);
		expect(snapshot(school.state)).toEqual(before);
	});

	it('leaves out who uses an account by now, and the group they are in', () => {
		const school = imported();
		const leerIdId = school.withLeerId('q');
		school.make('leerId.signedIn@1', { leerIdId }, { actor: pupilActor(leerIdId) });
		expect(overtakenSubjects(school.state, 'uid-3')).toEqual(['q']);
		expect(school.undo('uid-3')).toEqual({ code: 'overtaken' });
		const { plan, results } = undoBatch(school, 'batch-1', 'batch-2');
		expect(plan.map(({ except }) => except)).toEqual([['group-2'], []]);
		expect(results).toEqual([null, null]);
		expect([...school.state.all('pupil')].map(({ id }) => id)).toEqual(['q']);
		expect(school.state.get('group', 'group-2')).toBeDefined();
	});

	it('is too late after thirty days', () => {
		const school = imported();
		const late = { madeAt: '2026-12-21T09:00:00.001Z' };
		expect(school.undo('uid-3', [], late)).toEqual({ code: 'tooLate' });
		expect(school.undo('uid-3', [], { madeAt: '2026-12-21T09:00:00.000Z' })).toBeNull();
	});
});

describe('undoing a bulk renewal', () => {
	it('takes the passwords back and keeps the record of the print', () => {
		const school = new TestSchool('a', 'b');
		school.withLeerId('a');
		school.withLeerId('b');
		const by = { batch: 'batch-1', madeAt: school.at(100) };
		const printRunId = 'print-2';
		school.make('print.start@1', { printRunId, title: '2 leerlingen', cardCount: 2 }, by);
		for (const id of ['a', 'b']) {
			school.make('leerId.renew@1', { ...school.renewal(id, 2), printRunId }, by);
		}
		school.make('print.saved@1', { printRunId });
		const plan = undoOutcome(school.state, 'batch-1', administrator.id).changes;
		expect(plan).toHaveLength(2);
		for (const args of plan) expect(school.make('change.undo@1', args)).toBeNull();
		expect(school.cards('a')).toEqual(['1 current', '2 revoked']);
		expect(school.state.get('printRun', printRunId)).toBeDefined();
		expect(school.undo('uid-4')).toEqual({ code: 'overtaken' });
	});
});

describe('undoing anything', () => {
	/**
	 * The records that a school works by: all but history, prints, and what became of revoked cards.
	 */
	const working = (school: TestSchool) =>
		snapshot(school.state).filter((text) => !text.includes('"revoked"'));

	it('and doing it again changes nothing, wherever it is possible', () => {
		fc.assert(
			fc.property(repeatableCommands, fc.nat(40), (made, which) => {
				const school = new TestSchool('a', 'b', 'c');
				readyForCommands(school);
				for (const [at, command] of made.entries()) command(school, at);
				const before = snapshot(school.state);
				if (school.undo(`uid-${which}`) !== null) return;
				expect(school.undo(school.uid)).toBeNull();
				expect(snapshot(school.state)).toEqual(before);
			}),
			{ numRuns: 300 }
		);
	});

	it('latest first leads back to the start', () => {
		fc.assert(
			fc.property(undoableCommands, (made) => {
				const school = new TestSchool('a', 'b', 'c');
				readyForCommands(school);
				const start = working(school);
				const uids: string[] = [];
				for (const [at, command] of made.entries()) {
					if (command(school, at) === null) uids.push(school.uid);
				}
				for (const uid of uids.toReversed()) {
					const left = school.state.find('historyByUid', uid).length > 0;
					if (left) expect([uid, school.undo(uid)]).toEqual([uid, null]);
				}
				expect(working(school)).toEqual(start);
			}),
			{ numRuns: 300 }
		);
	});
});

describe('a batch', () => {
	const batch = 'batch-1';
	const change = (school: TestSchool, minutes: readonly [number, number], actor = administrator) =>
		school.make(
			'school.changeSettings@1',
			{ edit: { lockAfterMinutes: minutes } },
			{ batch, actor }
		);
	const stranger = { ...administrator, id: 'account-9' };

	it('is one person’s: what somebody else sent under its id is not undone with it', () => {
		const school = new TestSchool();
		change(school, [15, 20]);
		const own = school.uid;
		school.make(
			'school.changeSettings@1',
			{ edit: { offlineHours: [72, 24] } },
			{ batch, actor: stranger }
		);
		expect(undoOutcome(school.state, batch, administrator.id).changes).toEqual([
			{ uid: own, except: [] }
		]);
	});

	it('is told apart in the history, each part under who did it', () => {
		const school = new TestSchool();
		change(school, [15, 20]);
		change(school, [20, 25], stranger);
		const actions = describeActions(school.state, 9);
		expect(actions.map(({ actorId, uids }) => [actorId, uids.length])).toEqual([
			['account-9', 1],
			['account-1', 1]
		]);
		expect(new Set(actions.map(({ key }) => key)).size).toBe(2);
	});
});

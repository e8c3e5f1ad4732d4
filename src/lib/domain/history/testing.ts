import { expect } from 'vitest';
import type { ImportedRecord } from '../import/imported-record.ts';
import type { Id } from '../kernel/ids.ts';
import type { ImportRun } from '../import/kinds.ts';
import { administrator, enrolmentRecord, pupilRecord, TestSchool } from '../testing/test-school.ts';
import { undoOutcome } from './undo-plan.ts';

/** An import, and its undo, for the tests of this folder. */

export const importRun: ImportRun = {
	kind: 'importRun',
	id: 'import-1',
	madeAt: '2026-11-21T08:00:00.000Z',
	actorId: administrator.id,
	fileName: 'leerlingen.csv',
	format: 'CSV',
	whole: false,
	added: 1,
	changed: 0,
	left: 0,
	skipped: 0,
	undoneAt: null
};

/** A school with pupil `a`, who has a card, and an import that adds `p` and writes the rest. */
export function imported(...records: readonly ImportedRecord[]): TestSchool {
	const school = new TestSchool('a');
	school.withLeerId('a');
	const by = { batch: 'batch-1' };
	expect(school.make('import.start@1', { run: importRun }, by)).toBeNull();
	const added = [pupilRecord('p'), enrolmentRecord('p')].map((add) => ({ add }));
	const args = { importRunId: importRun.id, records: [...added, ...records], decided: ['a'] };
	expect(school.make('import.write@2', args, by)).toBeNull();
	return school;
}

let batches = 1;

/** The batch of the undo. */
export function undoBatch(school: TestSchool, batch: Id): Id {
	const next = `batch-${++batches}`;
	for (const args of undoOutcome(school.state, batch, administrator.id).changes) {
		expect(school.make('change.undo@1', args, { batch: next })).toBeNull();
	}
	return next;
}

export function rename(from: string, to: string): ImportedRecord {
	return { kind: 'pupil', id: 'a', edit: { givenName: [from, to] } };
}

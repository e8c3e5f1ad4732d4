import { describe, expect, it } from 'vitest';
import { imported, importRun, undoBatch } from '#lib/domain/history/testing.ts';
import {
	administrator,
	administratorWith,
	type TestSchool
} from '#lib/domain/testing/test-school.ts';
import { worthlessRuns } from './worthless-cards.ts';

/** Pupil `a` was here, pupil `p` is of an import; the administrator printed a card for each. */
function printed(): TestSchool {
	const school = imported();
	school.withLeerId('p');
	school.make('print.saved@1', { printRunId: 'print-1' });
	return school;
}

function countsIn(school: TestSchool, days = 0): number[] {
	const at = new Date(Date.parse(school.at(100)) + days * 24 * 3_600_000).toISOString();
	return worthlessRuns(school.state, administrator.id, at).map(({ count }) => count);
}

describe('whoever printed cards', () => {
	it('is told of those that an undone import revoked, also where they undid it', () => {
		const school = printed();
		expect(countsIn(school)).toEqual([]);
		undoBatch(school, 'batch-1');
		expect(countsIn(school)).toEqual([1]);
		expect(countsIn(school, 29)).toEqual([1]);
		expect(countsIn(school, 31)).toEqual([]);
		expect(worthlessRuns(school.state, 'somebody else', school.at(100))).toEqual([]);
	});

	it('is told of no card of a print that was never saved: it is on no paper', () => {
		const school = imported();
		school.withLeerId('p');
		undoBatch(school, 'batch-1');
		expect(countsIn(school)).toEqual([]);
	});

	it('is still told once the import is done again: the paper stays worthless', () => {
		const school = printed();
		undoBatch(school, undoBatch(school, 'batch-1'));
		expect(school.state.get('importRun', importRun.id)?.undoneAt).toBeNull();
		expect(school.cards('p')).toEqual(['1 revoked']);
		expect(countsIn(school)).toEqual([1]);
	});

	it('is told of what somebody else revoked, and not of what they revoked themselves', () => {
		const school = printed();
		school.make('card.revoke@1', { cardId: 'card-a-1' });
		expect(countsIn(school)).toEqual([]);
		const actor = administratorWith('cards');
		expect(school.make('card.revoke@1', { cardId: 'card-p-1' }, { actor })).toBeNull();
		expect(countsIn(school)).toEqual([1]);
	});

	it('is told again of more cards, and not again because some were revoked long ago', () => {
		const school = printed();
		const actor = administratorWith('cards');
		const keyAt = (at: string) => worthlessRuns(school.state, administrator.id, at)[0]?.key;
		school.make('card.revoke@1', { cardId: 'card-a-1' }, { actor });
		const first = keyAt(school.at(100));
		const later = '2026-12-10T09:00:00.000Z';
		school.make('card.revoke@1', { cardId: 'card-p-1' }, { actor, madeAt: later });
		const both = keyAt(later);
		expect(both).not.toBe(first);
		expect(keyAt('2027-01-05T09:00:00.000Z')).toBe(both);
	});
});

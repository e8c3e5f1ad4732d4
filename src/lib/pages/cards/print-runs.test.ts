import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TestSchool } from '#lib/domain/testing/test-school.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { runCards } from './run-cards.ts';
import { printRuns, whyNotPrintable } from './print-runs.ts';

beforeEach(() => {
	vi.useFakeTimers({ now: new Date('2026-11-21T10:00:00Z'), toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

function printed() {
	const school = new TestSchool('a', 'b');
	school.withLeerId('a');
	const row = () => {
		const [run] = printRuns(school.state);
		if (!run) throw new Error('no run');
		return run;
	};
	return { school, row };
}

test('a run that nobody saved says so, and can be printed again', () => {
	const { school, row } = printed();
	expect(row()).toMatchObject({ who: 'An Peeters', cardCount: 1, saved: false, printable: true });
	expect(whyNotPrintable(school.state, row())).toBeNull();
	school.make('print.saved@1', { printRunId: 'print-1' });
	expect(row()).toMatchObject({ saved: true, printable: true });
});

test('after a day its passwords are no longer shown', () => {
	const { school, row } = printed();
	vi.setSystemTime(new Date('2026-11-22T10:00:00Z'));
	expect(row().printable).toBe(false);
	expect(whyNotPrintable(school.state, row())).toBe(m.print_run_too_late());
});

test('a run whose passwords were renewed is told as replaced', () => {
	const { school, row } = printed();
	school.make('print.start@1', { printRunId: 'print-2', title: 'Later', cardCount: 1 });
	school.make('leerId.renew@1', { ...school.renewal('a', 2), printRunId: 'print-2' });
	const first = printRuns(school.state).find(({ id }) => id === 'print-1');
	expect(first && whyNotPrintable(school.state, first)).toBe(m.print_run_replaced());
	expect(row().id).toBe('print-2');
	expect(runCards(school.state, 'print-1')).toMatchObject([
		{ pupilId: 'a', userName: 'user.a', standing: { text: 'Vervangen' } }
	]);
});

test('runs are listed with the latest first', () => {
	const { school } = printed();
	for (const id of ['print-2', 'print-3']) {
		school.make('print.start@1', { printRunId: id, title: id, cardCount: 1 });
	}
	expect(printRuns(school.state).map(({ id }) => id)).toEqual(['print-3', 'print-2', 'print-1']);
	const [empty] = printRuns(school.state);
	expect(empty && whyNotPrintable(school.state, empty)).toBe(m.print_run_undone());
});

test('a run that was revoked before anybody saved it sends nobody to look for paper', () => {
	const { school, row } = printed();
	school.make('card.revoke@1', { cardId: 'card-a-1' });
	expect(whyNotPrintable(school.state, row())).toBe(m.print_run_revoked_unseen());
});

test('a run of which every card was revoked says so, and that the paper is to go', () => {
	const { school, row } = printed();
	school.make('print.saved@1', { printRunId: 'print-1' });
	school.make('card.revoke@1', { cardId: 'card-a-1' });
	expect(row().standing.text).toBe('Ingetrokken');
	expect(whyNotPrintable(school.state, row())).toBe(m.print_run_revoked());
});

test('a run of which a part was revoked says how many, and how many can be printed again', () => {
	const { school, row } = printed();
	school.withLeerId('b');
	const run = school.state.get('printRun', 'print-1');
	if (!run) throw new Error('no run');
	school.state.apply({
		puts: [{ ...run, cardCount: 2 }],
		removes: []
	});
	school.make('print.saved@1', { printRunId: 'print-1' });
	expect(row()).toMatchObject({ standing: { text: 'Opgeslagen' }, holding: null });
	school.make('card.revoke@1', { cardId: 'card-b-1' });
	expect(row()).toMatchObject({ standing: { text: '1 van 2 ingetrokken' }, holding: 1 });
});

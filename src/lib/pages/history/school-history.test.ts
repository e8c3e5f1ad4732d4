import { beforeEach, expect, test, vi } from 'vitest';
import { testSession } from '#lib/client/session/test-session.ts';
import { mutations } from '#lib/domain/registry/mutations.ts';
import { administratorWith, pupilActor, TestSchool } from '#lib/domain/testing/test-school.ts';
import { actionKinds, isRoutine, kindOf } from './action-kinds.ts';
import { SchoolHistory } from './school-history.svelte.ts';

const address = vi.hoisted(() => ({ url: new URL('https://school.test/beheer/geschiedenis') }));
vi.mock('$app/state', () => ({ page: address }));
vi.mock('$app/navigation', () => ({
	goto: (to: URL | string) => {
		address.url = new URL(to, address.url);
		return Promise.resolve();
	}
}));

beforeEach(() => {
	address.url = new URL('https://school.test/beheer/geschiedenis');
	vi.useFakeTimers({ now: new Date('2026-11-21T10:00:00Z'), toFake: ['Date'] });
});

async function historyOf(school: TestSchool, actor = administratorWith('settings', 'leerId')) {
	const history = new SchoolHistory(testSession(school, { actor }).session);
	await history.load();
	return history;
}

function whatOf(history: SchoolHistory): string[] {
	return history.days.flatMap(({ items }) => items.map(({ what }) => what));
}

function busySchool(): TestSchool {
	const school = new TestSchool('a', 'b');
	const edit = { lockAfterMinutes: [15, 30] } as const;
	school.make('school.changeSettings@1', { edit }, { batch: 'settings' });
	const leerIdId = school.withLeerId('a');
	const actor = pupilActor(leerIdId);
	school.make('leerId.signedIn@1', { leerIdId }, { actor });
	school.make('print.saved@1', { printRunId: 'print-1' });
	return school;
}

test('shows what was done, the newest first, without sign-ins and handed-over files', async () => {
	const history = await historyOf(busySchool());
	expect(whatOf(history)).toEqual([
		'LeerID aangemaakt',
		'Kaarten afgedrukt',
		'Instellingen gewijzigd'
	]);
	expect(history.days).toHaveLength(1);
	expect(history.days[0]?.items[0]).toMatchObject({
		who: 'An Peeters',
		subjects: 'Abdulghani Bogdan'
	});
});

test('a filter shows what is chosen, sign-ins too', async () => {
	const history = await historyOf(busySchool());
	history.choose('what', ['signIns', 'settings']);
	expect(address.url.search).toBe('?wat=signIns&wat=settings');
	const chosen = await historyOf(busySchool());
	expect(whatOf(chosen)).toEqual(['Leerling meldde zich aan', 'Instellingen gewijzigd']);
	expect(chosen.days[0]?.items[0]?.who).toBe('de leerling zelf');
	chosen.choose('who', ['leerlingen']);
	expect(whatOf(await historyOf(busySchool()))).toEqual(['Leerling meldde zich aan']);
	chosen.clearFilter();
	expect(address.url.search).toBe('');
});

test('offers an undo to who may, and shows what was undone', async () => {
	const school = busySchool();
	const history = await historyOf(school);
	const last = history.days[0]?.items.at(-1);
	expect(last).toMatchObject({ batch: 'settings', undoable: true, undone: false });
	const other = await historyOf(school, administratorWith('cards'));
	expect(other.days[0]?.items.at(-1)?.undoable).toBe(false);
	const [entry] = school.state.find('historyByBatch', 'settings');
	school.undo(entry?.uid ?? '');
	const after = await historyOf(school);
	expect(whatOf(after)[0]).toBe('Ongedaan gemaakt: Instellingen gewijzigd');
	expect(after.days[0]?.items.at(-1)).toMatchObject({ undone: true, undoable: false });
});

test('shows fifty at a time', async () => {
	const school = new TestSchool();
	for (let minutes = 15; minutes < 67; minutes++) {
		const edit = { lockAfterMinutes: [minutes, minutes + 1] } as const;
		school.make('school.changeSettings@1', { edit });
	}
	const history = await historyOf(school);
	expect([history.count, history.hasMore]).toEqual([50, true]);
	history.more();
	expect([history.count, history.hasMore]).toEqual([52, false]);
});

test('every mutation is of a kind that can be chosen', () => {
	for (const name of Object.keys(mutations)) expect(actionKinds).toContain(kindOf(name));
	expect(kindOf('leerId.renew@1')).toBe('leerId');
	expect(kindOf('leerId.linkEmail@1')).toBe('pupils');
	expect(kindOf('print.start@1')).toBe('cards');
	expect(kindOf('account.archive@1')).toBe('accounts');
	expect(isRoutine('leerId.signedIn@1')).toBe(true);
	expect(isRoutine('print.start@1')).toBe(false);
});

import { expect, test } from 'vitest';
import type { SyncStatus } from '#lib/sync/sync-loop.ts';
import { formatTime } from '#lib/i18n/format.ts';
import { syncLine, troubleText } from './sync-text.ts';

const status: SyncStatus = {
	working: false,
	trouble: null,
	waiting: 0,
	refused: 0,
	lastContact: '2026-11-21T13:02:00.000Z',
	updatedUntil: '2026-11-21T13:02:00.000Z',
	loading: null,
	stuck: false,
	waitsUntil: null
};

test.each<[Partial<SyncStatus>, string, string]>([
	[{}, 'saved', 'Alles verzonden'],
	[{ lastContact: null }, 'saved', 'Bewaard op dit apparaat'],
	[{ waiting: 3 }, 'waiting', 'Bewaard op dit apparaat · nog 3 te verzenden'],
	[
		{ trouble: 'busy', waiting: 3, waitsUntil: '2026-11-21T14:05:00.000Z' },
		'waiting',
		`Nog 3 te verzenden, verder om ${formatTime('2026-11-21T14:05:00.000Z')}`
	],
	[{ trouble: 'busy', waitsUntil: '2026-11-21T14:05:00.000Z' }, 'saved', 'Bewaard op dit apparaat'],
	[{ trouble: 'offline' }, 'saved', 'Bewaard op dit apparaat · geen verbinding'],
	[{ trouble: 'offline', waiting: 1200 }, 'waiting', 'nog 1.200 te verzenden'],
	[{ trouble: 'broken' }, 'saved', 'Bewaard op dit apparaat'],
	[{ waiting: 3, stuck: true }, 'attention', 'verzenden lukt niet'],
	[{ trouble: 'update' }, 'attention', 'nieuwe versie nodig'],
	[{ trouble: 'signedOut', waiting: 3 }, 'attention', 'log opnieuw in'],
	[{ trouble: 'notAllowed' }, 'attention', 'log opnieuw in'],
	[{ refused: 1, waiting: 3, trouble: 'offline' }, 'attention', '1 wijziging niet aangenomen'],
	[{ refused: 2 }, 'attention', '2 wijzigingen niet aangenomen']
])('%j is %s: %s', (change, state, text) => {
	const line = syncLine({ ...status, ...change });
	expect(line.state).toBe(state);
	expect(line.text).toContain(text);
});

test('a narrow line that ends halfway still says until when it waits', () => {
	const time = formatTime('2026-11-21T14:05:00.000Z');
	const { text } = syncLine({ ...status, waiting: 1, waitsUntil: '2026-11-21T14:05:00.000Z' });
	expect(text).toMatch(new RegExp(`^Nog 1 te verzenden, verder om ${time}`));
});

test('says until when it waits, and that nothing is lost', () => {
	const text = troubleText('busy', '2026-11-21T14:05:00.000Z');
	expect(text).toContain(formatTime('2026-11-21T14:05:00.000Z'));
	expect(text).toContain('niets verloren');
	expect(troubleText('busy', null)).toContain('druk');
});

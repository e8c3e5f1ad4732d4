import { beforeEach, expect, test, vi } from 'vitest';
import { testSession } from '#lib/client/session/test-session.ts';
import type { CardAnswer } from '#lib/domain/cards/card-answer.ts';
import { TestSchool } from '#lib/domain/testing/test-school.ts';
import { CardScan, cardText } from './card-scan.svelte.ts';

let answer: CardAnswer;
vi.mock('#lib/client/cards/check-card.ts', () => ({ checkCard: () => Promise.resolve(answer) }));

function scanning() {
	const school = new TestSchool('a');
	school.withLeerId('a');
	const card = school.state.get('credentialCard', 'card-a-1');
	const pupil = school.state.get('pupil', 'a');
	if (!card || !pupil) throw new Error('a card was expected');
	answer = { answer: 'current', card, pupil };
	return { school, card, pupil, scan: new CardScan(testSession(school).session) };
}

beforeEach(() => (answer = { answer: 'otherSchool' }));

test('a card is told in a word, with whose it is, which it is, and until when that is known', async () => {
	const { scan, card, pupil } = scanning();
	expect(scan.result).toBeNull();
	await scan.scanned('SK1:…');
	expect(scan.result).toMatchObject({ word: 'Actueel', tone: 'success', card, pupil });
	expect(scan.result?.upTo).toBe('2026-11-21T09:00:00.000Z');
	expect(cardText(card)).toBe('Kaart 1, gemaakt op 21 november 2026');
	scan.next();
	expect(scan.result).toBeNull();
});

test('what is shown follows what happens to the card elsewhere', async () => {
	const { scan, card, pupil } = scanning();
	await scan.scanned('SK1:…');
	answer = { answer: 'revoked', since: '2026-11-21T10:00:00.000Z', card, pupil };
	await scan.follow(0);
	expect(scan.result?.word).toBe('Actueel');
	await scan.follow(1);
	expect(scan.result).toMatchObject({ word: 'Ingetrokken', tone: 'danger' });
	expect(scan.result?.what).toContain('21 november 2026');
});

test('another card does not take the place of one that is being asked about', async () => {
	const { scan } = scanning();
	await scan.scanned('SK1:…');
	scan.held = true;
	answer = { answer: 'otherSchool' };
	await scan.scanned('SK1:other');
	expect(scan.result?.word).toBe('Actueel');
	scan.held = false;
	await scan.scanned('SK1:other');
	expect(scan.result).toMatchObject({ word: 'Andere school', pupil: null, card: null });
});

test('a name that is not there is told until there is an answer', async () => {
	const { scan } = scanning();
	scan.typed('nobody');
	expect(scan.failed).toBe('noName');
	await scan.scanned('SK1:…');
	expect(scan.failed).toBeNull();
	scan.failed = 'noCode';
	scan.typed('user.a');
	expect(scan.failed).toBeNull();
});

test('a user name finds the pupil and the card that holds, but says nothing of the card in hand', () => {
	const { scan, school, card, pupil } = scanning();
	expect(scan.typed('nobody')).toBe(false);
	expect(scan.typed(' User.A ')).toBe(true);
	expect(scan.result).toMatchObject({ word: 'Gevonden', tone: 'info', card, pupil });
	school.make('card.revoke@1', { cardId: 'card-a-1' });
	expect(scan.result?.card).toBeNull();
	expect(cardText(null)).toBe('Er is geen kaart die geldt');
});

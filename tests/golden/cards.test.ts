import { expect, test } from 'vitest';
import { checkCard } from '#lib/client/cards/check-card.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { importVerifyingKey, verify } from '#lib/crypto/signing.ts';
import type { CardAnswer } from '#lib/domain/cards/card-answer.ts';
import { parseCardCode } from '#lib/domain/cards/card-code.ts';
import { bringUp } from '#lib/domain/registry/migrations.ts';
import { SchoolState } from '#lib/domain/registry/state.ts';
import { readGoldenJson } from './support/files.ts';
import { asNow, type GoldenCard, type GoldenHistory } from './support/shapes.ts';

const cards = readGoldenJson('1/cards.json') as readonly GoldenCard[];
const { records, version, at } = readGoldenJson('1/history.json') as GoldenHistory;

test('a card that was printed then is still worth what it was worth', async () => {
	const state = new SchoolState(asNow(records, version));
	const session = { state, today: at.slice(0, 10) } as unknown as Session;
	for (const { text, answer } of cards) {
		const now =
			'pupil' in answer && answer.pupil ? { ...answer, pupil: bringUp(answer.pupil) } : answer;
		expect(await checkCard(session, text)).toEqual(now);
	}
});

test('there is a card for every answer but that an account has ended', () => {
	const wanted: Readonly<Record<CardAnswer['answer'], boolean>> = {
		current: true,
		replaced: true,
		revoked: true,
		inactive: false,
		otherSchool: true,
		notGenuine: true,
		unknownCard: true,
		noCard: true
	};
	const found = new Set(cards.map(({ answer }) => answer.answer));
	for (const [answer, is] of Object.entries(wanted)) {
		expect([answer, found.has(answer as CardAnswer['answer'])]).toEqual([answer, is]);
	}
});

test('every code that can be read was signed by the key beside it, but the one that was changed', async () => {
	const good: boolean[] = [];
	for (const { text, publicKey } of cards) {
		const code = parseCardCode(text);
		if (!code.ok) continue;
		const key = await importVerifyingKey(publicKey);
		good.push(await verify(key, code.value.signature, code.value.signed));
	}
	expect(good.filter((is) => !is)).toHaveLength(1);
	expect(good.filter((is) => is)).toHaveLength(7);
});

import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { newId } from '#lib/crypto/random.ts';
import { importSigningKey, newSigningKeyPair, sign } from '#lib/crypto/signing.ts';
import { encodeCardPayload, formatCardCode } from '#lib/domain/cards/card-code.ts';
import { signingKeyOf } from '#lib/domain/cards/card-key.ts';
import { school as baseSchool, TestSchool } from '#lib/domain/testing/test-school.ts';
import { checkCard } from './check-card.ts';
import { testSession } from '../session/test-session.ts';

const schoolId = newId();
const cardId = newId();
const [first, second, others] = await Promise.all([1, 2, 3].map(() => newSigningKeyPair()));

/** A school with a key and one card, signed texts of which can be made with any key. */
function printed() {
	const test = new TestSchool('a');
	const { publicKey = '', privateKey = '' } = first ?? {};
	test.state.apply({
		puts: [
			{ ...baseSchool, id: schoolId },
			{ kind: 'cardKey', id: 'key-1', number: 1, publicKey, retiredAt: null },
			{ kind: 'cardKeyPrivate', id: 'key-1', privateKey }
		],
		removes: [{ kind: 'school', id: baseSchool.id }]
	});
	test.startPrint();
	const ids = { leerIdId: 'leerId-a', pupilId: 'a', secretId: 'secret-a-1', printRunId: 'print-1' };
	const basic = { type: 'basic', userName: 'user.a', passwordKind: 'word' } as const;
	expect(test.make('leerId.create@1', { ...ids, ...basic, cardId })).toBeNull();
	return test;
}

async function cardText(
	keys = first,
	payload: Partial<Parameters<typeof encodeCardPayload>[0]> = {}
): Promise<string> {
	const bytes = encodeCardPayload({ schoolId, cardId, keyNumber: 1, ...payload });
	const key = await importSigningKey(keys?.privateKey ?? '');
	return formatCardCode(bytes, await sign(key, bytes));
}

let genuine = '';
beforeAll(async () => (genuine = await cardText()));

test('a card that this school printed is current, until there is a newer one', async () => {
	const test = printed();
	const { session } = testSession(test);
	expect(await checkCard(session, genuine)).toMatchObject({
		answer: 'current',
		pupil: { id: 'a' }
	});
	const renewal = { leerIdId: 'leerId-a', fromSecretId: 'secret-a-1', printRunId: 'print-1' };
	test.make('leerId.renew@1', { ...renewal, secretId: 'secret-a-2', cardId: newId() });
	expect(await checkCard(session, genuine)).toMatchObject({ answer: 'replaced' });
});

test('a forged card is never current: changed, signed with another key, or with a replaced one', async () => {
	const test = printed();
	const { session } = testSession(test);
	const badSignature = { answer: 'notGenuine', why: 'badSignature' };
	expect(await checkCard(session, await cardText(others))).toEqual(badSignature);
	expect(await checkCard(session, await cardText(second, { keyNumber: 2 }))).toEqual(badSignature);
	const elsewhere = await cardText(others, { schoolId: newId() });
	expect(await checkCard(session, elsewhere)).toEqual({ answer: 'otherSchool' });
	const madeUp = await cardText(first, { cardId: newId() });
	expect(await checkCard(session, madeUp)).toEqual({ answer: 'unknownCard' });
	const { publicKey = '', privateKey = '' } = second ?? {};
	test.make('cardKey.rotate@1', {
		fromKeyId: 'key-1',
		publicKey,
		cardKeyPrivate: { kind: 'cardKeyPrivate', id: 'key-2', privateKey }
	});
	expect(signingKeyOf(test.state)?.number).toBe(2);
	expect(await checkCard(session, genuine)).toEqual({ answer: 'notGenuine', why: 'retiredKey' });
	const renewed = await cardText(second, { keyNumber: 2 });
	expect(await checkCard(session, renewed)).toMatchObject({ answer: 'current' });
});

test('a card of which any character was changed is not current', async () => {
	const { session } = testSession(printed());
	const characters = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'];
	await fc.assert(
		fc.asyncProperty(
			fc.nat(genuine.length - 1),
			fc.constantFrom(...characters),
			async (at, character) => {
				fc.pre(genuine[at] !== character);
				const changed = genuine.slice(0, at) + character + genuine.slice(at + 1);
				const { answer } = await checkCard(session, changed);
				expect(['noCard', 'notGenuine', 'otherSchool']).toContain(answer);
			}
		),
		{ numRuns: 300 }
	);
});

test('what is no card of ours is told as such', async () => {
	const { session } = testSession(printed());
	const answers = ['https://example.org', 'SK9:ABC', genuine.slice(0, 60)].map((text) =>
		checkCard(session, text)
	);
	expect(await Promise.all(answers)).toEqual(
		['notACard', 'newerVersion', 'damaged'].map((why) => ({ answer: 'noCard', why }))
	);
});

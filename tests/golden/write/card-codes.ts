import { checkCard } from '#lib/client/cards/check-card.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import { importSigningKey, sign } from '#lib/crypto/signing.ts';
import { encodeCardPayload, formatCardCode } from '#lib/domain/cards/card-code.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { cardKeys, idOf, schoolId } from '../support/cast.ts';
import type { GoldenCard } from '../support/shapes.ts';
import { cardId } from './cards.ts';
import type { Story } from './story.ts';

type Signer = 0 | 1 | 2;

async function codeOf(id: Id, { key = 1, school = schoolId }: { key?: Signer; school?: Id } = {}) {
	const payload = encodeCardPayload({ schoolId: school, cardId: id, keyNumber: key + 1 });
	const signingKey = await importSigningKey(cardKeys[key].privateKey);
	const text = formatCardCode(payload, await sign(signingKey, payload));
	return { text, publicKey: cardKeys[key].publicKey };
}

/** QR codes of the school's cards and of what looks like them, and what reading each gives. */
export async function cardsOf({ state, at }: Story): Promise<readonly GoldenCard[]> {
	const current = await codeOf(cardId('Noor', 3));
	const cards = [
		current,
		await codeOf(cardId('Lina', 1)),
		await codeOf(cardId('Noor', 1)),
		await codeOf(cardId('Sem', 1)),
		await codeOf(cardId('Noor', 3), { key: 0 }),
		await codeOf(idOf('card/unknown')),
		await codeOf(cardId('Noor', 3), { school: idOf('school/other') }),
		{ ...current, text: current.text.slice(0, -3) },
		{ ...current, text: `${current.text.slice(0, -3)}000` },
		{ ...current, text: current.text.replace('SK1:', 'SK2:') },
		{ ...current, text: 'https://example.org' }
	];
	const session = { state, today: at.slice(0, 10) } as unknown as Session;
	return Promise.all(
		cards.map(async (card) => ({ ...card, answer: await checkCard(session, card.text) }))
	);
}

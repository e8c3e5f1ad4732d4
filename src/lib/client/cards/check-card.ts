import { importVerifyingKey, verify } from '#lib/crypto/signing.ts';
import { cardAnswer, type CardAnswer } from '#lib/domain/cards/card-answer.ts';
import { parseCardCode, type CardCode } from '#lib/domain/cards/card-code.ts';
import { cardKeyNumbered } from '#lib/domain/cards/card-key.ts';
import type { Session } from '../session/session.svelte.ts';

/** Tells which card a scanned text is, by the data on this device; it needs no network. */
export async function checkCard(session: Session, text: string): Promise<CardAnswer> {
	const code = parseCardCode(text);
	const isSigned = code.ok && (await isSignedBySchool(session, code.value));
	return cardAnswer(session.state, code, isSigned, session.today);
}

async function isSignedBySchool({ state }: Session, code: CardCode): Promise<boolean> {
	const key = cardKeyNumbered(state, code.keyNumber);
	if (!key) return false;
	return verify(await importVerifyingKey(key.publicKey), code.signature, code.signed);
}

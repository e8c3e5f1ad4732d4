import { newId } from '#lib/crypto/random.ts';
import { newSigningKeyPair } from '#lib/crypto/signing.ts';
import type { HandOutTarget } from '#lib/domain/cards/hand-out.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { command, type Command } from '../session/session.svelte.ts';

/** *Uitreiking afsluiten*. */
export function closeHandOutCommand(target: HandOutTarget): Command {
	return command('handOut.close@1', { handOutId: newId(), ...target });
}

/** *Sleutel vervangen*: a new pair in the place of this key. */
export async function rotateKeyCommand(fromKeyId: Id): Promise<Command> {
	const { publicKey, privateKey } = await newSigningKeyPair();
	const cardKeyPrivate = { kind: 'cardKeyPrivate', id: newId(), privateKey } as const;
	return command('cardKey.rotate@1', { fromKeyId, publicKey, cardKeyPrivate });
}

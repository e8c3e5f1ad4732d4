import { importSigningKey, sign } from '#lib/crypto/signing.ts';
import { encodeCardPayload, formatCardCode } from '#lib/domain/cards/card-code.ts';
import { signingKeyOf } from '#lib/domain/cards/card-key.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { School } from '#lib/domain/school/kinds.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';

/** Signs card ids with the school's newest key; null without the right to it. */
export async function cardSigner(
	state: SchoolState,
	school: School
): Promise<((cardId: Id) => Promise<string>) | null> {
	const key = signingKeyOf(state);
	const privateKey = key && state.get('cardKeyPrivate', key.id)?.privateKey;
	if (!key || !privateKey) return null;
	const signingKey = await importSigningKey(privateKey);
	return async (cardId) => {
		const payload = encodeCardPayload({ schoolId: school.id, cardId, keyNumber: key.number });
		return formatCardCode(payload, await sign(signingKey, payload));
	};
}

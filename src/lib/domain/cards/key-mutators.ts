import type { Mutator } from '../registry/mutator.ts';
import type { Id } from '../kernel/ids.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import { isCardKeyNumber } from './card-key.ts';
import type { CardKeyPrivate } from './kinds.ts';

/** A new key that signs cards, after a device that held the old one was lost. */
export interface RotateCardKey {
	/** The key that the person saw being replaced. */
	readonly fromKeyId: Id;
	/** Raw Ed25519, base64url. */
	readonly publicKey: string;
	readonly cardKeyPrivate: CardKeyPrivate;
}

/** From here on, what the old key signed is never *Actueel*. */
const rotate: Mutator<RotateCardKey> = {
	may: administrationWith('cards'),
	run(draft, { fromKeyId, publicKey, cardKeyPrivate }, { madeAt }) {
		const from = draft.get('cardKey', fromKeyId);
		if (!from) return { code: 'notFound', kind: 'cardKey', id: fromKeyId };
		if (from.retiredAt !== null) {
			const { kind, id, retiredAt: theirs } = from;
			return { code: 'changedMeanwhile', kind, id, field: 'retiredAt', mine: null, theirs };
		}
		const { id } = cardKeyPrivate;
		if (draft.get('cardKey', id)) return { code: 'alreadyExists', kind: 'cardKey', id };
		const number = Math.max(...Array.from(draft.all('cardKey'), (key) => key.number)) + 1;
		if (!isCardKeyNumber(number)) return { code: 'invalidValue', field: 'number' };
		draft.put({ ...from, retiredAt: madeAt });
		draft.remove('cardKeyPrivate', fromKeyId);
		draft.put({ kind: 'cardKey', id, number, publicKey, retiredAt: null });
		draft.put(cardKeyPrivate);
		return null;
	}
};

export const cardKeyMutators = { 'cardKey.rotate@1': rotate };

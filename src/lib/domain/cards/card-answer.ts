import { leerIdStatus } from '../credentials/status.ts';
import type { CredentialCard } from '../credentials/kinds.ts';
import type { Instant, IsoDate } from '../kernel/ids.ts';
import type { Pupil } from '../people/kinds.ts';
import type { Result } from '../kernel/result.ts';
import type { StateReader } from '../registry/state.ts';
import type { CardCode, UnreadableCard } from './card-code.ts';
import { cardKeyNumbered } from './card-key.ts';

/** A card of this school, and whose it is; null: that pupil's record is gone. */
interface KnownCard {
	readonly card: CredentialCard;
	readonly pupil: Pupil | null;
}

/** The standing of a scanned card (product.md 41), as far as this device knows. */
export type CardAnswer =
	/** *Actueel*. */
	| { readonly answer: 'current'; readonly card: CredentialCard; readonly pupil: Pupil }
	/** *Vervangen*: a newer card exists since `since`. */
	| ({ readonly answer: 'replaced'; readonly since: Instant | null } & KnownCard)
	/** *Ingetrokken*. */
	| ({ readonly answer: 'revoked'; readonly since: Instant | null } & KnownCard)
	/** *Inactief*: the card holds, the account does not. null: never enrolled, or no longer here. */
	| ({ readonly answer: 'inactive'; readonly endedOn: IsoDate | null } & KnownCard)
	/** *Andere school*. */
	| { readonly answer: 'otherSchool' }
	/** *Niet echt*: not signed by this school, or with a key that it has replaced since. */
	| { readonly answer: 'notGenuine'; readonly why: 'badSignature' | 'retiredKey' }
	/** Signed by this school, but this device has no such card: perhaps it is behind. */
	| { readonly answer: 'unknownCard' }
	/** *Geen kaart*. */
	| { readonly answer: 'noCard'; readonly why: UnreadableCard };

/**
 * Returns the outcome of a scan. A signature alone never makes a card *Actueel*: its own record is
 * needed too, and says whether it still holds (design.md 5, *Cards*).
 *
 * @param isSigned whether the signature holds, by the public key of `cardKeyNumbered`
 */
export function cardAnswer(
	state: StateReader,
	code: Result<CardCode, UnreadableCard>,
	isSigned: boolean,
	today: IsoDate
): CardAnswer {
	if (!code.ok) return { answer: 'noCard', why: code.refusal };
	const { schoolId, cardId, keyNumber } = code.value;
	if (!state.get('school', schoolId)) return { answer: 'otherSchool' };
	const key = cardKeyNumbered(state, keyNumber);
	if (!key || !isSigned) return { answer: 'notGenuine', why: 'badSignature' };
	// The finder of a lost device could sign with it.
	if (key.retiredAt !== null) return { answer: 'notGenuine', why: 'retiredKey' };
	const card = state.get('credentialCard', cardId);
	return card ? answerOf(state, card, today) : { answer: 'unknownCard' };
}

function answerOf(state: StateReader, card: CredentialCard, today: IsoDate): CardAnswer {
	const pupil = state.get('pupil', card.pupilId) ?? null;
	if (card.state !== 'current') return { answer: card.state, since: card.endedAt, card, pupil };
	const { status, endsOn } = leerIdStatus(state, card.pupilId, today);
	if (pupil && status === 'active') return { answer: 'current', card, pupil };
	return { answer: 'inactive', endedOn: endsOn, card, pupil };
}

import type { Mutator } from '../registry/mutator.ts';
import type { CredentialCard } from '../credentials/kinds.ts';
import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../registry/refusal.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import type { Draft } from '../registry/state.ts';
import type { HandOut } from './kinds.ts';
import { handOutList, type HandOutTarget } from './hand-out.ts';

/** *Kaart intrekken*: its password ends with it. */
export interface RevokeCard {
	readonly cardId: Id;
}

/** *Uitreiken*: its pupil has it now. */
export interface HandOutCard {
	readonly cardId: Id;
	readonly ticked: 'scan' | 'hand';
}

/** It was not handed out after all. */
export interface TakeBackCard {
	readonly cardId: Id;
	/** By whose tick: what somebody else has ticked meanwhile stays. Left out: by anybody's. */
	readonly fromActorId?: Id | undefined;
}

/** *Uitreiking afsluiten*: keeps how far it has come. */
export interface CloseHandOut extends HandOutTarget {
	readonly handOutId: Id;
}

const mayHandle = administrationWith('leerId', 'cards');

const revoke: Mutator<RevokeCard> = {
	may: mayHandle,
	run(draft, { cardId }, { madeAt }) {
		const found = currentCard(draft, cardId);
		if (!found.ok) return found.refusal;
		const card = found.value;
		draft.put({ ...card, state: 'revoked', endedAt: madeAt });
		const leerId = draft.get('leerId', card.leerIdId);
		// A password that the pupil chose since is not on the card, and goes on working.
		if (leerId?.secretId === card.secretId) draft.put({ ...leerId, secretId: null });
		return null;
	}
};

const handOut: Mutator<HandOutCard> = {
	may: mayHandle,
	run(draft, { cardId, ticked }, { actor, madeAt }) {
		if (ticked !== 'scan' && ticked !== 'hand') return { code: 'invalidValue', field: 'ticked' };
		const found = currentCard(draft, cardId);
		if (!found.ok) return found.refusal;
		// Two people may tick the same card: who was first handed it over.
		if (draft.get('cardReceipt', cardId)) return null;
		const { pupilId, issue } = found.value;
		draft.put({
			kind: 'cardReceipt',
			id: cardId,
			pupilId,
			issue,
			receivedAt: madeAt,
			actorId: actor.id,
			ticked
		});
		return null;
	}
};

const takeBack: Mutator<TakeBackCard> = {
	may: mayHandle,
	run(draft, { cardId, fromActorId }) {
		const receipt = draft.get('cardReceipt', cardId);
		if (receipt && (fromActorId ?? receipt.actorId) === receipt.actorId) {
			draft.remove('cardReceipt', cardId);
		}
		return null;
	}
};

const close: Mutator<CloseHandOut> = {
	may: mayHandle,
	run(draft, { handOutId: id, of, ofId }, { actor, madeAt, today }) {
		if (draft.get('handOut', id)) return { code: 'alreadyExists', kind: 'handOut', id };
		if (of !== 'group' && of !== 'printRun') return { code: 'invalidValue', field: 'of' };
		const list = handOutList(draft, { of, ofId }, today);
		if (!list) return { code: 'notFound', kind: of, id: ofId };
		const received = list.entries.filter(({ receipt }) => receipt !== null).length;
		const closed: HandOut = {
			kind: 'handOut',
			id,
			of,
			ofId,
			title: list.title,
			closedAt: madeAt,
			actorId: actor.id,
			received,
			missing: list.entries.length - received
		};
		draft.put(closed);
		return null;
	}
};

function currentCard(draft: Draft, id: Id): Result<CredentialCard, Refusal> {
	const card = draft.get('credentialCard', id);
	if (!card) return refuse({ code: 'notFound', kind: 'credentialCard', id });
	return card.state === 'current' ? ok(card) : refuse({ code: 'cardNotCurrent' });
}

export const cardMutators = {
	'card.revoke@1': revoke,
	'card.handOut@1': handOut,
	'card.takeBack@1': takeBack,
	'handOut.close@1': close
};

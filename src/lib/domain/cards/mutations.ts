import { optional, record } from '../kernel/args.ts';
import { choice, id, named, number, text } from '../kernel/field.ts';
import type { Id } from '../kernel/ids.ts';
import { ok, refuse, type Result } from '../kernel/result.ts';
import { administrationWith } from '../kernel/role-rules.ts';
import type { CredentialCard } from '../credentials/kinds.ts';
import { passwordUndoHours } from '../credentials/undo-hours.ts';
import { mutation } from '../registry/mutation.ts';
import type { Refusal } from '../registry/refusal.ts';
import type { Draft } from '../registry/state.ts';
import { isCardKeyNumber } from './card-key.ts';
import { handOutList } from './hand-out.ts';
import { cards, type HandOut } from './kinds.ts';

const mayHandle = administrationWith('leerId', 'cards');
const byHandlers = { by: ['leerId', 'cards'], within: passwordUndoHours } as const;

export const cardMutations = {
	/** The first mutation of a batch that issues passwords. */
	'print.start@1': mutation({
		args: { printRunId: named('printRun'), title: text(), cardCount: number() },
		may: mayHandle,
		about: 'printRunId',
		topic: 'cards',
		part: 'paper',
		undo: byHandlers,
		ends: null,
		secret: null,
		run(draft, { printRunId: id, title, cardCount }, { actor, madeAt }) {
			if (draft.get('printRun', id)) return { code: 'alreadyExists', kind: 'printRun', id };
			if (!Number.isSafeInteger(cardCount) || cardCount < 1) {
				return { code: 'invalidValue', field: 'cardCount' };
			}
			const actorId = actor.id;
			draft.put({ kind: 'printRun', id, madeAt, actorId, title, cardCount, savedAt: null });
			return null;
		}
	}),

	/** The zip was handed to the browser. */
	'print.saved@1': mutation({
		args: { printRunId: named('printRun') },
		may: mayHandle,
		about: 'printRunId',
		topic: 'cards',
		part: 'paper',
		undo: null,
		ends: null,
		secret: null,
		run(draft, { printRunId: id }, { madeAt }) {
			const printRun = draft.get('printRun', id);
			if (!printRun) return { code: 'notFound', kind: 'printRun', id };
			// Printed again: the first time still says when the passwords were seen.
			if (printRun.savedAt === null) draft.put({ ...printRun, savedAt: madeAt });
			return null;
		}
	}),

	/** *Kaart intrekken*: its password ends with it. */
	'card.revoke@1': mutation({
		args: { cardId: named('credentialCard') },
		may: mayHandle,
		about: 'cardId',
		topic: 'cards',
		part: 'deed',
		undo: byHandlers,
		// A password that the pupil chose since was not on the card, and goes on working.
		ends({ cardId }, state) {
			const leerId = state.get('leerId', state.get('credentialCard', cardId)?.leerIdId ?? '');
			return leerId?.secretId === null ? leerId.id : null;
		},
		secret: null,
		run(draft, { cardId }, { madeAt }) {
			const found = currentCard(draft, cardId);
			if (!found.ok) return found.refusal;
			const card = found.value;
			draft.put({ ...card, state: 'revoked', endedAt: madeAt });
			const leerId = draft.get('leerId', card.leerIdId);
			if (leerId?.secretId === card.secretId) draft.put({ ...leerId, secretId: null });
			return null;
		}
	}),

	/** *Uitreiken*: its pupil has it now. */
	'card.handOut@1': mutation({
		args: { cardId: named('credentialCard'), ticked: choice(['scan', 'hand']) },
		may: mayHandle,
		about: 'cardId',
		topic: 'cards',
		part: 'deed',
		undo: byHandlers,
		ends: null,
		secret: null,
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
	}),

	/** It was not handed out after all. */
	'card.takeBack@1': mutation({
		args: {
			cardId: named('credentialCard'),
			/** By whose tick: what somebody else has ticked meanwhile stays. Left out: by anybody's. */
			fromActorId: optional(named('account'))
		},
		may: mayHandle,
		about: 'cardId',
		topic: 'cards',
		part: 'deed',
		undo: byHandlers,
		ends: null,
		secret: null,
		run(draft, { cardId, fromActorId }) {
			const receipt = draft.get('cardReceipt', cardId);
			if (receipt && (fromActorId ?? receipt.actorId) === receipt.actorId) {
				draft.remove('cardReceipt', cardId);
			}
			return null;
		}
	}),

	/** *Uitreiking afsluiten*: keeps how far it has come. */
	'handOut.close@1': mutation({
		args: {
			handOutId: named('handOut'),
			of: cards.handOut.fields.of,
			/** Of the group or print run. */
			ofId: id()
		},
		may: mayHandle,
		about: 'ofId',
		topic: 'cards',
		part: 'deed',
		undo: byHandlers,
		ends: null,
		secret: null,
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
	}),

	/**
	 * A new key that signs cards, after a device that held the old one was lost: from here on, what the
	 * old key signed is never *Actueel*.
	 */
	'cardKey.rotate@1': mutation({
		args: {
			/** The key that the person saw being replaced. */
			fromKeyId: named('cardKey'),
			/** Raw Ed25519, base64url. */
			publicKey: text(),
			cardKeyPrivate: record('cardKeyPrivate', cards.cardKeyPrivate)
		},
		may: administrationWith('cards'),
		about: null,
		topic: 'cards',
		part: 'deed',
		// A person who lost a device must not get its key back.
		undo: null,
		ends: null,
		secret: null,
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
	})
};

function currentCard(draft: Draft, id: Id): Result<CredentialCard, Refusal> {
	const card = draft.get('credentialCard', id);
	if (!card) return refuse({ code: 'notFound', kind: 'credentialCard', id });
	return card.state === 'current' ? ok(card) : refuse({ code: 'cardNotCurrent' });
}

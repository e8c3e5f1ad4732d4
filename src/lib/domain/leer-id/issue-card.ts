import type { Context } from '../kernel/mutation.ts';
import type { LeerId, IssuedKind } from '../credentials/kinds.ts';
import type { Refusal } from '../registry/refusal.ts';
import type { Draft } from '../registry/state.ts';
import type { Id } from '../kernel/ids.ts';

/** The new password, and the card that it is printed on. */
interface IssuedSecret {
	readonly secretId: Id;
	readonly cardId: Id;
	readonly printRunId: Id;
}

/** Why this secret and card can't be issued, if so: the print run is unknown, or an id is in use. */
export function refuseIssue(draft: Draft, issued: IssuedSecret): Refusal | null {
	const { cardId, printRunId } = issued;
	if (!draft.get('printRun', printRunId))
		return { code: 'notFound', kind: 'printRun', id: printRunId };
	if (draft.get('credentialCard', cardId)) {
		return { code: 'alreadyExists', kind: 'credentialCard', id: cardId };
	}
	return null;
}

/** Writes the LeerID with its new secret, and its next card; the card it had is replaced. */
export function issueCard(
	draft: Draft,
	leerId: LeerId,
	issued: IssuedSecret,
	context: Context
): void {
	const { cardId, printRunId, secretId } = issued;
	let lastIssue = 0;
	for (const card of draft.find('cardByPupil', leerId.pupilId)) {
		if (card.leerIdId !== leerId.id) continue;
		lastIssue = Math.max(lastIssue, card.issue);
		if (card.state === 'current') {
			draft.put({ ...card, state: 'replaced', endedAt: context.madeAt });
		}
	}
	draft.put({ ...leerId, secretId });
	draft.put({
		kind: 'credentialCard',
		id: cardId,
		pupilId: leerId.pupilId,
		leerIdId: leerId.id,
		issue: lastIssue + 1,
		secretId,
		printRunId,
		state: 'current',
		madeAt: context.madeAt,
		endedAt: null
	});
}

/** Tells whether a school issues this kind of password for this type of account (product.md 35). */
export function kindFits(type: LeerId['type'], kind: IssuedKind): boolean {
	return type === 'advanced' ? kind === 'temporary' : kind === 'word' || kind === 'image';
}

import { byGroupAndName } from '#lib/domain/people/list-order.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { CredentialCard, PrintRun } from '#lib/domain/credentials/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import type { CardsJob } from '#lib/print/papers/cards.ts';
import { Breather } from '#lib/vault/disk/breather.ts';
import { cardContent } from './card-content.ts';
import { cardSigner } from './card-signer.ts';
import { cardsJob } from './print-choice.ts';
import type { CardPrintFailure } from './print-run.ts';
import { cardsThatHold } from './reprint.ts';
import type { Session } from '../session/session.svelte.ts';

// Signing loads when something is printed.

/** The job that prints the cards of a run that still hold, their codes signed. */
export async function printRunJob(
	session: Session,
	run: PrintRun
): Promise<Result<CardsJob, CardPrintFailure>> {
	const { state, school } = session;
	const cards = cardsInOrder(state, run.id);
	if (!school || cards.length === 0) return refuse({ code: 'nothingToPrint' });
	const secrets = await session.secrets(cards.map(({ secretId }) => secretId));
	if (!secrets.ok) return secrets;
	const signCard = await cardSigner(state, school);
	if (!signCard) return refuse({ code: 'mayNotSign' });
	const contents: CardContent[] = [];
	const breather = new Breather();
	for (const card of cards) {
		const secret = secrets.value.get(card.secretId);
		if (secret) contents.push(cardContent(state, card, { secret, qr: await signCard(card.id) }));
		await breather.pause();
	}
	if (contents.length === 0) return refuse({ code: 'nothingToPrint' });
	return ok(cardsJob(session, contents, run.title));
}

/** The cards that hold in the order of the list: group, then name. */
function cardsInOrder(state: SchoolState, runId: Id): CredentialCard[] {
	return cardsThatHold(state, runId)
		.flatMap((card) => {
			const pupil = state.get('pupil', card.pupilId);
			const groupName = (pupil?.groupId && state.get('group', pupil.groupId)?.name) || '';
			return pupil ? [{ card, pupil, groupName }] : [];
		})
		.sort(byGroupAndName)
		.map(({ card }) => card);
}

import { byGroupAndName } from '#lib/domain/people/list-order.ts';
import { cardContent } from '#lib/client/cards/card-content.ts';
import { previewQr } from '#lib/client/cards/preview-qr.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { CredentialCard } from '#lib/domain/credentials/kinds.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { BadgeTone, StatusShape } from '#lib/ui/look/tone.ts';

export interface RunCardRow {
	readonly id: Id;
	readonly pupilId: Id;
	readonly name: string;
	readonly groupName: string;
	readonly userName: string;
	/** Whether the card still holds. */
	readonly standing: {
		readonly text: string;
		readonly shape: StatusShape;
		readonly tone: BadgeTone;
	};
}

const standings: Record<CredentialCard['state'], () => RunCardRow['standing']> = {
	current: () => ({ text: m.pupil_card_current(), shape: 'full', tone: 'success' }),
	replaced: () => ({ text: m.pupil_card_replaced(), shape: 'half', tone: 'neutral' }),
	revoked: () => ({ text: m.pupil_card_revoked(), shape: 'empty', tone: 'neutral' })
};

/** The cards of a run, as the list shows them: by group, then name. */
export function runCards(state: SchoolState, runId: Id): RunCardRow[] {
	return state
		.find('cardByPrintRun', runId)
		.flatMap((card) => {
			const pupil = state.get('pupil', card.pupilId) ?? pupilOnce(state, card.pupilId);
			if (!pupil) return [];
			const groupName = (pupil.groupId && state.get('group', pupil.groupId)?.name) || '';
			const row: RunCardRow = {
				id: card.id,
				pupilId: pupil.id,
				name: fullNameOf(pupil),
				groupName,
				userName: state.get('leerId', card.leerIdId)?.userName ?? '',
				standing: standings[card.state]()
			};
			return [{ row, pupil, groupName }];
		})
		.sort(byGroupAndName)
		.map(({ row }) => row);
}

/** Tells whether the run has cards of pupils whose record went: only history knows their names. */
export function hasGonePupils(state: SchoolState, runId: Id): boolean {
	return state.find('cardByPrintRun', runId).some(({ pupilId }) => !state.get('pupil', pupilId));
}

/** As they were when an undo took them away. */
function pupilOnce(state: SchoolState, pupilId: Id): Pupil | undefined {
	for (const { changes } of state.find('historyBySubject', pupilId).toReversed()) {
		for (const change of changes) {
			if (change.op === 'remove' && change.before.kind === 'pupil') return change.before;
		}
	}
	return undefined;
}

/** The cards of a run that still hold, for a preview: without their signed QR text. */
export async function previewCards(session: Session, runId: Id): Promise<CardContent[]> {
	const { state } = session;
	const cards = state.find('cardByPrintRun', runId).filter((card) => card.state === 'current');
	const secrets = await session.secrets(cards.map(({ secretId }) => secretId));
	if (!secrets.ok) return [];
	return cards.flatMap((card) => {
		const secret = secrets.value.get(card.secretId);
		return secret ? [cardContent(state, card, { secret, qr: previewQr })] : [];
	});
}

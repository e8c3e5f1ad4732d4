import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { Secret } from '#lib/domain/credentials/secret.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { CredentialCard } from '#lib/domain/credentials/kinds.ts';
import type { SchoolState } from '#lib/domain/registry/state.ts';

/** Returns the content that is printed on a card of a pupil. */
export function cardContent(
	state: SchoolState,
	card: Pick<CredentialCard, 'pupilId' | 'leerIdId'>,
	printed: { readonly secret: Secret; readonly qr: string }
): CardContent {
	const pupil = state.get('pupil', card.pupilId);
	const leerId = state.get('leerId', card.leerIdId);
	if (!pupil || !leerId) throw new Error('a card without its pupil or LeerID');
	const [school] = state.all('school');
	const { userName, type } = leerId;
	return {
		pupilName: fullNameOf(pupil),
		pupilNumber: pupil.pupilNumber,
		groupName: (pupil.groupId && state.get('group', pupil.groupId)?.name) || '',
		type,
		userName,
		loginAddress: `${school?.loginBase ?? ''}${userName}`,
		...printed
	};
}

import { importSigningKey, sign } from '#lib/crypto/signing.ts';
import { encodeCardPayload, formatCardCode } from '#lib/domain/cards/card-code.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import type { CredentialCard, Id, PrintRun, School } from '#lib/domain/records.ts';
import { ok, refuse, type Result } from '#lib/domain/result.ts';
import type { SchoolState } from '#lib/domain/state/school-state.ts';
import type { PrintJob } from '#lib/print/job.ts';
import { Breather } from '#lib/vault/breather.ts';
import { cardContent } from './card-content.ts';
import type { CardPrintFailure } from './card-printer.svelte.ts';
import { printJob } from './print-choice.ts';
import type { Session } from './session.svelte.ts';

/** What is printed of a run: those of its cards whose passwords are still kept here, signed. */
export async function cardJob(
	session: Session,
	run: PrintRun,
	cards: readonly CredentialCard[]
): Promise<Result<PrintJob, CardPrintFailure>> {
	const { state, school } = session;
	if (!school) return refuse({ code: 'nothingToPrint' });
	const secrets = await session.secrets(cards.map(({ secretId }) => secretId));
	if (!secrets.ok) return secrets;
	const contents: CardContent[] = [];
	const signCard = await cardSigner(state, school);
	if (!signCard) return refuse({ code: 'mayNotSign' });
	const breather = new Breather();
	for (const card of inOrder(state, cards)) {
		const secret = secrets.value.get(card.secretId);
		if (secret) contents.push(cardContent(state, card, { secret, qr: await signCard(card.id) }));
		await breather.pause();
	}
	if (contents.length === 0) return refuse({ code: 'nothingToPrint' });
	return ok(printJob(session, contents, run.title));
}

/** In the order of the list: group, then name. */
function inOrder(state: SchoolState, cards: readonly CredentialCard[]): CredentialCard[] {
	const sortKey = ({ pupilId }: CredentialCard) => {
		const pupil = state.get('pupil', pupilId);
		const group = pupil?.groupId ? state.get('group', pupil.groupId) : undefined;
		return `${group?.name ?? ''}\u0000${pupil?.familyName ?? ''}\u0000${pupil?.givenName ?? ''}`;
	};
	const { compare } = new Intl.Collator('nl', { numeric: true });
	return cards
		.map((card) => ({ card, key: sortKey(card) }))
		.sort((one, other) => compare(one.key, other.key))
		.map(({ card }) => card);
}

/** Signs card ids with the school's newest key; null without the right to it. */
async function cardSigner(
	state: SchoolState,
	school: School
): Promise<((cardId: Id) => Promise<string>) | null> {
	const key = [...state.all('cardKey')]
		.filter(({ retiredAt }) => retiredAt === null)
		.reduce<{ id: Id; number: number } | null>(
			(newest, each) => (newest && newest.number > each.number ? newest : each),
			null
		);
	const privateKey = key && state.get('cardKeyPrivate', key.id)?.privateKey;
	if (!key || !privateKey) return null;
	const signingKey = await importSigningKey(privateKey);
	return async (cardId) => {
		const payload = encodeCardPayload({ schoolId: school.id, cardId, keyNumber: key.number });
		return formatCardCode(payload, await sign(signingKey, payload));
	};
}

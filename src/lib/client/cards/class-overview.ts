import { byName } from '#lib/domain/people/list-order.ts';
import { currentCardOf } from '#lib/domain/cards/hand-out.ts';
import { isEnrolled, leerIdOf } from '#lib/domain/credentials/status.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { Id } from '#lib/domain/kernel/ids.ts';
import { ok, refuse, type Result } from '#lib/domain/kernel/result.ts';
import type { PreviewPage, PrintFailure } from '#lib/print/paper.ts';
import type { OverviewJob, OverviewPupil } from '#lib/print/papers/class-overview.ts';
import type { PaperPrinter } from '../print/printer.svelte.ts';
import { cardSigner } from './card-signer.ts';
import type { Session } from '../session/session.svelte.ts';

export type OverviewFailure =
	/** The group is not here, or nobody is in it. */
	| { readonly code: 'nothingToPrint' }
	/** The account that is signed in may not sign cards. */
	| { readonly code: 'mayNotSign' };

/** *Klasoverzicht met kaarten*: the pupils of a group with the codes of their cards that hold. */
export async function overviewJob(
	session: Session,
	groupId: Id
): Promise<Result<OverviewJob, OverviewFailure>> {
	const { state, school, today } = session;
	const group = state.get('group', groupId);
	const members = state
		.find('pupilByGroup', groupId)
		.filter(({ id }) => isEnrolled(state, id, today));
	if (!group || !school || members.length === 0) return refuse({ code: 'nothingToPrint' });
	const signCard = await cardSigner(state, school);
	if (!signCard) return refuse({ code: 'mayNotSign' });
	const pupils: OverviewPupil[] = [];
	for (const pupil of members.toSorted(byName)) {
		const card = currentCardOf(state, pupil.id);
		pupils.push({
			name: fullNameOf(pupil),
			userName: leerIdOf(state, pupil.id)?.userName ?? '',
			qr: card ? await signCard(card.id) : null
		});
	}
	const { print, locale } = session.preferences;
	const { offset } = print;
	return ok({
		...{ schoolName: school.name, groupName: group.name, locale, date: today },
		...{ pupils, offset }
	});
}

/** Returns a page (from 0) of a class overview as it would be printed. */
export async function previewOverview(
	session: Session,
	printer: PaperPrinter,
	{ groupId, page }: { readonly groupId: Id; readonly page: number },
	signal: AbortSignal
): Promise<Result<PreviewPage, OverviewFailure | PrintFailure>> {
	const job = await overviewJob(session, groupId);
	return job.ok ? printer.preview('classOverview', job.value, { page }, signal) : job;
}

/** Hands the PDF of a class overview to the browser. */
export async function saveOverview(
	session: Session,
	printer: PaperPrinter,
	groupId: Id
): Promise<Result<void, OverviewFailure | PrintFailure>> {
	const job = await overviewJob(session, groupId);
	return job.ok ? printer.save('classOverview', job.value) : job;
}

import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { labelSheets, type LabelSheet } from '#lib/print/cards/label-sheets.ts';
import { defaultSheets, demandOf, fittingSheets, sheetFits } from '#lib/print/cards/sheet-fit.ts';
import type { Result } from '#lib/domain/kernel/result.ts';
import type { PreviewPage, PrintFailure } from '#lib/print/paper.ts';
import type { CardsJob, PreviewTarget } from '#lib/print/papers/cards.ts';
import type { PaperPrinter } from '../print/printer.svelte.ts';
import type { Session } from '../session/session.svelte.ts';

// Cards have to be laid out to know which sheet they fit on, so this loads when something is
// printed.

/** As many cards as a page may hold. */
const mostOnAPage = 65;

/** A label sheet, and whether it holds these cards. */
export interface SheetChoice {
	readonly sheet: LabelSheet;
	readonly fits: boolean;
}

/** Every label sheet. */
export function sheetChoices(session: Session, cards: readonly CardContent[]): SheetChoice[] {
	const demand = demandOf(cards);
	const { locale } = session.preferences;
	return labelSheets.map((sheet) => ({ sheet, fits: sheetFits(sheet, demand, locale) }));
}

/** The job that these cards would be, by this device's preferences. */
export function cardsJob(session: Session, cards: readonly CardContent[], title: string): CardsJob {
	const { print, locale } = session.preferences;
	const { school, today } = session;
	const demand = demandOf(cards);
	const fitting = fittingSheets(demand, locale);
	const chosen = print.sheets
		? fitting.filter(({ id }) => print.sheets?.includes(id))
		: defaultSheets(demand, locale);
	return {
		schoolName: school?.name ?? '',
		locale,
		title,
		date: today,
		cards,
		letters: print.letters,
		sheets: chosen.map(({ id }) => ({ id, start: print.starts[id] ?? 1 })),
		spreadsheet: cards.length > 1,
		offset: print.offset
	};
}

/** Returns the first page as it would be printed. The cards' QR texts need no signature yet. */
export async function previewCards(
	session: Session,
	printer: PaperPrinter,
	{ cards, target }: { readonly cards: readonly CardContent[]; readonly target: PreviewTarget },
	signal: AbortSignal
): Promise<Result<PreviewPage, PrintFailure>> {
	// A preview of thousands need not cross to the worker.
	const job = cardsJob(session, cards.slice(0, mostOnAPage), '');
	return printer.preview('cards', job, { ...target, page: 0 }, signal);
}

import type { PrintPreferences } from '#lib/client/browser/preferences.svelte.ts';
import { cardsJob, sheetChoices } from '#lib/client/cards/print-choice.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { formatNumber } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Option } from '#lib/ui/fields/field.ts';

export interface SheetOption {
	readonly id: string;
	readonly label: string;
	readonly hint: string;
	readonly chosen: boolean;
	/** The first free label, from 1; as many as `count`. */
	readonly start: number;
	readonly count: number;
}

/** The papers that come out of the printer, and the place on them: remembered on this device. */
export class PrintOptionsModel {
	readonly #session: Session;
	readonly #cards: () => readonly CardContent[];

	constructor(session: Session, cards: () => readonly CardContent[]) {
		this.#session = session;
		this.#cards = cards;
	}

	get print(): PrintPreferences {
		return this.#session.preferences.print;
	}

	readonly #chosenIds: readonly string[] = $derived.by(() =>
		cardsJob(this.#session, this.#cards(), '').sheets.map(({ id }) => id)
	);

	readonly sheets: readonly SheetOption[] = $derived.by(() =>
		sheetChoices(this.#session, this.#cards())
			.filter(({ fits }) => fits)
			.map(({ sheet }) => ({
				id: sheet.id,
				label: [sheet.id, ...sheet.alias].join(' / '),
				hint: m.print_sheet({
					count: sheet.cols * sheet.rows,
					width: formatNumber(sheet.w),
					height: formatNumber(sheet.h)
				}),
				chosen: this.#chosenIds.includes(sheet.id),
				start: this.print.starts[sheet.id] ?? 1,
				count: sheet.cols * sheet.rows
			}))
	);

	/** Names of the sheets that cannot hold these cards. */
	readonly tooSmall: readonly string[] = $derived.by(() =>
		sheetChoices(this.#session, this.#cards())
			.filter(({ fits }) => !fits)
			.map(({ sheet }) => sheet.id)
	);

	readonly papers: readonly Option<string>[] = $derived.by(() => [
		...(this.print.letters ? [{ value: 'letters', label: m.print_letters() }] : []),
		...this.sheets
			.filter(({ chosen }) => chosen)
			.map(({ id }) => ({ value: id, label: m.print_sheet_named({ sheet: id }) }))
	]);

	chooseLetters(letters: boolean): void {
		this.#change({ letters });
	}

	chooseSheet(id: string, on: boolean): void {
		const others = this.#chosenIds.filter((chosen) => chosen !== id);
		this.#change({ sheets: on ? [...others, id] : others });
	}

	startAt(id: string, label: number | null): void {
		this.#change({ starts: { ...this.print.starts, [id]: label ?? 1 } });
	}

	#change(change: Partial<PrintPreferences>): void {
		this.#session.preferences.print = { ...this.print, ...change };
	}
}

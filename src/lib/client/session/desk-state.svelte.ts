import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import { TableSelection } from '#lib/ui/table/table-selection.svelte.ts';
import { CardPrinter } from '../print/printer.svelte.ts';
import type { Drafted } from '../form/draft.svelte.ts';
import type { ImportFlow } from '../import/flow.svelte.ts';
import type { JoinSchool } from '../school/join-school.svelte.ts';
import type { Session } from './session.svelte.ts';

type DeskDraft = {
	/** On another day it is no longer what somebody is in the middle of. */
	readonly day: IsoDate;
	readonly text: string;
	readonly ids: readonly Id[];
};

/** What the desk keeps from page to page: the ticked pupils, the print and the import under way. */
export class DeskState implements Drafted<DeskDraft> {
	readonly selection = new TableSelection();
	readonly printer: CardPrinter;
	/** What was typed to search the pupils by. */
	searchText = $state('');
	/** Made by the pages of the import, so that nobody else waits for what it takes. */
	imports: ImportFlow | null = null;
	/** Made by the settings, where the school moves to an endpoint. */
	join: JoinSchool | null = null;
	readonly #session: Session;

	constructor(session: Session) {
		this.#session = session;
		this.printer = new CardPrinter(session);
	}

	/** So that a lock or reload in the middle of a bulk action leaves the pupils ticked. */
	get draft(): DeskDraft | null {
		const { searchText: text, selection } = this;
		if (text === '' && selection.count === 0) return null;
		return { day: this.#session.today, text, ids: [...selection.ids] };
	}

	restore({ day, text, ids }: DeskDraft): void {
		const { state, today } = this.#session;
		if (day !== today) return;
		this.searchText = text;
		this.selection.setAll(ids, true);
		this.selection.keep((id) => state.get('pupil', id) !== undefined);
	}

	dispose(): void {
		this.printer.dispose();
		this.imports?.dispose();
	}
}

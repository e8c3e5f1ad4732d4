import type { Id, IsoDate } from '#lib/domain/kernel/ids.ts';
import { holdDraft, type Drafted, type HeldDraft } from '../form/draft.svelte.ts';
import { ListChoice } from '../list/list-choice.svelte.ts';
import { DeskKey } from '../session/desk-state.ts';
import type { Session } from '../session/session.svelte.ts';

type ChoiceDraft = {
	/** On another day it is no longer what somebody is in the middle of. */
	readonly day: IsoDate;
	readonly text: string;
	readonly ids: readonly Id[];
};

/** The ticked pupils, and what the list of pupils was searched by. */
class PupilChoice extends ListChoice implements Drafted<ChoiceDraft> {
	readonly #session: Session;
	readonly #held: HeldDraft;

	constructor(session: Session) {
		super();
		this.#session = session;
		this.#held = holdDraft(session, 'desk', this);
	}

	/** Whether the ticks from before a lock or a reload have been put back. */
	get opened(): boolean {
		return this.#held.draft.opened;
	}

	/** So that a lock or reload in the middle of a bulk action leaves the pupils ticked. */
	get draft(): ChoiceDraft | null {
		const { text, selection } = this;
		if (text === '' && selection.count === 0) return null;
		return { day: this.#session.today, text, ids: [...selection.ids] };
	}

	restore({ day, text, ids }: ChoiceDraft): void {
		const { state, today } = this.#session;
		if (day !== today) return;
		this.text = text;
		this.selection.setAll(ids, true);
		this.selection.keep((id) => state.get('pupil', id) !== undefined);
	}

	/** Chooses one pupil, for what starts from one. */
	only(id: Id): void {
		this.selection.clear();
		this.selection.toggle(id);
	}

	dispose(): void {
		this.#held.release();
	}
}

export const pupilChoice = new DeskKey((session) => new PupilChoice(session));

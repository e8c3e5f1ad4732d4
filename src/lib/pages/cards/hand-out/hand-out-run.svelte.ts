import { byName } from '#lib/domain/people/list-order.ts';
import { checkCard } from '#lib/client/cards/check-card.ts';
import { closeHandOutCommand } from '#lib/client/cards/card-commands.ts';
import { failureText } from '#lib/client/session/failure-text.ts';
import { command, type Command, type Session } from '#lib/client/session/session.svelte.ts';
import type { CardReceipt } from '#lib/domain/cards/kinds.ts';
import { handOutList, type HandOutEntry, type HandOutTarget } from '#lib/domain/cards/hand-out.ts';
import { fullNameOf } from '#lib/domain/people/names.ts';
import type { CredentialCard } from '#lib/domain/credentials/kinds.ts';
import type { Id, Instant } from '#lib/domain/kernel/ids.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import { formatMoment } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Tone } from '#lib/ui/look/tone.ts';
import { answerText } from '#lib/pages/frame/answer-text.ts';

/** The outcome of the card that was held up last. */
export interface Told {
	readonly tone: Tone;
	readonly title: string;
	readonly detail: string;
	/** A card of somebody who is not on the list, which may be handed out all the same. */
	readonly elsewhere: Id | null;
	/** Until when this device was up to date when it said so. */
	readonly upTo: Instant;
}

/** *Uitreiken*: who of a group or print run has the card, and who is still to get it. */
export class HandOutRun {
	readonly target: HandOutTarget;
	readonly #session: Session;
	readonly #onTold: (told: Told) => void;
	#told = $state.raw<Told | null>(null);
	/** The pupils ticked here, the latest last. */
	#ticked = $state.raw<readonly Id[]>([]);
	#closed = $state(false);
	/** One card after the other, however fast they come. */
	#working: Promise<unknown> = Promise.resolve();
	readonly #list = $derived.by(() => {
		const list = handOutList(this.#session.state, this.target, this.#session.today);
		return (
			list && {
				...list,
				entries: list.entries.toSorted(({ pupil: one }, { pupil: other }) => byName(one, other))
			}
		);
	});

	/** The ticks made here that still stand: elsewhere somebody may have been first. */
	readonly #undoable = $derived.by(() => {
		const { state, actor } = this.#session;
		return this.#ticked.filter((id) => state.get('cardReceipt', id)?.actorId === actor?.id);
	});

	/** @param onTold hears what came of each card, to sound it */
	constructor(session: Session, target: HandOutTarget, onTold: (told: Told) => void = () => {}) {
		this.#session = session;
		this.target = target;
		this.#onTold = onTold;
	}

	/** The group's or print run's name; null: it is not here. */
	get title(): string | null {
		return this.#list?.title ?? null;
	}

	get waiting(): readonly HandOutEntry[] {
		return this.#list?.entries.filter(({ receipt }) => receipt === null) ?? [];
	}

	get received(): readonly (HandOutEntry & { readonly receipt: CardReceipt })[] {
		return (
			this.#list?.entries.flatMap((entry) =>
				entry.receipt ? [{ ...entry, receipt: entry.receipt }] : []
			) ?? []
		);
	}

	get withoutCard(): readonly Pupil[] {
		return this.#list?.withoutCard ?? [];
	}

	get total(): number {
		return this.#list?.entries.length ?? 0;
	}

	/** null: no card was held up yet. */
	get told(): Told | null {
		return this.#told;
	}

	get canUndo(): boolean {
		return this.#undoable.length > 0;
	}

	/** *Uitreiking afgesloten*. */
	get closed(): boolean {
		return this.#closed;
	}

	/** When and by whom: *10 november 2026 om 10:02, An Peeters*. */
	receiptText({ receivedAt, actorId, ticked }: CardReceipt): string {
		const who =
			this.#session.state.get('account', actorId)?.displayName ?? m.history_unknown_actor();
		const said = { moment: formatMoment(receivedAt), who };
		return ticked === 'hand' ? m.handout_by_hand(said) : m.handout_by(said);
	}

	/** A card was held before the camera. */
	async scanned(text: string): Promise<void> {
		return this.#next(async () => {
			const answer = await checkCard(this.#session, text);
			if (answer.answer !== 'current') {
				const { word, what, tone } = answerText(answer);
				const pupil = 'pupil' in answer ? answer.pupil : null;
				const title = pupil ? `${word}: ${fullNameOf(pupil)}` : word;
				this.#tell({ tone, title, detail: what });
				return;
			}
			const { card, pupil } = answer;
			const isListed = this.#list?.entries.some((entry) => entry.card.id === card.id) ?? false;
			if (isListed) await this.#handOut(card, pupil, 'scan');
			else this.#tellElsewhere(card, pupil);
		});
	}

	/** *Toch uitreiken*. */
	async anyway(cardId: Id): Promise<void> {
		return this.#next(async () => {
			const { state } = this.#session;
			const card = state.get('credentialCard', cardId);
			const pupil = card && state.get('pupil', card.pupilId);
			if (card && pupil) await this.#handOut(card, pupil, 'scan');
		});
	}

	/** Ticked by hand. */
	async tick({ card, pupil }: HandOutEntry): Promise<void> {
		return this.#next(() => this.#handOut(card, pupil, 'hand'));
	}

	/** It was not handed out after all. */
	async untick({ card, pupil }: HandOutEntry): Promise<void> {
		return this.#next(() => this.#takeBack(card.id, pupil));
	}

	/** *Laatste ongedaan maken*. */
	async undoLast(): Promise<void> {
		return this.#next(async () => {
			const { state } = this.#session;
			const receipt = state.get('cardReceipt', this.#undoable.at(-1) ?? '');
			const pupil = receipt && state.get('pupil', receipt.pupilId);
			if (pupil) await this.#takeBack(receipt.id, pupil);
		});
	}

	async close(): Promise<void> {
		return this.#next(async () => {
			this.#closed = await this.#commit(closeHandOutCommand(this.target));
		});
	}

	/** *Verder uitreiken*. */
	reopen(): void {
		this.#closed = false;
		this.#told = null;
	}

	async #next(work: () => Promise<void>): Promise<void> {
		const working = this.#working.then(work);
		this.#working = working.catch(() => undefined);
		return working;
	}

	async #handOut(card: CredentialCard, pupil: Pupil, ticked: CardReceipt['ticked']): Promise<void> {
		const name = fullNameOf(pupil);
		const before = this.#session.state.get('cardReceipt', card.id);
		if (before) {
			const detail = this.receiptText(before);
			const title = m.handout_already({ name });
			this.#tell({ tone: 'info', title, detail });
			return;
		}
		if (!(await this.#commit(command('card.handOut@1', { cardId: card.id, ticked })))) return;
		this.#ticked = [...this.#ticked, card.id];
		const title = m.handout_received({ name });
		this.#tell({ tone: 'success', title, detail: this.#groupOf(pupil) });
	}

	async #takeBack(cardId: Id, pupil: Pupil): Promise<void> {
		const fromActorId = this.#session.state.get('cardReceipt', cardId)?.actorId;
		const takingBack = command('card.takeBack@1', { cardId, fromActorId });
		if (!(await this.#commit(takingBack))) return;
		this.#ticked = this.#ticked.filter((id) => id !== cardId);
		const title = m.handout_taken_back({ name: fullNameOf(pupil) });
		this.#tell({ tone: 'info', title, detail: '' });
	}

	#tellElsewhere(card: CredentialCard, pupil: Pupil): void {
		const title = m.handout_elsewhere({ name: fullNameOf(pupil) });
		const detail = m.handout_elsewhere_group({ group: this.#groupOf(pupil) || m.app_nothing() });
		this.#tell({ tone: 'warn', title, detail, elsewhere: card.id });
	}

	#groupOf({ groupId }: Pupil): string {
		return (groupId && this.#session.state.get('group', groupId)?.name) || '';
	}

	/** Returns whether it was kept; why not is told. */
	async #commit(command: Command): Promise<boolean> {
		const done = await this.#session.commit([command]);
		if (!done.ok) {
			const title = failureText(done.refusal);
			this.#tell({ tone: 'danger', title, detail: '' });
		}
		return done.ok;
	}

	#tell(said: Pick<Told, 'tone' | 'title' | 'detail'> & Partial<Told>): void {
		const told = { elsewhere: null, upTo: this.#session.updatedUntil, ...said };
		this.#told = told;
		this.#onTold(told);
	}
}

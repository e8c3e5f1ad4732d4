import { checkCard } from '#lib/client/cards/check-card.ts';
import type { Session } from '#lib/client/session/session.svelte.ts';
import type { CardAnswer } from '#lib/domain/cards/card-answer.ts';
import { currentCardOf } from '#lib/domain/cards/hand-out.ts';
import type { CredentialCard } from '#lib/domain/credentials/kinds.ts';
import type { Instant } from '#lib/domain/kernel/ids.ts';
import type { Pupil } from '#lib/domain/people/kinds.ts';
import { formatDate } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { answerText, type AnswerText } from '#lib/pages/frame/answer-text.ts';

/** The text that the page shows of a card. */
export interface ScanResult extends AnswerText {
	readonly pupil: Pupil | null;
	/** The card in question; of what was typed, the pupil's newest that holds. */
	readonly card: CredentialCard | null;
	/** Until when this device was up to date when it said so. */
	readonly upTo: Instant;
}

interface Scanned {
	readonly text: string;
	readonly answer: CardAnswer;
	readonly upTo: Instant;
}

interface Typed {
	readonly pupil: Pupil;
	readonly upTo: Instant;
}

/** *Kaart scannen*: the card that was scanned last, and what may be done with it. */
export class CardScan {
	readonly #session: Session;
	#shown = $state.raw<Scanned | Typed | null>(null);
	#version: number;
	/** A question about one card must not become an answer about the next. */
	held = $state(false);
	/** Why a photo or what was typed last gave no answer; any answer after it ends that. */
	failed = $state<'noName' | 'noCode' | 'noPicture' | null>(null);

	constructor(session: Session) {
		this.#session = session;
		this.#version = session.version;
	}

	/** null: nothing was scanned yet. */
	get result(): ScanResult | null {
		const shown = this.#shown;
		if (!shown) return null;
		const { upTo } = shown;
		if ('answer' in shown) {
			const { answer } = shown;
			const { card, pupil } = 'card' in answer ? answer : { card: null, pupil: null };
			return { ...answerText(answer), card, pupil, upTo };
		}
		const { pupil } = shown;
		const card = currentCardOf(this.#session.state, pupil.id) ?? null;
		return { word: m.scan_found(), what: m.scan_found_what(), tone: 'info', pupil, card, upTo };
	}

	async scanned(text: string): Promise<void> {
		if (this.held) return;
		const answer = await checkCard(this.#session, text);
		this.#shown = { text, answer, upTo: this.#session.updatedUntil };
		this.failed = null;
	}

	/** Says anew what is shown, once the school has come to another version. */
	async follow(version: number): Promise<void> {
		const before = this.#shown;
		const isNews = version !== this.#version;
		this.#version = version;
		if (!isNews || !before || !('text' in before)) return;
		const answer = await checkCard(this.#session, before.text);
		if (this.#shown === before) {
			this.#shown = { ...before, answer, upTo: this.#session.updatedUntil };
		}
	}

	/** Looks a pupil up by the user name on the card. Returns whether there is one. */
	typed(userName: string): boolean {
		const { state, updatedUntil: upTo } = this.#session;
		const [leerId] = state.find('leerIdByUserName', userName.trim().toLowerCase());
		const pupil = leerId && state.get('pupil', leerId.pupilId);
		if (pupil) this.#shown = { pupil, upTo };
		this.failed = pupil ? null : 'noName';
		return pupil !== undefined;
	}

	/** *Volgende kaart*. */
	next(): void {
		this.#shown = null;
	}
}

/** Which card it is: *Kaart 2, gemaakt op 7 november 2026*. */
export function cardText(card: CredentialCard | null): string {
	if (!card) return m.scan_no_holding_card();
	return m.scan_issue({ issue: card.issue, date: formatDate(card.madeAt) });
}

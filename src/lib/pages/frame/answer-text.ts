import type { CardAnswer } from '#lib/domain/cards/card-answer.ts';
import { formatDate } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Tone } from '#lib/ui/look/tone.ts';

/** The answer about a card, in one word and in a sentence. */
export interface AnswerText {
	readonly word: string;
	readonly what: string;
	readonly tone: Tone;
}

const unreadable = {
	notACard: m.scan_not_a_card_what,
	damaged: m.scan_damaged_what,
	newerVersion: m.scan_newer_version_what
};

export function answerText(answer: CardAnswer): AnswerText {
	switch (answer.answer) {
		case 'current':
			return { word: m.scan_current(), what: m.scan_current_what(), tone: 'success' };
		case 'replaced': {
			const what = m.scan_replaced_what({ date: dateOf(answer.since) });
			return { word: m.scan_replaced(), what, tone: 'warn' };
		}
		case 'revoked': {
			const what = m.scan_revoked_what({ date: dateOf(answer.since) });
			return { word: m.scan_revoked(), what, tone: 'danger' };
		}
		case 'inactive': {
			const { endedOn, pupil } = answer;
			const isKnown = pupil !== null && endedOn !== null;
			const what = isKnown
				? m.scan_inactive_what({ date: formatDate(endedOn) })
				: m.scan_inactive_gone();
			return { word: m.scan_inactive(), what, tone: 'warn' };
		}
		case 'otherSchool':
			return { word: m.scan_other_school(), what: m.scan_other_school_what(), tone: 'info' };
		case 'notGenuine': {
			const isRetired = answer.why === 'retiredKey';
			const what = isRetired ? m.scan_retired_key_what() : m.scan_not_genuine_what();
			return { word: m.scan_not_genuine(), what, tone: 'danger' };
		}
		case 'unknownCard':
			return { word: m.scan_unknown(), what: m.scan_unknown_what(), tone: 'warn' };
		case 'noCard':
			return { word: m.scan_no_card(), what: unreadable[answer.why](), tone: 'info' };
	}
}

function dateOf(instant: string | null): string {
	return instant ? formatDate(instant) : m.app_unknown();
}

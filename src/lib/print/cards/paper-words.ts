import type { Language } from '#lib/domain/kernel/languages.ts';
import type { IssuedKind, LeerIdType } from '#lib/domain/credentials/kinds.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { cardWords } from './card-words.ts';

/** The words of a letter; steps by kind of password. */
export interface LetterWords {
	readonly title: string;
	readonly guardians: string;
	readonly greeting: string;
	readonly what: string;
	readonly how: string;
	readonly steps: Readonly<Record<IssuedKind, readonly string[]>>;
	readonly keep: string;
	readonly lost: string;
	readonly regards: string;
	readonly cut: string;
}

export function letterWords(locale: Language): LetterWords {
	const options = { locale };
	const first = [
		m.print_letter_step_open({}, options),
		m.print_letter_step_user_name({}, options)
	] as const;
	return {
		title: m.print_letter_title({}, options),
		guardians: m.print_letter_guardians({}, options),
		greeting: m.print_letter_greeting({}, options),
		what: m.print_letter_what({}, options),
		how: m.print_letter_how({}, options),
		steps: {
			word: [...first, m.print_letter_step_word({}, options)],
			image: [...first, m.print_letter_step_image({}, options)],
			temporary: [
				...first,
				m.print_letter_step_temporary({}, options),
				m.print_letter_step_change({}, options)
			]
		},
		keep: m.print_letter_keep({}, options),
		lost: m.print_letter_lost({}, options),
		regards: m.print_letter_regards({}, options),
		cut: m.print_letter_cut({}, options)
	};
}

export interface SpreadsheetWords {
	/** The sheet's name: 31 characters at most, without \ / ? * [ ] and colon. */
	readonly sheet: string;
	readonly columns: readonly string[];
	readonly type: Readonly<Record<LeerIdType, string>>;
	readonly kind: Readonly<Record<IssuedKind, string>>;
}

export function spreadsheetWords(locale: Language): SpreadsheetWords {
	const options = { locale };
	return {
		sheet: m.print_sheet_title({}, options),
		columns: [
			m.print_sheet_group({}, options),
			m.print_sheet_number({}, options),
			m.print_sheet_name({}, options),
			m.print_sheet_type({}, options),
			m.print_sheet_user_name({}, options),
			m.print_sheet_password_kind({}, options),
			m.print_sheet_password({}, options),
			m.print_sheet_address({}, options)
		],
		type: cardWords(locale).type,
		kind: {
			word: m.print_kind_word({}, options),
			image: m.print_kind_image({}, options),
			temporary: m.print_kind_temporary({}, options)
		}
	};
}

/** Returns the names of PDFs in a viewer's title bar. */
export function paperTitles(locale: Language) {
	return {
		letters: m.print_letters_name({}, { locale }),
		stickers: (sheet: string) => m.print_stickers_name({ sheet }, { locale })
	};
}

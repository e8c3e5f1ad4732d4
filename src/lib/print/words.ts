import { languages, type Language } from '#lib/domain/kernel/languages.ts';
import type { IssuedKind, LeerIdType } from '#lib/domain/credentials/kinds.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { cardWords } from './card-words.ts';
import type { AccountLetter, AccountLetterJob, Offset, OverviewJob } from './job.ts';

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

/** The words of a letter about an account, by who reads it. */
export interface AccountLetterWords {
	readonly title: string;
	readonly guardianOf: (children: string) => string;
	readonly greeting: Readonly<Record<AccountLetter['reader'], string>>;
	readonly what: Readonly<Record<AccountLetter['reader'], string>>;
	readonly school: string;
	readonly userName: string;
	readonly password: string;
	readonly how: string;
	readonly steps: readonly string[];
	readonly keep: string;
	readonly lost: string;
	readonly regards: string;
}

export function accountLetterWords({
	locale,
	schoolName: school,
	signInAddress: address
}: Pick<AccountLetterJob, 'locale' | 'schoolName' | 'signInAddress'>): AccountLetterWords {
	const options = { locale };
	return {
		title: m.print_account_title({}, options),
		guardianOf: (children) => m.print_account_guardian_of({ children }, options),
		greeting: {
			guardian: m.print_account_greeting({}, options),
			staff: m.print_account_greeting_staff({}, options)
		},
		what: {
			guardian: m.print_account_what({}, options),
			staff: m.print_account_what_staff({}, options)
		},
		school: m.print_account_school({}, options),
		userName: m.print_user_name({}, options),
		password: m.print_password({}, options),
		how: m.print_account_how({}, options),
		steps: [
			m.print_account_step_open({ address }, options),
			m.print_account_step_school({ school }, options),
			m.print_account_step_sign_in({}, options),
			m.print_account_step_own({}, options)
		],
		keep: m.print_account_keep({}, options),
		lost: m.print_account_lost({}, options),
		regards: m.print_letter_regards({}, options)
	};
}

/** `21 november 2026`. */
export function longDate(date: IsoDate, locale: Language): string {
	const format = new Intl.DateTimeFormat(languages[locale].tag, {
		dateStyle: 'long',
		timeZone: 'UTC'
	});
	return format.format(new Date(`${date}T00:00:00Z`));
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

/** What PDFs are called in a viewer's title bar. */
export function paperTitles(locale: Language) {
	return {
		letters: m.print_letters_name({}, { locale }),
		stickers: (sheet: string) => m.print_stickers_name({ sheet }, { locale }),
		calibration: (sheet: string) => m.print_calibration_name({ sheet }, { locale })
	};
}

/** The words around the pupils on a class overview. */
export function overviewWords({ locale, pupils }: OverviewJob) {
	const options = { locale };
	return {
		title: m.overview_title({}, options),
		pupils: m.overview_pupils({ count: pupils.length }, options),
		noPasswords: m.overview_no_passwords({}, options),
		noCard: m.overview_no_card({}, options),
		page: (page: number, pages: number) => m.overview_page({ page, pages }, options),
		fileName: m.overview_file({}, options)
	};
}

export function calibrationWords(locale: Language, sheet: string, offset: Offset) {
	const options = { locale };
	const format = new Intl.NumberFormat(languages[locale].tag);
	return {
		title: m.print_calibration_title({ sheet }, options),
		scale: m.print_calibration_scale({}, options),
		ruler: m.print_calibration_ruler({}, options),
		hold: m.print_calibration_hold({}, options),
		move: m.print_calibration_move({}, options),
		now: m.print_calibration_now(
			{ x: format.format(offset.x), y: format.format(offset.y) },
			options
		)
	};
}

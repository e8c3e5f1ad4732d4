import type { Language } from '#lib/domain/kernel/languages.ts';
import type { IssuedKind, LeerIdType } from '#lib/domain/credentials/kinds.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** The words on a card. Pages ask what a sheet can hold, and so load no words of letters. */
export interface CardWords {
	readonly userName: string;
	readonly password: Readonly<Record<IssuedKind, string>>;
	readonly type: Readonly<Record<LeerIdType, string>>;
}

export function cardWords(locale: Language): CardWords {
	const password = m.print_password({}, { locale });
	return {
		userName: m.print_user_name({}, { locale }),
		password: {
			word: password,
			image: password,
			temporary: m.print_temporary_password({}, { locale })
		},
		type: {
			basic: m.print_basic_leer_id({}, { locale }),
			advanced: m.print_advanced_leer_id({}, { locale })
		}
	};
}

import { languages, type Language } from '#lib/domain/kernel/languages.ts';
import type { IsoDate } from '#lib/domain/kernel/ids.ts';

/** `21 november 2026`. */
export function longDate(date: IsoDate, locale: Language): string {
	const format = new Intl.DateTimeFormat(languages[locale].tag, {
		dateStyle: 'long',
		timeZone: 'UTC'
	});
	return format.format(new Date(`${date}T00:00:00Z`));
}

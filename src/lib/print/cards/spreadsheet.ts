import type { Language } from '#lib/domain/kernel/languages.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { pictureLabel } from '#lib/i18n/picture-name.ts';
import type { CardsJob } from '../papers/cards.ts';
import { spreadsheetWords, type SpreadsheetWords } from './paper-words.ts';
import { makeWorkbook } from '../workbook.ts';

/** `aanmeldgegevens.xlsx`: a row per card, every cell text. */
export function makeSpreadsheet({ cards, locale, date }: CardsJob): Promise<Blob> {
	const words = spreadsheetWords(locale);
	return makeWorkbook({
		sheets: [
			{
				name: words.sheet,
				columnWidths: [12, 14, 30, 18, 30, 22, 34, 46],
				rows: [words.columns, ...cards.map((card) => cells(card, words, locale))]
			}
		],
		date
	});
}

function cells(card: CardContent, words: SpreadsheetWords, locale: Language): string[] {
	const { secret } = card;
	return [
		card.groupName,
		card.pupilNumber,
		card.pupilName,
		words.type[card.type],
		card.userName,
		words.kind[secret.kind],
		secret.kind === 'image'
			? secret.pictures.map((name) => pictureLabel(name, locale)).join(', ')
			: secret.text,
		card.loginAddress
	];
}

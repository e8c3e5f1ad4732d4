import type { Language } from '#lib/domain/kernel/languages.ts';
import type { CardContent } from '#lib/domain/cards/print-job.ts';
import { pictureNames } from '#lib/domain/credentials/pictures.ts';
import { pictureLabel } from '#lib/i18n/picture-name.ts';
import { CannotPrint } from '../paper.ts';
import type { CardsJob } from '../papers/cards.ts';
import { layOutCard, type CardKit } from './card.ts';
import type { CardTemplate } from './card-template.ts';
import type { Mark } from '../layout/marks.ts';
import { roughWidth, type CardArea } from '../layout/measures.ts';
import { qrCodeOf, type QrCode } from '../qr-code.ts';
import {
	demandOf,
	labelNeeds,
	templateFor,
	userNameStep,
	type TemplateNeeds
} from './sheet-fit.ts';
import type { TextEngine } from '../text/engine.ts';
import { cardWords } from './card-words.ts';

/** The card of a letter is held up and read from a desk: larger type. */
const letterGrowth = 1.6;

/** A name that has to shrink to less than this part of its size gets a second line, if there is room. */
const crampedBelow = 0.75;

/** Lays out the cards of a job; a QR code is made once, whichever papers ask for it. */
export class CardMarks {
	readonly #job: CardsJob;
	readonly #kit: CardKit;
	readonly #codes: QrCode[] = [];

	constructor(job: CardsJob, engine: TextEngine) {
		this.#job = job;
		this.#kit = { engine, words: cardWords(job.locale), locale: job.locale };
	}

	/** From a card's index to its marks on a label with such an area. Throws `CannotPrint`. */
	onLabel(area: CardArea, sheetId: string): (index: number) => readonly Mark[] {
		return this.#on(area, sheetId, {});
	}

	/** The same for the card of a letter, which has room for more. */
	onLetter(area: CardArea): (index: number) => readonly Mark[] {
		const pictureNameWidth = widestPictureName(this.#job.locale);
		return this.#on(area, 'A4', { pictureNameWidth, growth: letterGrowth });
	}

	#on(area: CardArea, paperId: string, more: Partial<TemplateNeeds>) {
		const { cards, locale } = this.#job;
		const { imageLength } = demandOf(cards);
		const templates = new Map<string, CardTemplate | null>();
		const find = (card: CardContent, nameLines: 1 | 2) => {
			const userName = userNameStep(card.userName.length);
			const key = `${card.secret.kind} ${userName} ${nameLines}`;
			let template = templates.get(key);
			if (template === undefined) {
				const needs = labelNeeds(area, card.secret.kind, imageLength, userName);
				template = templateFor(area, { ...needs, ...more, nameLines }, locale);
				templates.set(key, template);
			}
			return template;
		};
		return (index: number): readonly Mark[] => {
			const card = cards[index];
			const usual = card ? find(card, 1) : null;
			const roomy = card && usual && this.#isCramped(card, usual) ? find(card, 2) : null;
			const template = roomy ?? usual;
			const marks =
				card && template && layOutCard(this.#kit, template, card, this.#code(index, card.qr));
			if (marks) return marks;
			const pupilName = card?.pupilName ?? '';
			throw new CannotPrint({ code: 'sheetTooSmall', sheetId: paperId, pupilName });
		};
	}

	/** Tells whether the pupil's name would have to shrink much on one line. */
	#isCramped({ pupilName }: CardContent, { heading, name }: CardTemplate): boolean {
		const { width } = this.#kit.engine.shape(pupilName, 'bold');
		return width * Math.max(name.most * crampedBelow, name.least) > heading.w;
	}

	#code(index: number, text: string): QrCode {
		return (this.#codes[index] ??= qrCodeOf(text));
	}
}

function widestPictureName(locale: Language): number {
	return Math.max(...pictureNames.map((name) => roughWidth(pictureLabel(name, locale), 'regular')));
}
